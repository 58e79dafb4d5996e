"""Results of months → the result of a round, exactly, with the one rounding that is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from esar.law.rules.numbers import EXACT, exact_sum, round_ratio, trimmed
from esar.law.scoring.steps import plain

How = Literal["last", "sum", "mean", "max", "ratio"]
ONE = Decimal(1)


@dataclass(frozen=True)
class Month:
    """What one month gave: a value in the KPI's unit, or a numerator and its denominator."""

    month: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Accumulated:
    """The round's result in the KPI's unit, and the sum that gives it, in figures."""

    value: Decimal
    formula: str


def accumulate(
    how: How, months: Sequence[Month], *, per: Decimal, places: int
) -> Accumulated | None:
    """The result of the months given; None when none of them says anything.

    A ratio is Σ numerators ÷ Σ denominators × `per`, never an average of percentages. Only a
    ratio and an average are rounded: half up, once, to `places`.
    """
    if how == "ratio":
        return _ratio(months, per, places)
    values = [one.value for one in sorted(months, key=_by_month) if one.value is not None]
    if not values:
        return None
    summands = " + ".join(plain(trimmed(value)) for value in values)
    if how == "sum":
        return Accumulated(exact_sum(values), summands)
    if how == "mean":
        value = round_ratio(exact_sum(values), Decimal(len(values)), places)
        return Accumulated(value, f"({summands}) ÷ {len(values)}")
    value = max(values) if how == "max" else values[-1]
    return Accumulated(value, plain(trimmed(value)))


def _by_month(month: Month) -> date:
    return month.month


def _ratio(months: Sequence[Month], per: Decimal, places: int) -> Accumulated | None:
    parts = [
        (one.numerator, one.denominator)
        for one in months
        if one.numerator is not None and one.denominator is not None
    ]
    below = exact_sum([denominator for _, denominator in parts])
    if not below:
        return None
    above = exact_sum([numerator for numerator, _ in parts])
    value = round_ratio(EXACT.multiply(above, per), below, places)
    times = "" if per == ONE else f" × {plain(trimmed(per))}"
    return Accumulated(value, f"{plain(trimmed(above))} ÷ {plain(trimmed(below))}{times}")
