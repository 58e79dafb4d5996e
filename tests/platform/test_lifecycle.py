"""What holds for every life: assent is bound to what was seen, and a draft loses no text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.test import Client

from esar.kernel.access import ALLOWED
from esar.kernel.problems import Refused
from esar.platform.history.actions import record
from esar.platform.history.ledger import origin
from esar.platform.lifecycle.drafts import Conflict, is_new_text, mark_of
from esar.platform.lifecycle.life import Life, every_life
from esar.platform.lifecycle.moves import OwnWork
from esar.platform.lifecycle.seen import changed_parts, seen_token
from esar.platform.ui import clock
from esar.report.reports import writing
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Claim, Progress, Report
from tests.make import World
from tests.report.reports.make import APRIL, AT_APRIL, filled, report_of, said

pytestmark = pytest.mark.django_db


def test_every_move_leads_from_known_states_to_a_known_one() -> None:
    for life in every_life().values():
        states = {value for value, _ in life.model._meta.get_field("state").choices}
        for name, move in (life.moves | life.edits).items():
            assert (life.name, name, set(move.sources) - states) == (life.name, name, set())


# Who makes these has no work of their own in it, or is kept out by what bars them.
WITHOUT_OWN_WORK = {
    ("appeal", "vote"),  # see appeals.queries.barred_from
    ("appeal", "name_panel"),  # its chair and members vote; who names them decides nothing
    ("appeal", "uphold"),
    ("appeal", "reject"),
    ("delivery", "publish"),  # its owner's own file, which nobody else has
    ("finding", "close"),  # of a body's answer, by those who found it
    ("finding", "reopen"),
    ("self_evaluation", "take_in"),  # papers that came by letter; who took them in checks nothing
    ("sitting", "close"),  # its secretary's own minutes
    ("strategic", "tell"),  # of what the sub-commission approved; it decides nothing
    # each strategic KPI of a list is asked about by its own move
    ("strategic_list", "opinion"),
    ("strategic_list", "approve"),
    ("strategic_list", "return"),
    # what a committee's own sitting resolves, as a cascade was before it was a paper
    ("strategic_cascade", "cascaded"),
    ("strategic_cascade", "not_cascaded"),
}


def test_whoever_assents_to_what_another_wrote_is_not_its_writer() -> None:
    own = {
        (life.name, name)
        for life in every_life().values()
        for name, move in life.moves.items()
        if move.bound and "reporter" not in move.roles and move.own_work == OwnWork.ALLOWED
    }

    assert own - WITHOUT_OWN_WORK == set()


def test_state_role_and_own_work_hold_for_every_move_of_every_life(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Life, "bars", lambda *_: ALLOWED)
    wrong = []
    for life in every_life().values():
        monkeypatch.setattr(type(life), "has_role", lambda _, __, role, *___: role == ROLE[0])
        monkeypatch.setattr(type(life), "bars", lambda *_: ALLOWED)
        monkeypatch.setattr(type(life), "decided_about", lambda *_: ())
        monkeypatch.setattr(type(life), "figures", lambda *_: {})
        if type(life).whose_work is not Life.whose_work:
            continue  # it asks for another's work; see its own tests
        for number, (did, verbs) in enumerate(hands_in(life).items(), start=10**6):
            for verb in verbs:
                thing = life.model(pk=number)
                record(verb, thing, by=world.reporter, at=AT_APRIL)
            wrong += misjudged(life, number, did, world)

    assert wrong == []


ROLE = [""]  # the only role that the person of the test above has


def hands_in(life: Life[Any]) -> dict[str, list[str]]:
    """What the person may have done before → a verb of it."""
    by_deed = {"nothing": (), "wrote": life.written_by[:1], "sent": life.sent_by[:1]}
    return {
        deed: [f"{verb}x" if verb.endswith(".") else verb for verb in verbs]
        for deed, verbs in by_deed.items()
        if verbs or deed == "nothing"
    }


def misjudged(life: Life[Any], number: int, did: str, world: World) -> list[tuple[str, ...]]:
    """The moves that the engine allows or refuses against the table, for every state and role."""
    shut_out = {"nothing": (), "wrote": ("not_written", "not_sent"), "sent": ("not_sent",)}[did]
    states = [value for value, _ in life.model._meta.get_field("state").choices]
    wrong = []
    for (name, move), state in product(life.moves.items(), states):
        for ROLE[0] in ("nobody", *move.roles):
            allowed = (
                state in move.sources and ROLE[0] in move.roles and move.own_work not in shut_out
            )
            thing = life.model(pk=number, state=state)
            if bool(life.may(world.reporter, thing, name, APRIL)) != allowed:
                wrong.append((life.name, name, state, did, ROLE[0]))
    return wrong


def test_a_token_tells_which_parts_have_changed() -> None:
    token = seen_token({"1.1": {"actual": "88"}, "1.2": {"actual": "90"}})

    assert changed_parts(token, {"1.1": {"actual": "88"}, "1.2": {"actual": "90"}}) is None
    assert changed_parts(token, {"1.1": {"actual": "88"}, "1.2": {"actual": "91"}}) == ["1.2"]
    assert changed_parts(token, {"1.1": {"actual": "88"}}) == ["1.2"]
    assert changed_parts("", {"1.1": {"actual": "88"}}) == []


def test_the_same_text_again_is_kept_and_a_true_conflict_gives_back_what_is_there() -> None:
    marks = {"seen": mark_of("a"), "now": mark_of("b"), "by": "ก", "kind": "claim"}

    assert is_new_text("b", "b", **marks) is False
    assert is_new_text("a", "c", seen=mark_of("a"), now=mark_of("a"), by="ก", kind="claim") is True
    with pytest.raises(Conflict) as conflict:
        is_new_text("b", "c", **marks)
    assert (conflict.value.kept, conflict.value.problems[0].code) == (
        "b",
        "claim.changed_meanwhile",
    )
    with pytest.raises(Refused) as refused:
        is_new_text("b", "c", seen="", now="1", by="ก", kind="claim")
    assert [problem.code for problem in refused.value.problems] == ["draft.no_mark"]


def proposed(world: World) -> Report:
    report = filled(world)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    return report


def approver_of(world: World) -> Client:
    clock.pretend(APRIL)
    client = Client()
    client.force_login(world.approver)
    return client


def test_an_approver_sends_in_nothing_that_was_not_on_the_page(world: World) -> None:
    report = proposed(world)
    client = approver_of(world)
    seen = client.get(f"/reports/{report.pk}/check/submit/").context["seen"]
    REPORT_LIFE.move(report, "withdraw", by=world.reporter, at=AT_APRIL, on=APRIL)
    revision = writing.line_of(report, "1.1").claim.revision
    writing.save_claim(
        report, "1.1", said("77"), revision=revision, by=world.reporter, at=AT_APRIL, on=APRIL
    )
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)

    told = {"declared": "1", "acknowledged": "1"}
    stale = client.post(f"/reports/{report.pk}/move/submit/", {"seen": seen} | told)
    without = client.post(f"/reports/{report.pk}/move/submit/", told)
    report.refresh_from_db()
    assert (stale.status_code, without.status_code, report.state) == (422, 422, "proposed")
    assert "1.1" in stale.content.decode()

    fresh = client.get(f"/reports/{report.pk}/check/submit/").context["seen"]
    sent = client.post(f"/reports/{report.pk}/move/submit/", {"seen": fresh} | told)
    assert sent.status_code == 302
    report.refresh_from_db()
    assert report.state == "submitted"


def test_no_request_acts_without_saying_what_its_page_showed(world: World) -> None:
    """Whatever a view forgets: an act that a request makes is held against its page, or refused."""
    report = proposed(world)
    act: Any = {"by": world.approver, "at": AT_APRIL, "on": APRIL, "declared": True}
    token = origin.set("192.0.2.1")
    try:
        with pytest.raises(Refused) as move:
            REPORT_LIFE.move(report, "submit", **act)
        with pytest.raises(Refused) as draft:
            is_new_text("b", "c", seen=None, now="1", by="ก", kind="claim")
    finally:
        origin.reset(token)
    report.refresh_from_db()
    refusals = [problem.code for problem in (*move.value.problems, *draft.value.problems)]
    assert (refusals, report.state) == (["life.not_seen", "draft.no_mark"], "proposed")
    assert is_new_text("b", "c", seen=None, now="1", by="ก", kind="claim") is True


def month(day: int, value: str) -> dict[date, dict[str, Decimal | None]]:
    return {date(2023, day, 1): {"value": Decimal(value)}}


def test_months_that_another_saved_meanwhile_are_not_overwritten(world: World) -> None:
    report = filled(world)
    clock.pretend(APRIL)
    client = Client()
    client.force_login(world.reporter)
    path = f"/reports/{report.pk}/kpis/1.1/"
    seen = client.get(path).context["months_mark"]
    act = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    writing.save_months(report, "1.1", month(10, "82"), **act)

    stale = client.post(
        f"{path}months/", {"seen": seen, "value-2023-11": "84", "replaces_typed": "on"}
    )
    assert stale.status_code == 409
    assert stale.context["theirs"] == {"2023-10": "82"}
    assert "<li>ตุลาคม 2566: 82</li>" in stale.content.decode()
    assert 'value="84"' in stale.content.decode()
    kept = Progress.objects.filter(number="1.1").values_list("month", "value")
    assert list(kept) == [(date(2023, 10, 1), Decimal(82))]


def test_a_typed_result_is_put_aside_only_when_asked_and_comes_back(world: World) -> None:
    report = filled(world)  # each KPI says 86
    act = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    with pytest.raises(Refused) as refused:
        writing.save_months(report, "1.1", month(10, "10"), replaces_typed=False, **act)
    assert [problem.code for problem in refused.value.problems] == ["progress.replaces_typed"]

    writing.save_months(report, "1.1", month(10, "10"), **act)
    assert writing.line_of(report, "1.1").claim.actual == 10  # type: ignore[union-attr]
    empty: dict[date, dict[str, Decimal | None]] = {date(2023, 10, 1): {"value": None}}
    writing.save_months(report, "1.1", empty, **act)
    claim = writing.line_of(report, "1.1").claim  # type: ignore[union-attr]

    assert (claim.actual, claim.status, claim.put_aside) == (86, "reported", None)
    events = REPORT_LIFE.events_of(report, "progress.saved").order_by("number")
    assert [(event.before["actual"], event.after["actual"]) for event in events] == [
        ("86", "10"),
        ("10", "86"),
    ]


def test_months_of_one_round_ask_before_they_replace_what_another_round_says(world: World) -> None:
    report = report_of(world)  # of 6 months, with nothing typed
    whole_year = Report.objects.get(scorecard=report.scorecard, round_id="12m")
    act = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    writing.save_claim(whole_year, "1.1", said("72"), revision=0, **act)
    clock.pretend(APRIL)
    client = Client()
    client.force_login(world.reporter)
    path = f"/reports/{report.pk}/kpis/1.1/"
    page = client.get(path)
    assert "replaces_typed" in page.context["months"].fields
    months = {"seen": page.context["months_mark"], "value-2023-10": "10"}

    unasked = client.post(f"{path}months/", months)
    assert unasked.status_code == 422
    assert list(unasked.context["months"].errors["__all__"]) == [
        "ตัวชี้วัดที่ 1.1 ในรอบ 12 เดือน ระบุผลไว้แล้ว (72) รายเดือนจะแทนผลนั้น "
        "โปรดทำเครื่องหมายยืนยัน หรือล้างรายเดือน"
    ]
    assert Claim.objects.get(report=whole_year, number="1.1").actual == 72

    client.post(f"{path}months/", months | {"replaces_typed": "on"})
    assert Claim.objects.get(report=whole_year, number="1.1").actual == 10
    writing.save_months(report, "1.1", {date(2023, 10, 1): {"value": None}}, **act)
    assert Claim.objects.get(report=whole_year, number="1.1").actual == 72
    events = REPORT_LIFE.events_of(whole_year, "progress.saved").order_by("number")
    assert [(event.before["actual"], event.after["actual"]) for event in events] == [
        ("72", "10"),
        ("10", "72"),
    ]


def test_a_reason_for_no_result_is_put_aside_and_comes_back_too(world: World) -> None:
    report = report_of(world)
    act = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    no_data = said(None, status="no_data", why="ยังไม่เก็บ")
    writing.save_claim(report, "1.1", no_data, revision=0, **act)
    with pytest.raises(Refused) as refused:
        writing.save_months(report, "1.1", month(10, "10"), replaces_typed=False, **act)
    assert [problem.code for problem in refused.value.problems] == ["progress.replaces_typed"]

    writing.save_months(report, "1.1", month(10, "10"), **act)
    writing.save_months(report, "1.1", {date(2023, 10, 1): {"value": None}}, **act)
    claim = Claim.objects.get(report=report, number="1.1")

    assert (claim.status, claim.actual, claim.why) == ("no_data", None, "ยังไม่เก็บ")
