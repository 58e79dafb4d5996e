"""What waits of plans on the work list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly import actions
from esar.show.worklist.plans import work_of_plans
from tests.make import World, person
from tests.report.activity_plans.make import opened
from tests.report.activity_plans.monthly.make import OCTOBER, move, plan_in_force, report, said
from tests.show.public.make import province

pytestmark = pytest.mark.django_db
ON = date(2017, 12, 5)


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def waits(who: Any) -> list[tuple[str, str, date | None]]:
    return [(one.path, one.asks, one.due) for one in work_of_plans(who, ON)]


def test_months_wait_for_their_reporter_and_then_for_their_approver(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, date(2017, 10, 1), (1, "2018-01", None))
    base = f"/plans/{plan.pk}/months"
    december = (f"{base}/2017-12/", "page.plan_month_to_write", date(2018, 1, 7))
    november = (f"{base}/2017-11/", "page.plan_month_to_write", date(2017, 12, 7))
    assert waits(world.reporter) == [november, december]
    month = date(2017, 11, 1)
    actions.save_month(
        plan, month, said((1, "2018-01", None)), revision=0, by=world.reporter, at=OCTOBER, on=ON
    )
    move(plan, month, "propose", by=world.reporter, at=OCTOBER, on=ON)
    assert waits(world.reporter) == [december]
    assert waits(world.approver) == [(november[0], "page.plan_month_waits", november[2])]
    assert waits(world.analyst) == []


def test_energy_waits_for_the_provinces_energy_office(world: World) -> None:
    office = person("energy", (Role.CENTRAL_OWNER, world.province))
    assert waits(office) == [
        ("/plan-usage/2561/TH-74/", "page.energy_owed", date(2017, 11, 2)),
        ("/plan-usage/2561/TH-74/", "page.energy_owed", date(2017, 12, 2)),
        ("/plan-usage/2561/TH-74/", "page.energy_owed", date(2018, 1, 2)),
    ]
    assert waits(world.owner) == []


def test_more_bodies_ask_the_database_no_more(world: World) -> None:
    def asked() -> int:
        who = Person.objects.get(pk=world.reporter.pk)
        with CaptureQueriesContext(connection) as queries:
            work_of_plans(who, ON)
        return len(queries)

    opened(world)
    one = asked()
    for code in ("TH-10", "TH-11"):
        body = province(code)
        appoint(world.reporter, Role.REPORTER, by=None, at=OCTOBER, on=date(2010, 9, 1), body=body)
        Plan.objects.create(body=body, fiscal_year=2561, since=OCTOBER, content={"activities": []})
    assert len(work_of_plans(Person.objects.get(pk=world.reporter.pk), ON)) == 3
    assert asked() == one
