"""What a projection is made from, and what it is: plain data, decimals in and out.

A path says where a KPI would stand if the year ended after month 1 (October) to 12 (September),
in the KPI's unit. Projected values are never results: nothing here is read by scoring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from esar.law.rules.numbers import EXACT, round_ratio
from esar.law.rules.years import FIRST_MONTH
from esar.law.scoring.accumulation import How, Month

Direction = Literal["higher", "lower"]
MONTHS = 12


@dataclass(frozen=True)
class PastYear:
    """One fiscal year (B.E.) of a KPI: its value at the year's end, and its path where known."""

    year: int
    value: Decimal | None
    path: Mapping[int, Decimal] = field(default_factory=dict)
    targets: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Basis:
    """What a projection rests on: years with a value, years with a path, and the newest month.

    `month` is 1 (October) to 12; 0 when nothing of this year is known.
    """

    years: tuple[int, ...]
    paths: tuple[int, ...]
    month: int
    latest: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        latest = None if self.latest is None else f"{self.latest:f}"
        return {
            "years": list(self.years),
            "paths": list(self.paths),
            "month": self.month,
            "latest": latest,
        }


@dataclass(frozen=True)
class Projection:
    """The year's end as it looks now, in the KPI's unit, 4 decimals.

    The result lies between `low` and `high` eight times in ten, if the future is like the past.
    `miss` is the probability, 0 to 1, that target number `level` (1 is the lowest) is not reached.
    """

    middle: Decimal
    low: Decimal
    high: Decimal
    miss: Decimal
    level: int
    based_on: Basis


@dataclass(frozen=True)
class Unknown:
    """No projection, and why: `reason` is the code of a sentence. Falsy."""

    reason: str

    def __bool__(self) -> bool:
        return False


def path_of(how: How, months: Sequence[Month], *, per: Decimal, places: int) -> dict[int, Decimal]:
    """The path of what single months gave: month 1 to 12 → where the year stood after it.

    A month that gave nothing has no point. `months` are of one fiscal year; `per` and `places` are
    as for `esar.law.scoring.accumulation.accumulate`, whose value after each month this is, without
    beginning again from the first.
    """
    so_far, path = _SoFar(), dict[int, Decimal]()
    for month in sorted(months, key=_by_month):
        so_far.add(month)
        if month.value is None and month.denominator is None:
            continue
        value = so_far.value(how, per, places)
        if value is not None:
            path[month_number(month.month)] = value
    return path


def _by_month(month: Month) -> date:
    return month.month


class _SoFar:
    """What the months up to now add up to, in every way of accumulating."""

    def __init__(self) -> None:
        self.count = 0
        self.sum = self.above = self.below = Decimal(0)
        self.last: Decimal | None = None
        self.most: Decimal | None = None

    def add(self, month: Month) -> None:
        if month.numerator is not None and month.denominator is not None:
            self.above = EXACT.add(self.above, month.numerator)
            self.below = EXACT.add(self.below, month.denominator)
        if month.value is not None:
            self.count += 1
            self.sum = EXACT.add(self.sum, month.value)
            self.last = month.value
            if self.most is None or month.value > self.most:
                self.most = month.value

    def value(self, how: How, per: Decimal, places: int) -> Decimal | None:
        if how == "ratio":
            whole = EXACT.multiply(self.above, per)
            return round_ratio(whole, self.below, places) if self.below else None
        if how == "mean":
            return round_ratio(self.sum, Decimal(self.count), places) if self.count else None
        if how == "sum":
            return self.sum if self.count else None
        return self.most if how == "max" else self.last


def month_number(day: date) -> int:
    """A day's month within the fiscal year: October is 1, September 12."""
    return (day.month - FIRST_MONTH) % MONTHS + 1
