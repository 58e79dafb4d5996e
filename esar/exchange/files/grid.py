"""`Grid`: one sheet as it was found, whatever kind of file it came from."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

Cells = Mapping[int, object]


@dataclass(frozen=True)
class Merged:
    """A range of merged cells, by rows from 1; `name` as people see it (B3:C4)."""

    first_row: int
    last_row: int
    name: str


@dataclass(frozen=True)
class Unseen:
    """What a sheet holds and does not show: rows and columns by number, cells by (row, column).

    `maybe` are cells that a format with a condition may hide.
    """

    rows: Set[int] = frozenset()
    columns: Set[int] = frozenset()
    cells: Set[tuple[int, int]] = frozenset()
    maybe: Set[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Grid:
    """Row number → column number → value, both from 1; cells with nothing in them are not there.

    A value is text, a `Figure`, a bool, a date, or a `Flaw`. `widths`, of text files only, says
    how many cells each row has, empty ones included.
    """

    sheet: str
    rows: Mapping[int, Cells]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    widths: Mapping[int, int] = field(default_factory=dict)
    unseen: Unseen = Unseen()


def column_letters(column: int) -> str:
    """1 → A, 28 → AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """(2, 16) → P2."""
    return f"{column_letters(column)}{row}"


def rows_in_doubt(grid: Grid, first: int) -> frozenset[int]:
    """The rows from `first` on whose cells may not be what they seem.

    A merged cell covers them, or in a text file they are wider than the first.
    """
    merged = [one for one in grid.merged if one.last_row >= first]
    width = grid.widths.get(first, 0)
    return frozenset(
        row
        for row in grid.rows
        if row >= first
        and (
            grid.widths.get(row, 0) > width
            or any(one.first_row <= row <= one.last_row for one in merged)
        )
    )
