"""One KPI's result → its points, with the steps that lead there.

Each method answers with an exact `Ratio`; `points_of` rounds it once, as the rulebook says.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from esar.law.rules.book import Kind, Rule, Rules
from esar.law.rules.kinds import (
    NAMES,
    GivenScore,
    Ladder,
    Milestones,
    MissingResult,
    Round,
    ShareOfPlan,
    WeightedItems,
)
from esar.law.rules.numbers import EXACT, exact_sum, round_ratio
from esar.law.scoring.facts import Given, Items, Kpi, Measured, Outputs, Plan, Result, StepsDone
from esar.law.scoring.steps import Formula, InUnit, Ratio, Step, plain, step

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one KPI, or none when it was not reported; `passed` where there is a pass mark."""

    points: Decimal
    steps: tuple[Step, ...]
    reported: bool = True
    passed: bool | None = None


def points_of(kpi: Kpi, rules: Rules, round_rule: Rule[Round]) -> Points:
    """The KPI's official points: rounded half up, once.

    Units: of the year's scale (100, or 1–5). Errors: none for a checked scorecard
    (`esar.law.scoring.checks`). Source: the ladder, milestones, … entries of the rulebook.
    """
    result = kpi.result
    if isinstance(result, Plan):
        result = result.outputs_between(round_rule.value.first, round_rule.value.last)
    if is_missing(result):
        missing = _the(rules, MissingResult)
        points = round_ratio(missing.value.points, ONE, rules.rounding("kpi_points"))
        return Points(points, (step("step.not_reported", missing, output=points),), reported=False)
    ratio, steps, passed = _ratio(result, rules, kpi)
    rounding = rules.rounding_rule("kpi_points")
    points = round_ratio(ratio.numerator, ratio.denominator, rounding.value.places)
    rounded = step(
        "step.rounded",
        rounding,
        formula=Formula("{} → {}", (ratio, points)),
        output=points,
        places=rounding.value.places,
        value=ratio,
    )
    return Points(points, (*steps, rounded), passed=passed)


def is_missing(result: Result) -> bool:
    """Whether nothing was reported. Zero is a result; so is a plan with nothing due."""
    match result:
        case (
            Measured(actual=None)
            | StepsDone(done=None)
            | Outputs(achieved=None)
            | Given(score=None)
        ):
            return True
        case Items(items=items):
            return all(item.result.actual is None for item in items)
    return False


def _ratio(result: Result, rules: Rules, kpi: Kpi) -> tuple[Ratio, list[Step], bool | None]:
    match result:
        case Measured():
            ratio, one_step = on_ladder(result, _the(rules, Ladder), kpi.unit)
            return ratio, [one_step], None
        case StepsDone():
            ratio, one_step = by_milestones(result, _the(rules, Milestones))
            return ratio, [one_step], None
        case Items():
            ratio, steps = by_items(result, rules, kpi.unit)
            return ratio, steps, None
        case Outputs():
            return by_outputs(result, _the(rules, ShareOfPlan))
        case Given(score=score):
            given_score = _the(rules, GivenScore)
            value = score if score is not None else Decimal(0)
            return Ratio(value, ONE), [step("step.given", given_score, output=value)], None
    raise AssertionError(result)


def _the(rules: Rules, kind: type[Kind]) -> Rule[Kind]:
    rule = rules.the(kind)
    if rule is None:  # `esar.law.scoring.checks` refuses such a scorecard first
        raise LookupError(NAMES[kind])
    return rule


def on_ladder(result: Measured, ladder: Rule[Ladder], unit: str = "") -> tuple[Ratio, Step]:
    """Straight lines between the targets; flat above the last, `below` under the first."""
    actual = result.actual if result.actual is not None else Decimal(0)
    points, targets, levels = ladder.value.points, result.targets, ladder.value.levels
    rising = result.direction == "higher"

    def reached(target: Decimal) -> bool:
        return actual >= target if rising else actual <= target

    def at(code: str, output: Decimal, level: int) -> tuple[Ratio, Step]:
        one_step = step(
            code,
            ladder,
            formula=Formula("{}", (output,)),
            output=output,
            actual=actual,
            unit=unit,
            said=InUnit(actual, unit),
            target=targets[level],
            level=levels[level],
        )
        return Ratio(output, ONE), one_step

    if not reached(targets[0]):
        return at("step.below_first", ladder.value.below, 0)
    if reached(targets[-1]):
        return at("step.reached_last", points[-1], len(targets) - 1)
    low = max(index for index, target in enumerate(targets) if reached(target))
    if actual == targets[low]:
        return at("step.reached_level", points[low], low)
    return _between(actual, result, ladder, low, unit)


def _between(
    actual: Decimal, result: Measured, ladder: Rule[Ladder], low: int, unit: str
) -> tuple[Ratio, Step]:
    t_low, t_high = result.targets[low], result.targets[low + 1]
    p_low, p_high = ladder.value.points[low], ladder.value.points[low + 1]
    span = EXACT.subtract(t_high, t_low)
    rise = EXACT.subtract(p_high, p_low)
    gain = EXACT.subtract(actual, t_low)
    numerator = EXACT.add(EXACT.multiply(p_low, span), EXACT.multiply(rise, gain))
    ratio = Ratio(numerator, span)
    one_step = step(
        "step.between",
        ladder,
        formula=Formula(
            "{} + ({} − {}) × ({} − {}) ÷ ({} − {})",
            (p_low, p_high, p_low, actual, t_low, t_high, t_low),
        ),
        output=ratio,
        actual=actual,
        unit=unit,
        said=InUnit(actual, unit),
        low=t_low,
        high=t_high,
        low_level=ladder.value.levels[low],
        high_level=ladder.value.levels[low + 1],
    )
    return ratio, one_step


def by_milestones(result: StepsDone, milestones: Rule[Milestones]) -> tuple[Ratio, Step]:
    """Level n needs steps 1..n; a step done after a gap does not count."""
    steps_done = result.done or frozenset()
    points = milestones.value.points
    level = 0
    while level < len(points) and level + 1 in steps_done:
        level += 1
    output = points[level - 1] if level else milestones.value.below
    numbers = ", ".join(map(str, sorted(steps_done))) or "–"
    one_step = step(
        "step.milestones",
        milestones,
        formula=plain(output),
        output=output,
        done=numbers,
        level=level,
        steps=len(points),
    )
    return Ratio(output, ONE), one_step


def by_items(result: Items, rules: Rules, unit: str) -> tuple[Ratio, list[Step]]:
    """Σ(Wi × points of i) ÷ ΣWi. An item without a result gets the points of a missing one."""
    ladder, average = _the(rules, Ladder), _the(rules, WeightedItems)
    missing = _the(rules, MissingResult)
    steps, products = [], []
    parts = []
    for item in result.items:
        if item.result.actual is None:
            ratio, one_step = (
                Ratio(missing.value.points, ONE),
                step("step.item_missing", missing, item=item.title),
            )
        else:
            ratio, one_step = on_ladder(item.result, ladder, item.unit or unit)
        points = round_ratio(ratio.numerator, ratio.denominator, average.value.places)
        steps += [
            one_step,
            step("step.item", average, output=points, item=item.title, weight=item.weight),
        ]
        products.append(EXACT.multiply(item.weight, points))
        parts.append(f"{plain(item.weight)} × {plain(points)}")
    weights = exact_sum([item.weight for item in result.items])
    ratio = Ratio(exact_sum(products), weights)
    formula = f"({' + '.join(parts)}) ÷ {plain(weights)}"
    steps.append(step("step.items_average", average, formula=formula, output=ratio))
    return ratio, steps


def by_outputs(result: Outputs, share: Rule[ShareOfPlan]) -> tuple[Ratio, list[Step], bool | None]:
    """Outputs achieved as planned × 100 ÷ outputs planned, held against the pass mark.

    The pass mark is compared with the exact share, not with the rounded one.
    """
    planned, achieved = Decimal(result.planned), Decimal(result.achieved or 0)
    full, mark = share.value.full, share.value.pass_mark
    ratio = Ratio(EXACT.multiply(achieved, full), planned)
    passed = ratio.numerator >= EXACT.multiply(mark, planned)
    computed = step(
        "step.share_of_plan",
        share,
        formula=Formula("{} × {} ÷ {}", (achieved, full, planned)),
        output=ratio,
        achieved=achieved,
        planned=planned,
    )
    verdict = step("step.passed" if passed else "step.not_passed", share, output=ratio, mark=mark)
    return ratio, [computed, verdict], passed
