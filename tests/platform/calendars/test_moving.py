"""A day is moved from a page that shows what that touches, and moved back with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.kernel.problems import Refused
from esar.platform.calendars.actions import (
    extend,
    move_day,
    preview_of,
    preview_of_withdrawing,
    withdraw,
)
from esar.platform.calendars.models import Extension, Withdrawal
from esar.platform.calendars.queries import entry
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body
from esar.platform.ui import clock
from tests.make import ON, World
from tests.report.reports.make import report_of, sent

pytestmark = pytest.mark.django_db
ENTRY, BY_LAW, LATER = "report-due.12m", date(2024, 10, 31), date(2024, 12, 31)
FIELDS: dict[str, Any] = {"last_day": LATER, "reason": "น้ำท่วม"}


def moment(on: date = ON) -> dict[str, Any]:
    return {"at": datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC), "on": on}


def moved(world: World) -> Extension:
    return extend(2567, ENTRY, **FIELDS, by=world.administrator, **moment())


def last_day(world: World) -> date:
    bound = entry(2567, ENTRY, world.province)
    assert bound is not None
    return bound.last


def codes(refusal: Any) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def told(code: str) -> set[str]:
    return {notice.person.name for notice in Notice.objects.filter(code=code)}


def test_a_preview_says_what_moves_and_writes_nothing(world: World) -> None:
    report = report_of(world, "12m")
    events = Event.objects.count()
    preview = preview_of(2567, ENTRY, **FIELDS, by=world.administrator, on=ON)

    assert (preview.entry.last, preview.last) == (BY_LAW, LATER)
    assert world.province in preview.bodies
    assert [thing.body for thing in preview.things] == [report.scorecard.body]
    assert {world.reporter, world.approver} <= set(preview.people)
    assert (Extension.objects.count(), Event.objects.count()) == (0, events)


def test_a_body_with_a_day_of_its_own_is_not_touched(world: World) -> None:
    extend(2567, ENTRY, **FIELDS, body=world.province, by=world.administrator, **moment())
    preview = preview_of(2567, ENTRY, **FIELDS, by=world.administrator, on=ON)

    assert world.province not in preview.bodies


def test_what_was_confirmed_is_what_was_seen(world: World) -> None:
    token = preview_of(2567, ENTRY, **FIELDS, by=world.administrator, on=ON).token
    report_of(world, "12m")
    with pytest.raises(Refused) as refusal:
        move_day(2567, ENTRY, **FIELDS, seen=token, by=world.administrator, **moment())

    assert codes(refusal) == ["calendar.changed_meanwhile"]
    assert Extension.objects.count() == 0


def test_those_touched_are_told(world: World) -> None:
    preview = preview_of(2567, ENTRY, **FIELDS, by=world.administrator, on=ON)
    move_day(2567, ENTRY, **FIELDS, seen=preview.token, by=world.administrator, **moment())

    assert last_day(world) == LATER
    assert told("notice.day_moved") == {person.name for person in preview.people}


def test_a_withdrawn_extension_no_longer_counts_and_those_touched_are_told(world: World) -> None:
    extension = moved(world)
    people = preview_of_withdrawing(extension, on=ON).people
    withdraw(extension, " ผิดรายการ ", by=world.administrator, **moment())

    assert last_day(world) == BY_LAW
    assert told("notice.day_moved_back") == {person.name for person in people}
    assert [row.reason for row in Withdrawal.objects.all()] == ["ผิดรายการ"]
    assert Extension.objects.get() == extension


def test_the_extension_before_binds_again(world: World) -> None:
    moved(world)
    later = date(2025, 1, 31)
    second = extend(2567, ENTRY, last_day=later, reason="ข", by=world.administrator, **moment())
    withdraw(second, "ผิด", by=world.administrator, **moment())

    assert last_day(world) == LATER


def test_what_was_withdrawn_can_be_extended_again_in_the_same_words(world: World) -> None:
    withdraw(moved(world), "ผิด", by=world.administrator, **moment())
    moved(world)

    assert (last_day(world), Extension.objects.count()) == (LATER, 2)


def test_an_extension_is_withdrawn_once_and_with_a_reason(world: World) -> None:
    extension = moved(world)
    with pytest.raises(Refused) as without_reason:
        withdraw(extension, " ", by=world.administrator, **moment())
    withdraw(extension, "ผิด", by=world.administrator, **moment())
    with pytest.raises(Refused) as again:
        withdraw(extension, "ผิด", by=world.administrator, **moment())

    assert codes(without_reason) == ["calendar.no_reason"]
    assert codes(again) == ["calendar.withdrawn_already"]


def test_only_the_administrator_withdraws(world: World) -> None:
    extension = moved(world)
    with pytest.raises(Refused) as refusal:
        withdraw(extension, "ผิด", by=world.analyst, **moment())

    assert codes(refusal) == ["calendar.only_administrator"]
    assert last_day(world) == LATER


@pytest.mark.parametrize("how", ["withdrawn", "shortened"])
def test_a_day_that_is_over_does_not_bind_again_once_somebody_relied_on_the_later(
    world: World, how: str
) -> None:
    extension = moved(world)
    sent(world, datetime(2024, 11, 15, 3, 0, tzinfo=UTC), "12m")
    with pytest.raises(Refused) as refusal:
        take_back(world, extension, how)

    assert codes(refusal) == ["calendar.relied_on"]
    assert last_day(world) == LATER


@pytest.mark.parametrize("how", ["withdrawn", "shortened"])
def test_a_day_that_is_over_binds_again_where_nobody_sent_anything(world: World, how: str) -> None:
    extension = moved(world)
    report_of(world, "12m")
    take_back(world, extension, how)

    assert last_day(world) == BY_LAW


def take_back(world: World, extension: Extension, how: str) -> None:
    when = {"by": world.administrator, **moment(date(2024, 11, 20))}
    if how == "withdrawn":
        withdraw(extension, "ผิด", **when)
    else:
        extend(2567, ENTRY, last_day=BY_LAW, reason="ผิด", **when)


def test_a_preview_costs_the_same_however_many_bodies(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(preview_of(2567, ENTRY, **FIELDS, by=world.administrator, on=ON).rows)
        return len(queries)

    before = cost()
    report_of(world, "12m")
    assert Body.objects.count() > 1
    assert cost() == before


def test_the_page_shows_first_and_moves_when_it_is_confirmed(world: World) -> None:
    clock.pretend(ON)
    client = Client()
    client.force_login(world.administrator)
    typed = {"entry": ENTRY, "last_day": LATER.isoformat(), "reason": "น้ำท่วม"}
    preview_page = client.post("/calendar/2567/extend/", typed)

    assert (preview_page.status_code, Extension.objects.count()) == (200, 0)
    confirmed = typed | {"confirmed": "1", "seen": preview_page.context["preview"].token}
    assert client.post("/calendar/2567/extend/", confirmed).status_code == 302
    extension = Extension.objects.get()
    page = f"/calendar/2567/extensions/{extension.pk}/withdraw/"
    assert page in client.get("/calendar/2567/").content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": "ผิด"}).status_code == 302
    assert last_day(world) == BY_LAW
