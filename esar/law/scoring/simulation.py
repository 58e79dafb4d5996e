"""What a year's facts would give under another year's ladder, rounding and grades. No result.

Weights and components stay those of the year itself, for the other year has other ones; that is
why it is a simulation, and is always said to be one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from esar.kernel.problems import Problem
from esar.law.rules.book import Rulebook
from esar.law.rules.kinds import Grades, Total
from esar.law.rules.numbers import exact_sum, round_half_up, weighted
from esar.law.scoring.facts import Kpi, Measured, StepsDone
from esar.law.scoring.indicators import points_of
from esar.law.scoring.scorecard import Score, grade_for


@dataclass(frozen=True)
class Simulated:
    """The total and grade under `year`'s rules, or why it cannot be said."""

    year: int
    total: Decimal | None
    grade: Grades.Band | None
    problem: Problem | None = None


def simulate(score: Score, rulebook: Rulebook) -> Simulated:
    """A score's facts under another rulebook. Errors: none; what does not fit is a problem."""
    year = rulebook.year.buddhist
    kind = score.card.body_kind
    if kind not in rulebook.body_kinds():
        return Simulated(year, None, None, Problem("simulation.no_such_body", {"year": year}))
    rules = rulebook.on(rulebook.year.last_day, kind)
    total_rule = rules.of_kind(Total)[0].value
    if total_rule.rule != "weighted_sum" or total_rule.scale != 100:
        return Simulated(year, None, None, Problem("simulation.other_scale", {"year": year}))
    counted = [kpi for kpi in score.kpis if kpi.weighted is not None and kpi.weight is not None]
    if not counted:
        return Simulated(year, None, None, Problem("simulation.no_weights", {"year": year}))
    for kpi in counted:
        problem = _unfit(kpi.kpi, rules, year)
        if problem is not None:
            return Simulated(year, None, None, problem)
    shares = [
        weighted(points_of(kpi.kpi, rules, score.round).points, kpi.weight or Decimal(0))
        for kpi in counted
    ]
    total = round_half_up(exact_sum(shares), rules.rounding("total"))
    graded = score.round.value.graded and score.out_of == 100
    return Simulated(year, total, grade_for(total, rules) if graded else None)


def _unfit(kpi: Kpi, rules: object, year: int) -> Problem | None:
    figures: dict[str, object] = {"year": year, "kpi": kpi.id}
    the = rules.the  # type: ignore[attr-defined]
    if isinstance(kpi.result, Measured):
        ladder = the("ladder")
        if ladder is None or len(ladder.value.points) != len(kpi.result.targets):
            return Problem("simulation.other_targets", figures)
    elif isinstance(kpi.result, StepsDone) and the("milestones") is None:
        return Problem("simulation.other_method", figures)
    return None
