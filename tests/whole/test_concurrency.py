"""Two people at the same moment, with real threads and real commits: one wins, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from threading import Event as Signal
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction

from esar.agree.changes import actions as changes
from esar.agree.changes.models import ChangeRequest
from esar.agree.committees import actions as sittings
from esar.agree.committees import resolutions
from esar.agree.committees.models import AgendaItem
from esar.agree.kpi_definitions import actions as audits
from esar.agree.kpi_definitions.life import TEMPLATES_LIFE
from esar.agree.kpi_definitions.queries import templates_of
from esar.agree.scorecards.actions import save_kpi
from esar.agree.scorecards.content import kpis_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard, ScorecardVersion
from esar.kernel.chain import verify
from esar.platform.history import queries
from esar.platform.history.actions import record
from esar.platform.history.models import Event
from esar.platform.organisations import actions
from esar.platform.organisations.models import Body, Person, Role
from esar.report.letters import actions as writing
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import Letter
from tests.agree.scorecards import make as agreements
from tests.at_once import at_once
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    close,
    draft,
    fields,
    in_force,
    kpi,
    open_sitting,
    person,
    request_fields,
    submitted,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:  # noqa: ARG001 real commits
    return World()


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.mark.each_database
@pytest.mark.parametrize("_again", range(3))
def test_of_four_submits_at_once_one_wins(world: World, _again: int) -> None:
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)

    def submit() -> None:
        SCORECARD_LIFE.move(
            Scorecard.objects.get(pk=card.pk), "submit", by=fresh(world.approver), at=AT, on=ON
        )

    done = at_once(*[submit] * 4)

    assert done == ["done"] + ["scorecard.wrong_state"] * 3
    assert Event.objects.filter(verb="scorecard.submit").count() == 1
    assert list(verify(queries.records(), queries.heads())) == []


def test_an_edit_and_a_proposal_at_once_leave_no_half(world: World) -> None:
    card = draft(world)
    values = fields("1.1", weight=Decimal(20), targets=["70", "75", "80"])

    def edit() -> None:
        save_kpi(card, values, by=fresh(world.reporter), at=AT, on=ON, kpi=kpi(card))

    def propose() -> None:
        SCORECARD_LIFE.move(
            Scorecard.objects.get(pk=card.pk), "propose", by=fresh(world.reporter), at=AT, on=ON
        )

    done = at_once(edit, propose)
    card.refresh_from_db()
    proposed = Event.objects.get(verb="scorecard.propose")
    edited = Event.objects.filter(verb="kpi.changed").first()

    assert card.state == "proposed"
    assert (edited is not None) == (done == ["done", "done"])
    assert kpi(card).targets == (["70", "75", "80"] if edited else ["80", "85", "90"])
    assert edited is None or edited.number < proposed.number


def test_one_item_is_resolved_once(world: World) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    item = AgendaItem.objects.get(sitting=sitting)

    def resolve(outcome: str) -> Callable[[], None]:
        def now() -> None:
            resolutions.resolve(
                AgendaItem.objects.select_related("sitting").get(pk=item.pk),
                outcome,
                by=fresh(world.secretaries["L1-P"]),
                at=AT,
                on=ON,
                reason="เหตุ",
            )

        return now

    done = at_once(resolve("opinion"), resolve("return"), resolve("opinion"))
    assert done == ["done"] + ["sitting.item_resolved"] * 2
    close(sitting, by=fresh(world.secretaries["L1-P"]))
    card.refresh_from_db()
    item.refresh_from_db()

    assert {"opinion": "decide", "return": "draft"}[item.outcome] == card.state


def test_one_scorecard_lies_on_one_table(world: World) -> None:
    card = submitted(world)
    tables = [open_sitting(world, world.level1) for _ in range(2)]

    def put(sitting: Any) -> Callable[[], None]:
        return lambda: sittings.put_on_agenda(
            sitting,
            Scorecard.objects.get(pk=card.pk),
            by=fresh(world.secretaries["L1-P"]),
            at=AT,
            on=ON,
        )

    assert at_once(*map(put, tables)) == ["done", "sitting.already_tabled"]
    assert AgendaItem.objects.filter(scorecard=card).count() == 1


def test_one_kpi_has_one_open_request(world: World) -> None:
    card = in_force(world)

    def ask(reason: str) -> None:
        changes.ask(
            Scorecard.objects.get(pk=card.pk),
            kpi(card),
            request_fields(reason=reason),
            by=fresh(world.reporter),
            at=AT,
            on=FEBRUARY,
        )

    outcomes = at_once(lambda: ask("น้ำท่วม"), lambda: ask("ภัยแล้ง"), lambda: ask("พายุ"))
    assert outcomes == ["change.one_is_open"] * 2 + ["done"]
    assert ChangeRequest.objects.count() == 1


def test_the_same_request_asked_for_at_once_is_there_once(world: World) -> None:
    card = in_force(world)

    def ask() -> None:
        scorecard = Scorecard.objects.get(pk=card.pk)
        by = fresh(world.reporter)
        changes.ask(scorecard, kpi(card), request_fields(), by=by, at=AT, on=FEBRUARY)

    assert at_once(ask, ask, ask) == ["done"] * 3
    assert ChangeRequest.objects.count() == 1


@pytest.mark.parametrize("of_opdc", [False, True])
def test_of_two_letters_with_one_number_one_is_sent(world: World, of_opdc: bool) -> None:
    sender = None if of_opdc else world.province
    writer = world.analyst if of_opdc else world.reporter
    signer = person("analyst-2", (Role.ANALYST, None)) if of_opdc else world.approver
    said = {
        "number": "สค 0017.2/ว 1",
        "dated": ON,
        "subject": "เรื่อง",
        "to": "ทุกแห่ง",
        "text": "ตามที่",
        "signer": "นายหนึ่ง",
        "post": "ผู้ว่าราชการจังหวัด",
    }
    letters = []
    for _ in range(2):
        letters.append(writing.write(sender, said, by=writer, at=AT, on=ON))
        writing.address(letters[-1], [world.department], [], by=writer, at=AT, on=ON)
        LETTER_LIFE.move(letters[-1], "propose", by=writer, at=AT, on=ON)

    def send(letter: Letter) -> Callable[[], None]:
        return lambda: LETTER_LIFE.move(letter, "send", by=fresh(signer), at=AT, on=ON)

    assert at_once(*map(send, letters)) == ["done", "letter.number_taken"]
    assert Letter.objects.filter(state="sent").count() == 1
    assert Event.objects.filter(verb="letter.send").count() == 1


JANUARY = date(2011, 1, 20)
ASKED = (
    "definition",
    "formula",
    "conditions",
    "data_source",
    "collection",
    "owner",
    "owner_phone",
)


def filled_templates(world: World) -> Scorecard:
    """KPI templates of 2554 with every field, proposed to the approver."""
    card = agreements.in_force(world)
    for one in kpis_of(card):
        said: dict[str, Any] = dict.fromkeys(ASKED, "ครบ")
        said |= {"baseline": [{"year": 2553, "value": "72"}]}
        audits.save_sheet(card, one, said, by=world.reporter, at=AT, on=JANUARY)
    TEMPLATES_LIFE.move(templates_of(card), "propose", by=world.reporter, at=AT, on=JANUARY)
    return card


def test_of_two_sendings_of_kpi_templates_at_once_one_wins(world: World) -> None:
    card = filled_templates(world)

    def send() -> None:
        one = Scorecard.objects.get(pk=card.pk)
        TEMPLATES_LIFE.move(
            templates_of(one), "submit", by=fresh(world.approver), at=AT, on=JANUARY
        )

    assert at_once(send, send) == ["done", "templates.wrong_state"]
    assert Event.objects.filter(verb="kpi_templates.submit").count() == 1
    assert list(verify(queries.records(), queries.heads())) == []


def test_kpi_templates_that_pass_twice_at_once_make_one_version(world: World) -> None:
    card = filled_templates(world)
    TEMPLATES_LIFE.move(templates_of(card), "submit", by=world.approver, at=AT, on=JANUARY)
    verdicts = {one.number: (True, "") for one in kpis_of(card)}
    audits.judge(card, verdicts, by=world.analyst, at=AT, on=JANUARY)

    def let_pass() -> None:
        one = Scorecard.objects.get(pk=card.pk)
        TEMPLATES_LIFE.move(templates_of(one), "pass", by=fresh(world.analyst), at=AT, on=JANUARY)

    assert at_once(let_pass, let_pass) == ["done", "templates.wrong_state"]
    assert ScorecardVersion.objects.filter(scorecard=card).count() == 2


def test_many_writers_make_one_chain(world: World) -> None:
    card = draft(world)
    before = Event.objects.count()

    def write() -> None:
        for _ in range(10):
            record("kpi.changed", card, by=world.reporter, at=AT)

    assert at_once(*[write] * 4) == ["done"] * 4
    assert Event.objects.count() == before + 40
    assert list(verify(queries.records(), queries.heads())) == []


@pytest.mark.each_database
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write after the other")
def test_whoever_waits_for_a_row_does_not_hold_the_end_of_the_history(world: World) -> None:
    """One refers to a body that another has locked; both have an event to write at their end."""
    body, analyst = world.province, fresh(world.analyst)
    is_locked = Signal()

    def refer() -> None:
        with transaction.atomic():
            actions.appoint(analyst, Role.REPORTER, by=None, at=AT, on=ON, body=body)
            assert is_locked.wait(30)

    def lock() -> None:
        with transaction.atomic():
            Body.objects.select_for_update().get(pk=body.pk)
            is_locked.set()
            sleep(0.5)  # the other comes to its end, and waits for the body
            record("registry.changed", body, by=None, at=AT, body=body.code)

    assert at_once(refer, lock) == ["done", "done"]


def test_two_new_indicators_at_once_get_two_codes(world: World) -> None:
    card = draft(world)

    def add(number: str) -> Callable[[], None]:
        return lambda: save_kpi(
            card, fields(number, weight=Decimal(1)), by=fresh(world.reporter), at=AT, on=ON
        )

    assert at_once(add("1.7"), add("1.8"), add("1.9")) == ["done"] * 3
    codes = Kpi.objects.filter(scorecard=card).values_list("template__indicator__code", flat=True)
    assert len(set(codes)) == len(codes) == 11
    assert connection.vendor in ("sqlite", "postgresql")
