"""Results from outside wait on the desk of whoever drives the bodies, and on nobody else's."""

from __future__ import annotations

from datetime import date

import pytest

from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.show.worklist.outside import work_of_outside_results
from esar.show.worklist.queries import work_for
from tests.make import World, person
from tests.report.outside_results.make import OCTOBER, Outside

pytestmark = pytest.mark.django_db
LAST_DAY = date(2024, 9, 30)
AWAITED = [("/outside-results/?year=2567&standing=awaited", "work.outside_results", 2567)]


def waits(who: Person, day: date = OCTOBER) -> list[tuple[str, str, int | None]]:
    who = Person.objects.get(pk=who.pk)
    return [(line.path, line.asks, line.year) for line in work_of_outside_results(who, day)]


def test_they_wait_for_the_driver_once_the_year_is_over_until_they_are_sent(world: World) -> None:
    outside = Outside(world)
    of_tat = person("tat", (Role.REPORTER, outside.tat))

    assert waits(outside.driver, LAST_DAY) == []
    assert waits(outside.driver) == AWAITED
    for who in (world.reporter, world.reporter_d, world.analyst, world.approver, of_tat):
        assert waits(who) == []

    outside.sends("1-01,TAT,6,\n")
    assert waits(outside.driver) == []


def test_they_stand_on_the_desk(world: World) -> None:
    outside = Outside(world)
    clock.pretend(OCTOBER)

    asks = [line.asks for line in work_for(outside.driver, OCTOBER, 2568)]

    assert "work.outside_results" in asks
