"""Bars: how much each is, one under the other from one line. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from esar.kernel.wording import Word
from esar.platform.charts.figures import Item, mark_of
from esar.platform.charts.scale import Scale, Tick, figures_in, scale_over, span
from esar.platform.charts.table import Table, name_cell


@dataclass(frozen=True)
class Bar:
    """A row: from `x` on, `width` wide, both in per cent; `mark` is how it is drawn."""

    item: Item
    mark: str
    x: Decimal = Decimal(0)
    width: Decimal = Decimal(0)


@dataclass(frozen=True)
class Bars:
    """Rows in the order they were given; `zero` is where they begin, in per cent."""

    bars: tuple[Bar, ...]
    zero: Decimal
    ticks: tuple[Tick, ...]
    places: int | None
    template: ClassVar[str] = "charts/bars.html"

    @property
    def largest(self) -> tuple[Bar, ...]:
        """Those with the largest figure, ties all of them; none where all are zero or missing."""
        figures = figures_in([bar.item.figure for bar in self.bars])
        most = max(figures, default=Decimal(0))
        return tuple(bar for bar in self.bars if most and bar.item.figure == most)

    def table(self) -> Table:
        """Name and figure of each; with the full mark, where rows have one of their own."""
        has_full = any(bar.item.full is not None for bar in self.bars)
        rows = tuple(
            (
                name_cell(bar.item.label, bar.item.href),
                bar.item.figure,
                *([bar.item.full] if has_full else []),
            )
            for bar in self.bars
        )
        head = ("chart.item", "chart.figure", *(["chart.full"] if has_full else []))
        return Table(tuple(map(Word, head)), rows, self.places)


def bars(
    items: Sequence[Item],
    *,
    most: Decimal | None = None,
    places: int | None = None,
    has_axis: bool = False,
) -> Bars:
    """A bar for each, all on one scale from zero, up to `most` or to the largest.

    A row with a full mark of its own is drawn as what it is of that.
    """
    figures = figures_in([item.figure for item in items if item.full is None])
    ends = [*figures, *([most] if most is not None else [])]
    scale = (
        Scale(min([Decimal(0), *ends]), max([Decimal(0), *ends]))
        if any(ends) and not has_axis
        else scale_over(ends)
    )
    rows = tuple(_bar(item, scale) for item in items)
    return Bars(rows, scale.at(Decimal(0)), scale.ticks() if has_axis else (), places)


def _bar(item: Item, scale: Scale) -> Bar:
    if not isinstance(item.figure, Decimal):
        return Bar(item, mark_of(item.figure))
    own = scale if not item.full else Scale(Decimal(0), item.full)
    x, width = span(own, Decimal(0), item.figure)
    return Bar(item, mark_of(item.figure), x, width)
