"""A KPI's own past and this year's months → where the year will end, and how sure that is.

Two estimates are made and weighed by how sure each is:

- from the past: a line through the values of past years, recent years counting more, its slope
  held back (two or three years prove no trend);
- from this year: how past years went on from the same month. For a "sum", by the share of the
  year that is usually done by then; otherwise by the change that usually still comes.

Where the past says little, general assumptions stand in (the constants below) and the range is
wide. Where the two disagree, the past gives way to this year. Floats live inside this file only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from esar.law.forecasting.paths import (
    MONTHS,
    Basis,
    Direction,
    PastYear,
    Projection,
    Unknown,
)
from esar.law.rules.numbers import round_half_up
from esar.law.scoring.accumulation import How

FADING = 0.75  # a year counts this much of the year after it
STEADY = 2.0  # how firmly the slope is held to none, in years' worth of evidence
CAUTION = 2.0  # how many years' worth of evidence the assumed spread is worth
RUSH = 0.35  # how much of the work is left for the year's end where the past does not tell
RANGE = 0.8  # the share of cases that low to high should hold
MIN_SHARE = 0.02  # less of the year than this done tells nothing of its end
MAX_STORED = 99_999_999_999.0  # what a stored decimal holds


Bounds = tuple[Decimal | None, Decimal | None]  # the least and the most that a result can be


@dataclass(frozen=True)
class _Estimate:
    """A value with its spread (one standard deviation) and what it weighs in years."""

    value: float
    spread: float
    years: float


@dataclass(frozen=True)
class _Case:
    """The question in floats."""

    past: Mapping[int, float]  # years before this one → value
    paths: Mapping[int, Mapping[int, float]]
    path: Mapping[int, float]
    targets: tuple[float, ...]
    grows: bool  # a sum: the path runs from nothing to the year's value
    scale: float  # what counts as a big difference for this KPI


def project(
    past: Sequence[PastYear],
    path: Mapping[int, Decimal],
    *,
    year: int,
    direction: Direction,
    targets: Sequence[Decimal],
    level: int = 1,
    rule: How = "last",
    bounds: Bounds = (None, None),
) -> Projection | Unknown:
    """Where `year` (B.E.) will end, from the years before it and its own path so far.

    `targets` run from the lowest level to the highest, whichever the direction. Unknown when
    there is no target of that level, or neither a past value nor a month of this year. Nothing is
    projected outside `bounds`, the least and the most that there can be, unless a value or a target
    lies outside already.
    """
    if not 1 <= level <= len(targets):
        return Unknown("forecast.no_target")
    case = _case(past, path, year, targets, rule)
    if not case.past and not case.path:
        return Unknown("forecast.nothing_known")
    estimate = _together([one for one in (_from_past(case, year), _from_months(case)) if one])
    least, most = _within(case, bounds)
    floor = _highest(_floor(case, rule), least)
    low, high = (_at_most(end, most) for end in _range(estimate, floor))
    miss = _miss(estimate, floor, case.targets[level - 1], direction)
    same = _same_again(case)
    if same is not None:
        misses = _misses(same.value, case.targets[level - 1], direction)
        miss = same.years * misses + (1 - same.years) * miss
        low, high = min(low, same.value), max(high, same.value)
    month = max(case.path, default=0)
    basis = Basis(tuple(sorted(case.past)), tuple(sorted(case.paths)), month, path.get(month))
    middle = same.value if same and same.years > 0.5 else min(max(estimate.value, low), high)
    return Projection(_decimal(middle), _decimal(low), _decimal(high), _decimal(miss), level, basis)


def _case(
    past: Sequence[PastYear],
    path: Mapping[int, Decimal],
    year: int,
    targets: Sequence[Decimal],
    rule: How,
) -> _Case:
    past_years = {one.year: one for one in past if one.year < year and one.value is not None}
    values = {one: float(past_years[one].value or 0) for one in past_years}
    months = {m: float(value) for m, value in path.items() if 1 <= m <= MONTHS}
    paths = {
        one: {m: float(value) for m, value in past_years[one].path.items() if 1 <= m <= MONTHS}
        for one in past_years
        if past_years[one].path
    }
    levels = tuple(float(one) for one in targets)
    return _Case(values, paths, months, levels, rule == "sum", _scale(values, months, levels))


def _scale(
    values: Mapping[int, float], months: Mapping[int, float], targets: tuple[float, ...]
) -> float:
    """Half the way from the lowest target to the highest, or 5 % of what is measured, if more."""
    sizes = [abs(one) for one in (*values.values(), *months.values(), *targets)]
    return max((max(targets) - min(targets)) / 2, max(sizes) / 20) or 1.0


def _from_past(case: _Case, year: int) -> _Estimate | None:
    """A line through past values, to this year, by weighted least squares.

    The last row is an assumption, not an observation: no slope is likely. It pulls, but does not
    prove that values lie close together.
    """
    if not case.past:
        return None
    import numpy as np
    from statsmodels.regression.linear_model import WLS  # type: ignore[import-untyped]

    ages = sorted(year - one for one in case.past)
    rows = [[1.0, float(-age)] for age in ages] + [[0.0, 1.0]]
    weights = np.array([FADING ** (age - 1) for age in ages] + [STEADY])
    values = [case.past[year - age] for age in ages] + [0.0]
    fit = WLS(np.array(values), np.array(rows), weights=weights).fit(method="pinv")
    unlike = float((weights[:-1] * np.array(fit.resid)[:-1] ** 2).sum())
    lever = float(fit.normalized_cov_params[0, 0])  # this year is the line's origin
    return _with_spread(float(fit.params[0]), lever, unlike, float(weights[:-1].sum()), case.scale)


def _from_months(case: _Case) -> _Estimate | None:
    """How past years went on from the newest month that is known of this one."""
    if not case.path:
        return None
    month = max(case.path)
    return _by_share(case, month) if case.grows else _by_change(case, month)


def _by_share(case: _Case, month: int) -> _Estimate:
    """What is done, by the share of a year that is usually done by now."""
    x, reached = month / MONTHS, case.path[month]
    usual, spread = x * (1 - RUSH * (1 - x)), 0.4 * x * (1 - x) + 0.005
    newest = max(case.past, default=0)
    shares = [
        (newest - one, _at(path, month, 0.0, case.past[one]) / case.past[one])
        for one, path in case.paths.items()
        if case.past[one]
    ]
    share = _usual(shares, usual, spread)
    part = min(max(share.value, MIN_SHARE), 1.5)
    whole = reached / part
    # a path that has not begun says as much as the usual size of the KPI allows
    size = max(abs(whole), *(abs(one) for one in case.past.values()), abs(case.targets[0]))
    return _Estimate(whole, share.spread * size / part, share.years)


def _by_change(case: _Case, month: int) -> _Estimate:
    """What stands now, with the change that usually still comes."""
    rest = 1 - month / MONTHS
    newest = max(case.past, default=0)
    changes = [
        (newest - one, case.past[one] - _at(path, month, None, case.past[one]))
        for one, path in case.paths.items()
    ]
    usual = _usual(changes, 0.0, case.scale * (0.9 * rest + 0.02))
    return _Estimate(case.path[month] + usual.value, usual.spread, usual.years)


def _at(path: Mapping[int, float], month: int, start: float | None, end: float) -> float:
    """The path at a month; on a straight line between its neighbours where it was not reported."""
    points = {MONTHS: end} | dict(path)
    if start is not None:
        points[0] = start
    before = max((m for m in points if m <= month), default=min(points))
    after = min((m for m in points if m >= month), default=max(points))
    if before >= after:
        return points[before]
    part = (month - before) / (after - before)
    return points[before] + part * (points[after] - points[before])


def _usual(seen: Sequence[tuple[int, float]], assumed: float, spread: float) -> _Estimate:
    """What past years did, (years ago, value), leaning on an assumption while they are few.

    The weighted mean, and the spread of one new observation about it.
    """
    weighed = [(FADING**ago, value) for ago, value in seen]
    lean = 0.5 if seen else 1.0
    whole = lean + sum(weight for weight, _ in weighed)
    mean = (lean * assumed + sum(weight * value for weight, value in weighed)) / whole
    unlike = sum(weight * (value - mean) ** 2 for weight, value in weighed)
    return _with_spread(mean, 1 / whole, unlike, whole - lean if seen else 0.0, spread)


def _with_spread(
    value: float, lever: float, unlike: float, years: float, assumed: float
) -> _Estimate:
    """An estimate whose spread leans on `assumed` where the years are too few to show one."""
    variance = (CAUTION * assumed**2 + unlike) / (CAUTION + years)
    return _Estimate(value, sqrt(variance * (1 + lever)), years)


def _together(estimates: list[_Estimate]) -> _Estimate:
    """Weighed by how sure each is; where they disagree, the past gives way.

    Months of this year are facts, and a past that they belie was a poor guide: its spread is
    widened until the two lie one deviation apart.
    """
    if len(estimates) == 1:
        return estimates[0]
    past, months = estimates
    apart = (past.value - months.value) ** 2
    doubt = max(past.spread**2, apart - months.spread**2, 1e-18)
    sure, surer = 1 / doubt, 1 / max(months.spread**2, 1e-18)
    value = (past.value * sure + months.value * surer) / (sure + surer)
    return _Estimate(value, sqrt(1 / (sure + surer)), past.years + months.years)


def _floor(case: _Case, rule: How) -> float | None:
    """What the year cannot end below: what is reached, where nothing can be taken back."""
    values = [*case.past.values(), *case.path.values()]
    months = [case.path[m] for m in sorted(case.path)]
    only_grows = rule == "max" or (rule == "sum" and months == sorted(months))
    if only_grows and months:
        return months[-1]
    return 0.0 if values and min(values) >= 0 else None


def _within(case: _Case, bounds: Bounds) -> tuple[float | None, float | None]:
    """The bounds in floats, each of them only while no value lies beyond it."""
    values = [*case.past.values(), *case.path.values(), *case.targets]
    least, most = (None if bound is None else float(bound) for bound in bounds)
    return (
        None if least is None or min(values) < least else least,
        None if most is None or max(values) > most else most,
    )


def _highest(*floors: float | None) -> float | None:
    return max((floor for floor in floors if floor is not None), default=None)


def _at_most(value: float, most: float | None) -> float:
    return value if most is None else min(value, most)


def _range(estimate: _Estimate, floor: float | None) -> tuple[float, float]:
    """(low, high): RANGE of the cases lie between; nothing lies below the floor."""
    from scipy.special import stdtrit  # type: ignore[import-untyped]

    reach = float(stdtrit(CAUTION + estimate.years, (1 + RANGE) / 2)) * estimate.spread
    low, high = estimate.value - reach, estimate.value + reach
    return (low, high) if floor is None else (max(low, floor), max(high, floor))


def _miss(estimate: _Estimate, floor: float | None, target: float, direction: Direction) -> float:
    """The probability of not reaching the target; what would end below the floor ends on it."""
    if floor is not None and target <= floor:
        if direction == "higher":
            return 0.0
        if target < floor:
            return 1.0
    from scipy.special import stdtr

    away = (target - estimate.value) / max(estimate.spread, 1e-9)
    under = float(stdtr(CAUTION + estimate.years, away))
    return under if direction == "higher" else 1 - under


def _misses(value: float, target: float, direction: Direction) -> float:
    return float(value < target if direction == "higher" else value > target)


def _same_again(case: _Case) -> _Estimate | None:
    """A value that came year after year (100 %, no case at all) and this year does not belie.

    `years` is then the probability that it comes again: k years of k, by the rule of succession
    with room for one more kind of year, k / (k + 2).
    """
    values = [case.past[one] for one in sorted(case.past, reverse=True)]
    many = next((n for n, one in enumerate(values) if one != values[0]), len(values))
    if many < 2:
        return None
    now = case.path[max(case.path)] if case.path else values[0]
    belied = now > values[0] if case.grows else now != values[0]
    return None if belied else _Estimate(values[0], 0.0, many / (many + 2))


def _decimal(value: float) -> Decimal:
    return round_half_up(Decimal(repr(min(max(value, -MAX_STORED), MAX_STORED))), 4)
