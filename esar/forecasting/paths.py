"""What a projection is made from, and what it is: plain data, decimals in and out.

A path says where a KPI would stand if the year ended after month 1 (October) to 12 (September),
in the KPI's unit. Projected values are never results: nothing here is read by scoring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, get_args

Accumulation = Literal["sum", "last", "mean", "max", "ratio"]
Direction = Literal["higher", "lower"]
ACCUMULATIONS: tuple[str, ...] = get_args(Accumulation)
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
            "years": list(self.years), "paths": list(self.paths), "month": self.month,
            "latest": latest,
        }  # fmt: skip


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


def accumulated(
    rule: Accumulation,
    months: Mapping[int, Decimal],
    parts: Mapping[int, tuple[Decimal, Decimal]] | None = None,
) -> dict[int, Decimal]:
    """The path of what single months reported: month → where the year stands after it.

    A month that reported nothing has no point. "ratio" needs `parts`: (numerator, denominator) of
    each month; the path is the sum of the first by the sum of the second, and has no point while
    that sum is zero. Errors: ValueError for a rule that is not one of ACCUMULATIONS.
    """
    if rule not in ACCUMULATIONS:
        raise ValueError(rule)
    if rule == "ratio":
        return _ratios(parts or {})
    path: dict[int, Decimal] = {}
    seen: list[Decimal] = []
    for month in sorted(months):
        seen.append(months[month])
        path[month] = _so_far(rule, seen)
    return path


def _so_far(rule: Accumulation, seen: Sequence[Decimal]) -> Decimal:
    if rule == "last":
        return seen[-1]
    if rule == "max":
        return max(seen)
    total = sum(seen, Decimal(0))
    return total if rule == "sum" else total / len(seen)


def _ratios(parts: Mapping[int, tuple[Decimal, Decimal]]) -> dict[int, Decimal]:
    path: dict[int, Decimal] = {}
    above = below = Decimal(0)
    for month in sorted(parts):
        above, below = above + parts[month][0], below + parts[month][1]
        if below:
            path[month] = above / below
    return path
