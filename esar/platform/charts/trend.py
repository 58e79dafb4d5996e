"""Years of one thing or of a few, with a break where they were measured anew. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar

from esar.kernel.wording import Language, Word
from esar.law.rules.numbers import EXACT, round_half_up, round_ratio
from esar.platform.charts.figures import Figure, mark_of, shown
from esar.platform.charts.table import Table

HEIGHT, TOP, BOTTOM = 190, 30, 150  # px; figures stand above their dots, years below the ground
EDGE = Decimal(8)  # per cent of the width that stays free at either end


@dataclass(frozen=True)
class Regime:
    """Years that were measured alike: `full` is the most that a total could be in them."""

    label: Any
    years: tuple[int, ...]
    full: Decimal


@dataclass(frozen=True)
class Series:
    """One line: its figures by year; `looks` are the colours of its dots by year."""

    label: Any
    figures: dict[int, Figure]
    looks: dict[int, str]


@dataclass(frozen=True)
class Dot:
    """A year of a series: its place across in per cent, down in px."""

    year: int
    figure: Figure
    mark: str
    look: str
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Line:
    """A piece between two years that were measured alike."""

    x1: Decimal
    y1: Decimal
    x2: Decimal
    y2: Decimal


@dataclass(frozen=True)
class Drawn:
    """A series in the drawing."""

    label: Any
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]

    @property
    def last(self) -> Dot:
        return self.dots[-1]


@dataclass(frozen=True)
class Trend:
    """Series over years from left to right; nothing joins two regimes, between them is a break."""

    series: tuple[Drawn, ...]
    years: tuple[tuple[int, Decimal], ...]
    breaks: tuple[Decimal, ...]
    places: int | None
    height: int = HEIGHT
    ground: int = BOTTOM
    template: ClassVar[str] = "charts/trend.html"

    def spoken(self, language: Language) -> str:
        """Each year of each series with its figure."""
        return "; ".join(
            f"{shown(line.label, language)}: "
            + ", ".join(
                f"{dot.year} {shown(dot.figure, language, self.places)}" for dot in line.dots
            )
            for line in self.series
        )

    def table(self) -> Table:
        """A row for each year, a column for each series."""
        of_series = [{dot.year: dot.figure for dot in line.dots} for line in self.series]
        rows = tuple(
            (str(year), *(figures.get(year, "") for figures in of_series)) for year, _ in self.years
        )
        return Table((Word("chart.year"), *(line.label for line in self.series)), rows, self.places)


def trend(
    regimes: Sequence[Regime], series: Sequence[Series], *, places: int | None = None
) -> Trend:
    """Regimes and their years from the oldest; each stands on a scale of its own, 0 to its full."""
    years = [(year, regime) for regime in regimes for year in regime.years]
    steps = len(years) - 1 + len(regimes) - 1  # a break takes the room of a year
    at: dict[int, Decimal] = {}
    breaks: list[Decimal] = []
    step = 0
    for place, (year, regime) in enumerate(years):
        if place and regime is not years[place - 1][1]:
            breaks.append(_x(step, steps))
            step += 1
        at[year] = _x(step, steps)
        step += 1
    full = {year: regime.full for year, regime in years}
    lines = tuple(_drawn(line, at, full, dict(years)) for line in series)
    return Trend(lines, tuple(at.items()), tuple(breaks), places)


def _x(step: int, steps: int) -> Decimal:
    if not steps:
        return Decimal(50)
    way = EXACT.multiply(Decimal(step), Decimal(100) - 2 * EDGE)
    return EDGE + round_ratio(way, Decimal(steps), 2)


def _drawn(
    line: Series, at: dict[int, Decimal], full: dict[int, Decimal], regimes: dict[int, Regime]
) -> Drawn:
    dots = tuple(
        Dot(
            year,
            line.figures[year],
            mark_of(line.figures[year]),
            line.looks.get(year, "brand"),
            x,
            _y(line.figures[year], full[year]),
        )
        for year, x in at.items()
        if year in line.figures
    )
    pieces = tuple(
        Line(before.x, before.y, dot.x, dot.y)
        for before, dot in pairwise(dots)
        if isinstance(before.figure, Decimal)
        and isinstance(dot.figure, Decimal)
        and regimes[before.year] is regimes[dot.year]
    )
    return Drawn(line.label, dots, pieces)


def _y(figure: Figure, full: Decimal) -> Decimal:
    if not isinstance(figure, Decimal):
        return Decimal(BOTTOM)
    share = round_ratio(figure * (BOTTOM - TOP), full, 1)
    return round_half_up(BOTTOM - share, 1)
