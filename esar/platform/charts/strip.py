"""A strip: how many stand where on a scale, a dot for each. Pure geometry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from esar.kernel.wording import Word
from esar.law.rules.numbers import EXACT, round_half_up, round_ratio
from esar.platform.charts.figures import Item
from esar.platform.charts.scale import Scale, Tick
from esar.platform.charts.table import Table, name_cell

BINS = 64
STEP = 16  # a dot's room; the drawing of the dots is BINS times as wide, in its own units
MARKS = 8  # on the axis, at most
RADIUS = Decimal("6.8")


@dataclass(frozen=True)
class Dot:
    """One of those that are counted: its middle, in the units of the drawing of dots."""

    item: Item
    x: int
    y: int
    is_marked: bool


@dataclass(frozen=True)
class Cut:
    """Where one grade ends and the next begins; the grade above it has `look` and `glyph`."""

    tick: Tick
    middle: Decimal
    look: str
    glyph: str


@dataclass(frozen=True)
class Strip:
    """Dots over an axis; those of a place stand on each other, the marked one with its name.

    The dots are drawn in a space of `width` by `height` that grows with the page; ticks, cuts and
    the median stand in per cent of it.
    """

    dots: tuple[Dot, ...]
    without: tuple[Item, ...]
    height: int
    ticks: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    median: Tick | None
    places: int | None
    width: int = BINS * STEP
    radius: Decimal = RADIUS
    template: ClassVar[str] = "charts/strip.html"

    @property
    def marked(self) -> tuple[Dot, ...]:
        """Those with their name on the drawing."""
        return tuple(dot for dot in self.dots if dot.is_marked)

    def table(self) -> Table:
        """Each with its figure, the largest first; those without a figure last."""
        items = sorted((dot.item for dot in self.dots), key=_figure, reverse=True)
        rows = tuple(
            (name_cell(item.label, item.href), item.figure) for item in (*items, *self.without)
        )
        return Table((Word("chart.item"), Word("chart.figure")), rows, self.places)


def strip(
    items: Sequence[Item],
    *,
    low: Decimal,
    high: Decimal,
    cuts: Sequence[tuple[Decimal, str, str]] = (),
    marked: Sequence[object] = (),
    places: int | None = None,
) -> Strip:
    """A dot for each that has a figure; `marked` are the labels that are named.

    `cuts` are the least values of grades, each with its look and its glyph; what is below the first
    belongs to the first of them, whose least value is `low` or less.
    """
    scale = Scale(low, high)
    counted = sorted((item for item in items if isinstance(item.figure, Decimal)), key=_figure)
    heights: Counter[int] = Counter()
    places_of = [(_bin(scale, _figure(item)), item) for item in counted]
    tallest = max(Counter(place for place, _ in places_of).values(), default=1)
    height = max(tallest, 4) * STEP
    dots = []
    for place, item in places_of:
        y = height - STEP // 2 - heights[place] * STEP
        heights[place] += 1
        dots.append(Dot(item, place * STEP + STEP // 2, y, item.label in marked))
    without = tuple(item for item in items if not isinstance(item.figure, Decimal))
    figures = [_figure(item) for item in counted]
    median = scale.tick(median_of(figures)) if figures else None
    return Strip(
        tuple(dots), without, height, scale.ticks(MARKS), _cuts(scale, cuts), median, places
    )


def median_of(figures: Sequence[Decimal]) -> Decimal:
    """The middle of figures in order; of an even count, half way between the middle two."""
    middle = len(figures) // 2
    if len(figures) % 2:
        return figures[middle]
    return EXACT.divide(EXACT.add(figures[middle - 1], figures[middle]), Decimal(2))


def _figure(item: Item) -> Decimal:
    assert isinstance(item.figure, Decimal)
    return item.figure


def _bin(scale: Scale, value: Decimal) -> int:
    place = int(round_half_up(EXACT.multiply(scale.at(value), Decimal(BINS)) / 100, 3))
    return min(place, BINS - 1)


def _cuts(scale: Scale, cuts: Sequence[tuple[Decimal, str, str]]) -> tuple[Cut, ...]:
    """Each with the middle of its grade, where its glyph stands."""
    ordered = sorted(cuts)
    ends = [*(least for least, *_ in ordered), scale.high][1:]
    return tuple(
        Cut(
            scale.tick(least),
            round_ratio(scale.at(least) + scale.at(end), Decimal(2), 2),
            look,
            glyph,
        )
        for (least, look, glyph), end in zip(ordered, ends, strict=True)
    )
