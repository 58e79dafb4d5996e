"""What waits of strategic KPIs stands on the desk of whoever is to act, and nobody else's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from esar.agree.strategic_kpis import actions
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE, STRATEGIC_RESULT_LIFE
from esar.agree.strategic_kpis.models import StrategicResult
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, Person, Role
from esar.show.worklist.strategic import work_of_strategic
from tests.agree.strategic_kpis.make import (
    approved,
    decide_not,
    drafted,
    resolved,
    submitted,
    told,
)
from tests.make import AT, ON, World, open_sitting, person

pytestmark = pytest.mark.django_db
OCTOBER = date(2024, 10, 15)


def waits(who: Person, day: date = ON) -> list[tuple[str, str, date | None]]:
    who = Person.objects.get(pk=who.pk)
    return [(line.path, line.asks, line.due) for line in work_of_strategic(who, day)]


def on_opdcs_desk(state: str) -> list[tuple[str, str, date | None]]:
    return [(f"/strategic/?state={state}&year=2567", f"strategic-state.{state}", None)]


def test_it_goes_from_desk_to_desk(world: World) -> None:
    level1, sub = world.secretaries["L1-D"], world.secretaries["SUB"]
    level2 = world.secretaries["L2-MOC"]
    thing = drafted(world)
    assert waits(world.analyst) == waits(world.administrator) == on_opdcs_desk("draft")

    STRATEGIC_LIFE.move(thing, "submit", by=world.administrator, at=AT, on=ON)
    asks = "work.strategic_resolve"
    decided_by = date(2023, 10, 30)
    assert waits(world.analyst) == []
    assert waits(level1) == [("/committees/L1-D/", asks, decided_by)]
    sitting = open_sitting(world, world.level1d)
    assert waits(level1) == [(f"/strategic/sittings/{sitting.pk}/", asks, decided_by)]

    resolved(world, world.level1d, thing, "opinion")
    assert (waits(level1), waits(sub)) == ([], [("/committees/SUB/", asks, decided_by)])
    resolved(world, world.sub, thing, "approve")
    assert waits(world.analyst) == on_opdcs_desk("approved")
    actions.tell_committees([thing], by=world.analyst, at=AT, on=ON)
    assert waits(level2) == [("/committees/L2-MOC/", "work.strategic_decide", decided_by)]
    assert waits(world.secretaries["L2-P"]) == []
    decide_not(world, thing)
    assert waits(level2) == []


def test_what_a_host_owes_is_its_reporters_then_its_approvers_then_opdcs(world: World) -> None:
    host = Body.objects.get(code="MOC")
    reporter = person("moc-reporter", (Role.REPORTER, host))
    approver = person("moc-approver", (Role.APPROVER, host))
    thing = decide_not(world, told(world))
    decide_not(world, told(world, code="SK-MOC-02"))
    by_at_on: dict[str, Any] = {"at": AT, "on": OCTOBER}
    assert waits(reporter, date(2024, 9, 30)) == []
    owed = ("/strategic/results/new/MOC/2567/", "work.strategic_result_owed", date(2024, 10, 31))
    assert waits(reporter, OCTOBER) == [owed]
    assert waits(world.reporter_d, OCTOBER) == []

    result = StrategicResult(body=host, fiscal_year=2567, strategic=thing, value=Decimal(1))
    STRATEGIC_RESULT_LIFE.move(result, "begin", by=reporter, **by_at_on)
    page = f"/strategic/results/{result.pk}/"
    assert waits(reporter, OCTOBER) == [owed]
    assert waits(approver, OCTOBER) == [(page, "work.strategic_result_send", None)]
    STRATEGIC_RESULT_LIFE.move(result, "send", by=approver, **by_at_on)
    assert waits(approver, OCTOBER) == []
    sent = ("/strategic/results/", "work.strategic_results_sent", None)
    assert waits(world.analyst, OCTOBER) == [sent]


def test_queries_do_not_grow_with_what_waits(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            waits(world.secretaries["L2-MOC"])
        return len(asked)

    told(world)
    few = queries()
    for number in range(2, 6):
        told(world, code=f"SK-MOC-{number:02d}")
    assert queries() == few


def test_each_step_tells_whose_turn_it_is(world: World) -> None:
    level1, sub = world.secretaries["L1-D"], world.secretaries["SUB"]

    def notices() -> set[tuple[int, str]]:
        rows = Notice.objects.filter(code__startswith="notice.strategic")
        return set(rows.values_list("person", "code"))

    thing = submitted(world)
    assert notices() == {(level1.pk, "notice.strategic_submit")}
    resolved(world, world.level1d, thing, "opinion")
    assert (sub.pk, "notice.strategic_many_decide") in notices()
    resolved(world, world.sub, thing, "return", reason="หน่วยไม่ชัด")
    opdc = {world.analyst.pk, world.administrator.pk}
    code = "notice.strategic_many_draft"
    assert {pk for pk, of in notices() if of == code} == opdc
    approved(world, code="SK-MOC-02")
    assert (world.analyst.pk, "notice.strategic_many_approved") in notices()


def test_many_at_once_are_told_of_in_one_sentence(world: World) -> None:
    things = [drafted(world, code=f"SK-MOC-{number}") for number in (1, 2, 3)]
    tokens = {thing.pk: STRATEGIC_LIFE.seen(thing) for thing in things}

    actions.submit_many(things, tokens=tokens, by=world.administrator, at=AT, on=ON)

    notice = Notice.objects.get(code__startswith="notice.strategic")
    assert (notice.person, notice.code, notice.figures) == (
        world.secretaries["L1-D"],
        "notice.strategic_many_opinion",
        {"count": 3, "year": 2567},
    )
