"""How far a result is from the next level, in the KPI's own unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from esar.law.rules.book import Rules
from esar.law.rules.kinds import Ladder, Milestones
from esar.law.rules.numbers import EXACT
from esar.law.rules.text import Text, worded
from esar.law.scoring.facts import Kpi, Measured, StepsDone


@dataclass(frozen=True)
class Gap:
    """`missing` more (or less, where lower is better) in the KPI's unit reaches `level`."""

    level: Text
    target: Decimal
    missing: Decimal


def next_level(kpi: Kpi, rules: Rules) -> Gap | None:
    """The nearest level that is not reached; None at the top, or where nothing is reported."""
    match kpi.result:
        case Measured(direction=direction, targets=targets, actual=Decimal() as actual):
            ladder = rules.the(Ladder)
            sign = 1 if direction == "higher" else -1
            for place, target in enumerate(targets):
                short = EXACT.multiply(Decimal(sign), EXACT.subtract(target, actual))
                if ladder is not None and short > 0:
                    return Gap(ladder.value.levels[place], target, short)
        case StepsDone(done=frozenset() as done):
            rule = rules.the(Milestones)
            steps = len(rule.value.points) if rule else 0
            for number in range(1, steps + 1):
                if number not in done:
                    step = worded("gap.step", number=number)
                    return Gap(step, Decimal(number), Decimal(1))
    return None
