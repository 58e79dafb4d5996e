"""The score of a plan in each round, step by step: by the same arithmetic as every other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from esar.law.rules.book import Rule
from esar.law.rules.kinds import Round, ShareOfPlan
from esar.law.rules.numbers import EXACT
from esar.law.rules.years import FiscalYear
from esar.law.scoring import facts
from esar.law.scoring.indicators import points_of
from esar.law.scoring.scorecard import is_due
from esar.law.scoring.steps import step
from esar.law.scoring.wire import step_as_json
from esar.report.activity_plans.content import as_facts
from esar.report.activity_plans.law import Law, law_on
from esar.report.activity_plans.models import Plan, PlanVersion
from esar.report.activity_plans.monthly.deadlines.queries import MONTHLY, due_day, indicator_of
from esar.report.activity_plans.monthly.queries import Told, done_in, reports_of, told_of
from esar.report.activity_plans.queries import in_force


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
    struck: bool = False  # said to be done, and not found by a released result


@dataclass(frozen=True)
class RoundScore:
    """A round's outputs and what they make. `status` tells zero from not reported and not due.

    Until the round is settled it has neither points nor steps, and `passed` only where what may
    still come cannot change it. `settles` is the day its last month's report is due.
    """

    rule: Rule[Round]
    share: Rule[ShareOfPlan]
    outputs: list[Counted]
    settles: date | None
    is_settled: bool
    status: str
    points: Any = None
    passed: bool | None = None
    steps: Sequence[dict[str, Any]] = ()

    @property
    def achieved(self) -> int:
        return sum(one.done is True for one in self.outputs)

    @property
    def open(self) -> int:
        """How many outputs a report that the round still waits for may say came after all."""
        lost = self.share.value.achieved == "in_its_month"  # what did not come then comes no more
        waited = (one.done is None or (not one.done and not lost) for one in self.outputs)
        return 0 if self.is_settled else sum(waited)


def rounds_of(plan: Plan, on: date) -> list[RoundScore]:
    """Every round of the plan's year, in order, as of a day. Three queries.

    Empty without a plan in force.
    """
    version = in_force(plan)
    law = law_on(plan.fiscal_year, plan.body.kind, FiscalYear(plan.fiscal_year).last_day)
    if version is None or law is None:
        return []
    reported, reports = told_of([plan.pk])[plan.pk], reports_of(plan)
    sent = {month for month, one in reports.items() if one.received_on is not None}
    rounds = law.book.on(law.day, plan.body.kind).of_kind(Round)
    graded = [rule for rule in rounds if rule.value.graded]
    return [_round(plan, version, reported, sent, rule, law, on) for rule in graded]


def _round(
    plan: Plan,
    version: PlanVersion,
    reported: Told,
    sent: set[date],
    rule: Rule[Round],
    law: Law,
    on: date,
) -> RoundScore:
    """One round: only reports on its own months and those before it count."""
    last, kind = rule.value.last, plan.body.kind
    rules, month = law.book.on(last, kind), last.replace(day=1)
    share = rules.the(ShareOfPlan)
    assert share is not None, "a year with plans says how they are scored"
    settles = due_day(plan.fiscal_year, kind, MONTHLY, month)
    is_settled = last < on and (month in sent or settles is None or settles < on)
    then = {place: [one for one in said if one.month <= last] for place, said in reported.items()}
    came = done_in(version.planned, then, must_come=share.value.achieved)
    outputs = _outputs(plan, version, then, came, rule, on)
    kpi = facts.Kpi(indicator_of(law), None, None, as_facts(version.planned, came))
    round_score = RoundScore(rule, share, outputs, settles, is_settled, "not_due")
    if not is_due(kpi, rule):
        return replace(
            round_score, steps=[step_as_json(step("step.not_due", rule, round=rule.label))]
        )
    if not is_settled:
        return _so_far(round_score)
    points = points_of(kpi, rules, rule)
    return replace(
        round_score,
        status="reported" if points.reported else "not_reported",
        points=points.points,
        passed=points.passed,
        steps=[step_as_json(one) for one in points.steps],
    )


def _so_far(round_score: RoundScore) -> RoundScore:
    """What is said so far in a round that waits for reports; no verdict but a certain one."""
    if any(one.done is not None for one in round_score.outputs):
        passed = certain(
            round_score.achieved,
            round_score.open,
            len(round_score.outputs),
            round_score.share.value,
        )
        return replace(round_score, status="reported", passed=passed)
    return (
        replace(round_score, status="not_reported")
        if any(o.is_due for o in round_score.outputs)
        else round_score
    )


def certain(achieved: int, may_come: int, planned: int, share: ShareOfPlan) -> bool | None:
    """Whether the share passes, whatever becomes of what may still come; None while that matters.

    `achieved`, `may_come` and `planned` count outputs.
    """

    def passes(count: int) -> bool:
        reached = EXACT.multiply(Decimal(count), share.full)
        return reached >= EXACT.multiply(share.pass_mark, Decimal(planned))

    if passes(achieved):
        return True
    return None if passes(achieved + may_come) else False


def _outputs(
    plan: Plan,
    version: PlanVersion,
    reported: Told,
    came: dict[tuple[int, date], bool],
    rule: Rule[Round],
    on: date,
) -> list[Counted]:
    """The outputs planned within a round's days, by month."""
    outputs = []
    for activity in version.planned.activities:
        for output in activity.outputs:
            month = output.planned
            if rule.value.first <= month <= rule.value.last:
                place = (activity.number, month)
                statements = reported.get(place, [])
                due = due_day(plan.fiscal_year, plan.body.kind, MONTHLY, month)
                outputs.append(
                    Counted(
                        activity.number,
                        activity.name,
                        output.what,
                        month,
                        came.get(place),
                        statements[-1].month if statements else None,
                        bool(statements) and statements[-1].done,
                        due is not None and due < on,
                        bool(statements) and statements[-1].struck,
                    )
                )
    return sorted(outputs, key=lambda one: (one.month, one.number))
