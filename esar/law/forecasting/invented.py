"""Invented past years of invented KPIs, for demonstrations and for measuring the projections.

Nothing here was ever reported by anyone. The same seed makes the same years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from esar.law.forecasting.paths import MONTHS, Direction, PastYear, path_of
from esar.law.rules.numbers import round_half_up
from esar.law.rules.years import FiscalYear
from esar.law.scoring.accumulation import How, Month


@dataclass(frozen=True)
class Made:
    """One invented KPI of one invented body, with its years in order. Always a demo."""

    body: str
    number: str
    rule: How
    direction: Direction
    years: tuple[PastYear, ...]
    is_demo: bool = True


# rule, direction, usual size, size of a yearly shock (share), how far it rises a year (share)
SHAPES: tuple[tuple[How, Direction, float, float, float], ...] = (
    ("last", "higher", 78.0, 0.035, 0.010),
    ("sum", "higher", 1200.0, 0.090, 0.025),
    ("mean", "higher", 82.0, 0.030, 0.005),
    ("sum", "lower", 240.0, 0.110, -0.020),
    ("max", "higher", 40.0, 0.080, 0.015),
    ("last", "lower", 12.0, 0.090, -0.015),
)
MISSING = 0.12  # the share of months that report nothing
DISASTER = 0.06  # how often a year is struck by something large


def made_years(
    seed: int = 2567, *, bodies: int = 40, last_year: int = 2566, years: int = 9
) -> list[Made]:
    """`bodies` bodies with one KPI of each of SHAPES, for the `years` fiscal years to `last_year`.

    Each has a trend of its own, shocks that partly last, a rush before the year's end, months
    that report nothing, and targets set from what was reached the years before.
    """
    random = Random(seed)
    fiscal_years = range(last_year - years + 1, last_year + 1)
    return [
        _made(random, f"DEMO-{body:03}", f"1.{place}", shape, fiscal_years)
        for body in range(1, bodies + 1)
        for place, shape in enumerate(SHAPES, start=1)
    ]


def _made(
    random: Random,
    body: str,
    number: str,
    shape: tuple[How, Direction, float, float, float],
    fiscal_years: Sequence[int],
) -> Made:
    rule, direction, size, shock, drift = shape
    level = size * random.uniform(0.7, 1.2)
    trend = random.gauss(drift, abs(drift) + 0.01)
    rush = random.uniform(0.1, 0.6)
    lasting, past = 0.0, list[PastYear]()
    for place, year in enumerate(fiscal_years):
        lasting = 0.6 * lasting + random.gauss(0, shock)
        if random.random() < DISASTER:
            lasting -= 3 * shock if direction == "higher" else -3 * shock
        expected = level * (1 + trend) ** place
        value = max(expected * (1 + lasting + random.gauss(0, shock / 2)), size / 50)
        months = _months(random, rule, value, rush, shock)
        path = path_of(rule, _dated(year, months), per=Decimal(1), places=2)
        targets = _targets(random, past, expected, shock, direction)
        reported = {m: one for m, one in path.items() if m == MONTHS or random.random() > MISSING}
        past.append(PastYear(year, path[MONTHS], reported, targets))
    return Made(body, number, rule, direction, tuple(past))


def _dated(year: int, months: dict[int, Decimal]) -> list[Month]:
    first = FiscalYear(year).first_day
    return [
        Month(first.replace(year=first.year + (m > 3), month=(m + 8) % 12 + 1), value)
        for m, value in months.items()
    ]


def _months(
    random: Random, rule: How, value: float, rush: float, shock: float
) -> dict[int, Decimal]:
    """What each month reports, so that the year ends near `value`."""
    if rule == "sum":
        parts = [
            max(random.gauss(1, 0.25), 0.05) * (1 + rush * max(month - 8, 0))
            for month in range(1, MONTHS + 1)
        ]
        return {m: _decimal(value * part / sum(parts)) for m, part in enumerate(parts, start=1)}
    if rule == "mean":
        return {m: _decimal(value * random.gauss(1, shock)) for m in range(1, MONTHS + 1)}
    start = value * (1 - rush / 4) if rule == "max" else value * random.gauss(1, shock)
    months = {}
    for month in range(1, MONTHS + 1):
        part = (month / MONTHS) ** (1 + rush)
        wobble = random.gauss(0, shock / 3) * (1 - month / MONTHS)
        months[month] = _decimal((start + (value - start) * part) * (1 + wobble))
    return months


def _targets(
    random: Random, before: list[PastYear], expected: float, shock: float, direction: Direction
) -> tuple[Decimal, ...]:
    """Basic, standard and high: about what was reached before, a step better, two steps better."""
    reached = [float(one.value) for one in before[-3:] if one.value is not None]
    base = sum(reached) / len(reached) if reached else expected
    step = base * max(shock, 0.02) * (1 if direction == "higher" else -1)
    start = base + step * random.uniform(-0.9, 0.6)
    return tuple(_decimal(start + step * many) for many in range(3))


def _decimal(value: float) -> Decimal:
    return round_half_up(Decimal(repr(max(value, 0.0))), 2)
