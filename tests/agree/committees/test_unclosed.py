"""A sitting whose day has passed with resolutions that nobody closed is told to its secretary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from esar.agree.committees import resolutions
from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.committees.reminders import remind_to_close
from esar.operations.jobs import by_the_day
from esar.platform.notices.models import Notice
from esar.show.worklist.queries import work_for
from tests.agree.changes.make import moment
from tests.make import AT, ON, World, close, open_sitting, submitted

pytestmark = pytest.mark.django_db

NEXT_DAY = ON + timedelta(days=1)


def resolved_and_open(world: World) -> Sitting:
    sitting = open_sitting(world, world.level1, submitted(world))
    item = AgendaItem.objects.get(sitting=sitting)
    resolutions.resolve(item, "opinion", by=world.secretaries["L1-P"], at=AT, on=ON)
    Notice.objects.all().delete()
    return sitting


def asked_of(world: World, sitting: Sitting, day: date) -> list[str]:
    secretary, path = world.secretaries["L1-P"], f"/sittings/{sitting.pk}/"
    return [line.asks for line in work_for(secretary, day, 2567) if line.path == path]


def test_its_secretary_is_told_the_day_after_and_every_week_until_it_closes(world: World) -> None:
    sitting = resolved_and_open(world)

    days = [ON, *(ON + timedelta(days=after) for after in (1, 2, 7, 8))]
    assert [remind_to_close(on=day, at=moment(day)) for day in days] == [0, 1, 1, 1, 1]
    notices = Notice.objects.filter(code="notice.sitting_unclosed")
    assert {notice.person for notice in notices} == {world.secretaries["L1-P"]}
    assert [notice.figures["resolved"] for notice in notices] == [1, 1]  # days 1 and 8

    close(sitting, by=world.secretaries["L1-P"])
    assert remind_to_close(on=ON + timedelta(days=15), at=AT) == 0


def test_a_sitting_that_resolved_nothing_is_only_still_in_session(world: World) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))

    assert remind_to_close(on=NEXT_DAY, at=AT) == 0
    assert asked_of(world, sitting, NEXT_DAY) == ["sitting-state.open"]


def test_the_desk_asks_to_close_it_from_the_day_after(world: World) -> None:
    sitting = resolved_and_open(world)

    assert asked_of(world, sitting, ON) == ["sitting-state.open"]
    assert asked_of(world, sitting, NEXT_DAY) == ["work.close_the_sitting"]


def test_it_is_a_chore_of_the_day(world: World) -> None:
    resolved_and_open(world)

    by_the_day(on=NEXT_DAY, at=moment(NEXT_DAY))

    assert Notice.objects.filter(code="notice.sitting_unclosed").count() == 1
