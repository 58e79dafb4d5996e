"""A heat grid: many figures as a table whose cells are the darker, the more. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from esar.law.rules.numbers import EXACT, exact_sum
from esar.platform.charts.figures import Figure, Item, mark_of
from esar.platform.charts.scale import figures_in
from esar.platform.charts.table import Table, name_cell

SHADES = (1, 2, 3, 5)  # of the five of the ramp: letters on the fourth are too faint


@dataclass(frozen=True)
class Cell:
    """A figure with its shade, 1 to 5; a zero and what is missing have none."""

    figure: Figure
    mark: str
    shade: int
    href: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the grid."""

    item: Item
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Heat:
    """The grid, which is a table itself: it needs no other beside it."""

    columns: tuple[Any, ...]
    rows: tuple[Row, ...]
    corner: Any
    places: int | None
    is_table: ClassVar[bool] = True
    template: ClassVar[str] = "charts/heat.html"

    def table(self) -> Table:
        """The same, as words and figures."""
        rows = tuple(
            (name_cell(row.item.label, row.item.href), *(cell.figure for cell in row.cells))
            for row in self.rows
        )
        return Table((self.corner, *self.columns), rows, self.places)


def heat(
    corner: Any,
    columns: Sequence[Any],
    rows: Sequence[tuple[Item, Sequence[Item]]],
    *,
    by_row: bool = False,
    low: Decimal = Decimal(0),
    places: int | None = None,
) -> Heat:
    """Cells of each row, in the order of the columns; a cell's `href` is that of its item.

    The shade is what a figure is between `low` and the largest of all; with `by_row`, of the sum of
    its row.
    """
    all_figures = figures_in([cell.figure for _, cells in rows for cell in cells])
    largest = max(all_figures, default=low)
    drawn_rows = []
    for item, cells in rows:
        most = exact_sum(figures_in([cell.figure for cell in cells])) if by_row else largest
        shaded = tuple(
            Cell(cell.figure, mark_of(cell.figure), shade_of(cell.figure, low, most), cell.href)
            for cell in cells
        )
        drawn_rows.append(Row(item, shaded))
    return Heat(tuple(columns), tuple(drawn_rows), corner, places)


def shade_of(figure: Figure, low: Decimal, most: Decimal) -> int:
    """A quarter of the span each: 1, 2, 3, 5; 0 for a zero and for what is missing."""
    if not isinstance(figure, Decimal) or not figure or most <= low:
        return 0
    share = EXACT.multiply(EXACT.subtract(figure, low), Decimal(len(SHADES)))
    quarter = int(EXACT.divide_int(share, EXACT.subtract(most, low)))
    return SHADES[min(max(quarter, 0), len(SHADES) - 1)]
