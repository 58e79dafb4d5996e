"""A spark: the years of one thing as a line no larger than a word. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from esar.kernel.wording import Language, Word
from esar.law.rules.numbers import round_half_up, round_ratio
from esar.platform.charts.figures import Figure, mark_of, shown
from esar.platform.charts.scale import Scale, figures_in, scale_over
from esar.platform.charts.table import Table

WIDTH, HEIGHT, EDGE = 72, 26, 4


@dataclass(frozen=True)
class Year:
    """A year of the line: its figure, or why it has none; `regime` names how it was measured."""

    label: Any
    figure: Figure
    regime: Any = ""


@dataclass(frozen=True)
class Point:
    """A year in the drawing, in its pixels; one without a figure stands on the ground."""

    year: Year
    mark: str
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Spark:
    """Points from left to right, and the lines between those that can be compared.

    Nothing joins two years across a year without a figure, or across a change of the rules.
    """

    points: tuple[Point, ...]
    lines: tuple[str, ...]
    look: str
    places: int | None
    width: int = WIDTH
    height: int = HEIGHT
    template: ClassVar[str] = "charts/spark.html"

    @property
    def last(self) -> Point | None:
        """The newest year that has a figure."""
        points = [point for point in self.points if isinstance(point.year.figure, Decimal)]
        return points[-1] if points else None

    def spoken(self, language: Language) -> str:
        """Each year with its figure."""
        return ", ".join(
            f"{shown(point.year.label, language)} {shown(point.year.figure, language, self.places)}"
            for point in self.points
        )

    def table(self) -> Table:
        """Each year with its figure."""
        rows = tuple((point.year.label, point.year.figure) for point in self.points)
        return Table((Word("chart.year"), Word("chart.figure")), rows, self.places)


def spark(
    years: Sequence[Year],
    *,
    low: Decimal | None = None,
    high: Decimal | None = None,
    look: str = "brand",
    places: int | None = None,
) -> Spark:
    """Years from the oldest to the newest, on a scale that they share or that is given."""
    figures = figures_in([year.figure for year in years])
    scale = (
        Scale(low, high)
        if low is not None and high is not None
        else scale_over(figures, from_zero=False)
    )
    points = tuple(
        Point(year, mark_of(year.figure), _x(place, len(years)), _y(year.figure, scale))
        for place, year in enumerate(years)
    )
    return Spark(points, _lines(points), look, places)


def _x(place: int, count: int) -> Decimal:
    """From edge to edge; a single year stands at the right one, where the newest belongs."""
    gaps, way = (count - 1, place) if count > 1 else (1, 1)
    return round_ratio(Decimal(EDGE * gaps + (WIDTH - 2 * EDGE) * way), Decimal(gaps), 1)


def _y(figure: Figure, scale: Scale) -> Decimal:
    share = scale.at(figure) if isinstance(figure, Decimal) else Decimal(0)
    return round_half_up(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE) / 100, 1)


def _lines(points: Sequence[Point]) -> tuple[str, ...]:
    """Runs of two years and more with figures under the same rules, as lists of points."""
    runs: list[list[Point]] = []
    for before, point in zip((None, *points), points, strict=False):
        if not isinstance(point.year.figure, Decimal):
            continue
        joins = (
            before is not None
            and isinstance(before.year.figure, Decimal)
            and before.year.regime == point.year.regime
        )
        if not joins:
            runs.append([])
        runs[-1].append(point)
    return tuple(" ".join(f"{point.x},{point.y}" for point in run) for run in runs if len(run) > 1)
