"""What a sheet holds and does not show is told, so that what is sent can be seen.

And where a cell shows a rounded figure, what it shows and what counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from esar.exchange.files.findings import Findings
from esar.exchange.files.grid import Grid, address, column_letters
from esar.exchange.files.values import Figure, blank
from esar.kernel.problems import Place, Problem

LEAST_HEIGHT = 3.0  # points; below it no line can be read
LEAST_WIDTH = 0.5  # characters


def refuse_unseen(
    grid: Grid, header_row: int, columns: Collection[int], place: Place, findings: Findings
) -> None:
    """Rows, columns and cells of a table that hold something and do not show it are problems."""
    unseen = grid.unseen
    filled = [
        (row, column)
        for row, cells in sorted(grid.rows.items())
        if row >= header_row
        for column, value in sorted(cells.items())
        if column in columns and not blank(value)
    ]
    rows = sorted({row for row, _ in filled if row in unseen.rows})
    if rows:
        findings.add("file.hidden_rows", place.at(row=rows[0]), rows=ranges(rows))
    hidden = sorted({at for row, at in filled if at in unseen.columns and row > header_row})
    if hidden:
        letters = ", ".join(map(column_letters, hidden))
        findings.add("file.hidden_columns", place.at(field=letters), columns=letters)
    for at in filled:
        row, column = at
        if row > header_row and at in unseen.cells | unseen.maybe:
            where, value = place.at(row=row, field=address(row, column)), grid.rows[row][column]
            code = "file.invisible_cell" if at in unseen.cells else "file.perhaps_invisible_cell"
            findings.add(code, where, value=str(value)[:60])


def ranges(numbers: Collection[int]) -> str:
    """[3, 4, 5, 9] → "3–5, 9"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def rounded_figures(
    cells: Mapping[int, object], keys: Mapping[int, str], place: Place
) -> list[Problem]:
    """A note on each figure of a row that its cell shows with fewer digits than are stored."""
    return [
        Problem(
            "file.shown_rounded",
            {
                "cell": address(place.row or 0, column),
                "shown": value.shown,
                "stored": str(value),
            },
            place.at(field=keys[column]),
        )
        for column, value in sorted(cells.items())
        if column in keys and isinstance(value, Figure) and value.is_rounded
    ]
