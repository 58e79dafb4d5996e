"""What came of a plan: its reports by the month, and what they make of its outputs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly.models import MonthlyReport, MonthlyVersion
from esar.report.activity_plans.monthly.queries import Said, facts_of, outcome
from tests.make import World
from tests.report.activity_plans.monthly.make import plan_in_force

pytestmark = pytest.mark.django_db

MARCH = date(2018, 3, 31)


def sent(
    world: World, plan: Plan, month: date, said: dict[tuple[int, str], bool | None], number: int = 1
) -> MonthlyVersion:
    """A report as it lies in the database after its sending in."""
    activities: dict[int, Any] = {}
    for (activity, planned), done in said.items():
        empty = {"number": activity, "name": "", "progress": "", "outputs": [], "files": []}
        one = activities.setdefault(activity, empty)
        one["outputs"].append({"month": planned, "what": "", "done": done})
    at = datetime(month.year + month.month // 12, month.month % 12 + 1, 5, tzinfo=UTC)
    report, _ = MonthlyReport.objects.get_or_create(
        plan=plan,
        month=month,
        defaults={"state": "submitted", "since": at, "sent": 1, "received_on": at.date()},
    )
    content = {
        "month": f"{month:%Y-%m}",
        "plan_version": 1,
        "activities": list(activities.values()),
    }
    return MonthlyVersion.objects.create(
        report=report, number=number, content=content, sha256="", by=world.approver, at=at
    )


def done_of(world: World, **options: Any) -> dict[tuple[str, str], bool | None]:
    plan = facts_of(world.province, 2561, **options)
    assert plan is not None
    return {
        (activity.id, f"{output.month:%Y-%m}"): output.done
        for activity in plan.activities
        for output in activity.outputs
        if output.done is not None
    }


def test_without_a_plan_in_force_there_are_no_facts(world: World) -> None:
    assert facts_of(world.province, 2561) is None


def test_an_output_that_nobody_reported_is_not_an_output_undone(world: World) -> None:
    plan = plan_in_force(world)
    sent(world, plan, date(2018, 1, 1), {(1, "2018-01"): True})
    sent(world, plan, date(2018, 3, 1), {(3, "2018-03"): False, (4, "2018-03"): None})
    assert done_of(world) == {("1", "2018-01"): True, ("3", "2018-03"): False}


def test_the_newest_sending_of_a_month_counts(world: World) -> None:
    plan = plan_in_force(world)
    sent(world, plan, date(2018, 1, 1), {(1, "2018-01"): True})
    sent(world, plan, date(2018, 1, 1), {(1, "2018-01"): False}, number=2)
    assert done_of(world) == {("1", "2018-01"): False}


def test_a_later_month_says_that_an_output_came_after_all(world: World) -> None:
    plan = plan_in_force(world)
    sent(world, plan, date(2018, 3, 1), {(3, "2018-03"): False})
    sent(world, plan, date(2018, 4, 1), {(3, "2018-03"): True})
    assert done_of(world) == {("3", "2018-03"): True}
    assert done_of(world, by=MARCH) == {("3", "2018-03"): False}


def test_whether_a_late_output_counts_is_the_years_rule() -> None:
    march, april = date(2018, 3, 1), date(2018, 4, 1)
    said = [Said(False, march), Said(True, april)]
    assert outcome(said, march, "in_its_round") is True
    assert outcome(said, march, "in_its_month") is False
    assert outcome([Said(True, march)], march, "in_its_month") is True
    assert outcome([], march, "in_its_month") is None
