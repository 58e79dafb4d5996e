"""The score of a plan in each round, step by step: by the same arithmetic as every other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from esar.plan_reports.duties import MONTHLY, due_day, indicator_of
from esar.plan_reports.queries import Told, done_in, must_come, told_of
from esar.plans.content import as_facts, first_of
from esar.plans.law import Law, law_on
from esar.plans.models import Plan, PlanVersion
from esar.plans.queries import in_force
from esar.rules.book import Rule
from esar.rules.years import FiscalYear
from esar.scoring import facts
from esar.scoring.indicators import points_of
from esar.scoring.scorecard import is_due
from esar.scoring.steps import step
from esar.scoring.wire import step_as_json


@dataclass(frozen=True)
class Counted:
    """One planned output in a round: whether it came, and in which month's report it was said."""

    number: int
    name: str
    what: str
    month: date
    done: bool | None
    said_in: date | None
    came: bool  # also when it came too late to count
    is_due: bool  # its month was to be reported by now


@dataclass(frozen=True)
class RoundScore:
    """A round's outputs and what they make. `status` tells zero from not reported and not due."""

    rule: Rule
    outputs: list[Counted]
    status: str
    points: Any
    passed: bool | None
    steps: list[dict[str, Any]]
    is_over: bool

    @property
    def achieved(self) -> int:
        return sum(one.done is True for one in self.outputs)


def rounds_of(plan: Plan, on: date) -> list[RoundScore]:
    """Every round of the plan's year, in order, as of a day. Two queries.

    Empty without a plan in force.
    """
    version = in_force(plan)
    law = law_on(plan.fiscal_year, plan.body.kind, FiscalYear(plan.fiscal_year).last_day)
    if version is None or law is None:
        return []
    told = told_of([plan.pk])[plan.pk]
    rounds = law.book.on(law.day, plan.body.kind).of_kind("round")
    rounds = [one for one in rounds if one.value.graded]
    return [_round(plan, version, told, one, law, on) for one in rounds]


def _round(
    plan: Plan, version: PlanVersion, told: Told, rule: Rule, law: Law, on: date
) -> RoundScore:
    """One round: only reports on its own months and those before it count."""
    last = rule.value.last
    then = {place: [one for one in said if one.month <= last] for place, said in told.items()}
    done = done_in(version.content, then, must_come=must_come(plan.fiscal_year, plan.body.kind))
    kpi = facts.Kpi(indicator_of(law), None, None, as_facts(version.content, done))
    outputs = _outputs(plan, version, then, done, rule, on)
    if not is_due(kpi, rule):
        why = step_as_json(step("step.not_due", rule, round=rule.label))
        return RoundScore(rule, outputs, "not_due", None, None, [why], last < on)
    points = points_of(kpi, law.book.on(last, plan.body.kind), rule)
    status = "reported" if points.reported else "not_reported"
    steps = [step_as_json(one) for one in points.steps]
    return RoundScore(rule, outputs, status, points.points, points.passed, steps, last < on)


def _outputs(
    plan: Plan, version: PlanVersion, told: Told, done: dict[tuple[int, date], bool], rule: Rule,
    on: date,
) -> list[Counted]:  # fmt: skip
    """The outputs planned within a round's days, by month."""
    found = []
    for one in version.content["activities"]:
        for output in one["outputs"]:
            month = first_of(output["month"])
            if rule.value.first <= month <= rule.value.last:
                place = (one["number"], month)
                said = told.get(place, [])
                due = due_day(plan.fiscal_year, plan.body.kind, MONTHLY, month)
                found.append(
                    Counted(
                        one["number"], one["name"], output["what"], month, done.get(place),
                        said[-1].month if said else None, bool(said) and said[-1].done,
                        due is not None and due <= on,
                    )
                )  # fmt: skip
    return sorted(found, key=lambda one: (one.month, one.number))
