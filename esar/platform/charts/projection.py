"""A projection: months that are known, where the year may end, and the targets. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from esar.kernel.wording import Phrase, Word
from esar.law.rules.numbers import EXACT, round_half_up, round_ratio
from esar.platform.charts.scale import Scale, Tick, moved_apart
from esar.platform.charts.table import Table

HEIGHT, TOP, BOTTOM = 260, 14, 226  # pixels
MONTHS = 12
SHOWN_MONTHS = (1, 4, 7, 10, 12)
GAP = 19  # texts nearer than this would lie upon each other


@dataclass(frozen=True)
class Dot:
    """A month's value: across in per cent, down in pixels."""

    month: int
    value: Decimal
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Line:
    """A target: its height, and where its text stands, which may have moved aside."""

    value: Decimal
    y: Decimal
    text_y: Decimal
    is_looked_at: bool


@dataclass(frozen=True)
class Projection:
    """What the drawing shows; `low`, `middle` and `high` are dots of the year's end."""

    dots: tuple[Dot, ...]
    targets: tuple[Line, ...]
    low: Dot
    middle: Dot
    high: Dot
    months: tuple[Tick, ...]
    is_lower_better: bool
    places: int | None
    height: int = HEIGHT
    bottom: int = BOTTOM
    template: ClassVar[str] = "charts/projection.html"

    @property
    def start(self) -> Dot:
        """From where the fan opens: the last month that is known."""
        return self.dots[-1] if self.dots else Dot(1, self.middle.value, _x(1), self.middle.y)

    @property
    def fan(self) -> str:
        """The range, as points of a drawing of 100 by the height."""
        corners = (self.start, self.high, self.low)
        return " ".join(f"{corner.x},{corner.y}" for corner in corners)

    @property
    def line(self) -> str:
        """The months joined, as points of a drawing of 100 by the height; nothing of one."""
        if len(self.dots) < 2:
            return ""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    def table(self) -> Table:
        """Each month that is known, the range of the end, each target."""
        months = tuple((Word(f"month.short.{dot.month}"), dot.value) for dot in self.dots)
        ends = (
            (Word("chart.projected_low"), self.low.value),
            (Word("chart.projected"), self.middle.value),
            (Word("chart.projected_high"), self.high.value),
        )
        targets = tuple(
            (Phrase("chart.target_number", {"number": number}), line.value)
            for number, line in enumerate(self.targets, start=1)
        )
        head = (Word("chart.item"), Word("chart.figure"))
        return Table(head, (*months, *ends, *targets), self.places)


def projection(
    path: Sequence[tuple[int, Decimal]],
    targets: Sequence[Decimal],
    ends: tuple[Decimal, Decimal, Decimal],
    *,
    looked_at: int,
    is_lower_better: bool = False,
    places: int | None = None,
) -> Projection:
    """`path` are months of the fiscal year, October being 1, with their values; `ends` the low,
    middle and high of the year's end; `looked_at` the target in question, the first being 1.
    """
    values = [*(value for _, value in path), *targets, *ends]
    room = EXACT.divide(EXACT.subtract(max(values), min(values)), Decimal(10))
    room = room or EXACT.divide(abs(max(values)), Decimal(10)) or Decimal(1)
    scale = Scale(min(values) - room, max(values) + room)
    low, middle, high = (Dot(MONTHS, end, _x(MONTHS), _y(end, scale)) for end in ends)
    return Projection(
        tuple(Dot(month, value, _x(month), _y(value, scale)) for month, value in path),
        _lines(targets, looked_at, scale),
        low,
        middle,
        high,
        tuple(Tick(_x(month), Decimal(month), _anchor(month)) for month in SHOWN_MONTHS),
        is_lower_better,
        places,
    )


def _lines(targets: Sequence[Decimal], looked_at: int, scale: Scale) -> tuple[Line, ...]:
    """The targets in their order; their texts moved down so that none lies upon another."""
    heights = [_y(target, scale) for target in targets]
    text_heights = moved_apart(heights, GAP)
    return tuple(
        Line(target, heights[place], text_heights[place], place + 1 == looked_at)
        for place, target in enumerate(targets)
    )


def _x(month: int) -> Decimal:
    return round_ratio(Decimal(MONTHS - 1 + 98 * (month - 1)), Decimal(MONTHS - 1), 2)


def _anchor(month: int) -> str:
    return "start" if month == 1 else "end" if month == MONTHS else "middle"


def _y(value: Decimal, scale: Scale) -> Decimal:
    return round_half_up(BOTTOM - scale.at(value) * (BOTTOM - TOP) / 100, 1)
