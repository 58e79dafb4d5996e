"""Plans of activities for tests: the Legal Execution Department's, and its steps."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from esar.demo.past import sample_plan
from esar.report.activity_plans import actions
from esar.report.activity_plans.life import PLAN_LIFE
from esar.report.activity_plans.models import Plan
from tests.make import World
from tests.remembered import remembered

YEAR = 2561
OLD_RULES = date(2017, 9, 10)  # the groups A and B bind; the plan is due on 15 September 2017
NEW_RULES = date(2017, 10, 10)  # the six topics bind; the plan is due on 15 November 2017
BEFORE_WORLD = date(2017, 1, 1)
TOTALS = [0, 0, 1, 1, 0, 2, 2, 0, 3, 0, 2, 2]  # seed 001: - - 1 1 - 2 2 - 3 - 2 2


def moment(day: date) -> datetime:
    """10.00 in Bangkok of a day."""
    return datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)


def legal_execution(**changed: Any) -> dict[str, Any]:
    """The plan of seed 001; what the document leaves open is filled in (type 4).

    `changed` maps "a3" (the third activity) to what is different of it.
    """
    listed = sample_plan()["activities"]
    for key, values in changed.items():
        listed[int(key[1:]) - 1] |= values
    return {"activities": listed}


def with_topics() -> dict[str, Any]:
    """Six ordered topics, each in its season, and six others: skn-letter-2560-10-11 ข้อ 2.2."""
    starts = {
        "paper": "2017-10",
        "energy": "2017-10",
        "budget": "2017-10",
        "information-systems": "2018-01",
        "anti-corruption": "2018-02",
        "integration": "2018-03",
    }
    content = legal_execution()
    for one, (topic, start) in zip(content["activities"], starts.items(), strict=False):
        one |= {"topic": topic, "type": "", "start": start}
        one["outputs"] = [{"month": "2018-09", "what": "ผลผลิต"}]
    return content


@remembered
def opened(world: World, *, on: date = OLD_RULES) -> Plan:
    give_days(world)
    return actions.open_plan(world.province, YEAR, by=world.reporter, at=moment(on), on=on)


@remembered
def saved(world: World, content: dict[str, Any] | None = None, *, on: date = OLD_RULES) -> Plan:
    plan = opened(world, on=on)
    raw = content or legal_execution()
    return actions.save_plan(plan, raw, revision=0, by=world.reporter, at=moment(on), on=on)


@remembered
def sent_in(world: World, content: dict[str, Any] | None = None, *, on: date = OLD_RULES) -> Plan:
    """A plan that was proposed and sent in on one day, through the actions."""
    plan = saved(world, content, on=on)
    PLAN_LIFE.move(plan, "propose", by=world.reporter, at=moment(on), on=on)
    PLAN_LIFE.move(plan, "submit", by=world.approver, at=moment(on), on=on)
    return Plan.objects.get(pk=plan.pk)


def give_days(world: World) -> None:
    """The world's people held their roles in 2017 already."""
    from esar.platform.organisations.models import Appointment

    Appointment.objects.update(first_day=BEFORE_WORLD)
    for one in vars(world).values():
        getattr(one, "__dict__", {}).pop("_held", None)
