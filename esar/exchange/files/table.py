"""Grids → the rows of the one table of KPIs among them: header found, every column known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from esar.exchange.files.columns import FIGURE_KEYS, KEYS, REQUIRED, RESULT_KEYS, key_of
from esar.exchange.files.findings import Findings, refused
from esar.exchange.files.grid import Cells, Grid, column_letters
from esar.exchange.files.values import blank
from esar.exchange.files.visibility import refuse_unseen, rounded_figures
from esar.kernel import spelling
from esar.kernel.problems import Place

SHEET_NAMES = ("kpis", "ตัวชี้วัด")
HEADER_WITHIN = 20
_ENOUGH = 3  # known names that make a row a header


@dataclass(frozen=True)
class Row:
    """One filled row: its fields by column key, and where it stands."""

    fields: Mapping[str, object]
    place: Place


def rows(grids: list[Grid], place: Place, findings: Findings) -> list[Row]:
    """The rows of the table. Errors: Refused when there is no table to read rows from."""
    grid, header_row = _table(grids, place)
    here = place.at(sheet=grid.sheet)
    columns = _columns(grid.rows[header_row], here.at(row=header_row), findings)
    for merged in grid.merged:
        if merged.last_row >= header_row:
            findings.add("file.merged", here.at(row=merged.first_row, field=merged.name))
    below = sorted(number for number in grid.rows if number > header_row)
    for number in below:
        _check_width(grid, number, header_row, here, findings)
    findings.refuse()  # rows under a doubtful header would only add problems that are none
    refuse_unseen(grid, header_row, columns, here, findings)
    table_rows = [
        _row(grid.rows[number], columns, here.at(row=number), findings) for number in below
    ]
    if not table_rows:
        findings.add("file.no_rows", here)
    return table_rows


def _check_width(
    grid: Grid, number: int, header_row: int, place: Place, findings: Findings
) -> None:
    """In a text file, a row with more cells than the header has a separator in its text."""
    width, expected = grid.widths.get(number, 0), grid.widths.get(header_row, 0)
    if width > expected:
        findings.add("file.row_wider", place.at(row=number), found=width, expected=expected)


def _table(grids: list[Grid], place: Place) -> tuple[Grid, int]:
    """The sheet to read and the row of its header."""
    by_name = [grid for grid in grids if spelling.key(grid.sheet) in SHEET_NAMES]
    tables = [(grid, row) for grid in by_name or grids if (row := _header_row(grid)) is not None]
    if not any(grid.rows for grid in grids):
        raise refused("file.nothing_in_it", place)
    if not tables:
        sheet = by_name[0].sheet if by_name else ""
        raise refused("file.no_header", place.at(sheet=sheet), known=", ".join(REQUIRED))
    if len(tables) > 1:
        sheets = ", ".join(grid.sheet for grid, _ in tables)
        raise refused("file.several_tables", place, sheets=sheets, name=SHEET_NAMES[1])
    if tables[0][0].hidden:
        raise refused("file.hidden_sheet", place.at(sheet=tables[0][0].sheet))
    return tables[0]


def _header_row(grid: Grid) -> int | None:
    for number in sorted(row for row in grid.rows if row <= HEADER_WITHIN):
        texts = [cell for cell in grid.rows[number].values() if isinstance(cell, str)]
        if len({key_of(text) for text in texts} - {None}) >= _ENOUGH:
            return number
    return None


def _columns(header: Cells, place: Place, findings: Findings) -> dict[int, str]:
    """Column number → key. A name that is unknown, stands twice or is missing is a problem."""
    columns: dict[int, str] = {}
    for number, cell in header.items():
        key = key_of(str(cell))
        if key is not None:
            columns[number] = key
        elif not blank(cell):
            where = place.at(field=column_letters(number))
            findings.add("file.unknown_header", where, header=str(cell)[:60], known=", ".join(KEYS))
    for key, count in Counter(columns.values()).items():
        if count > 1:
            findings.add("file.duplicate_header", place.at(field=key), key=key)
    for key in _missing(set(columns.values())):
        findings.add("file.missing_header", place.at(field=key), key=key)
    return columns


def _missing(keys: set[str]) -> Iterator[str]:
    yield from (key for key in REQUIRED if key not in keys)
    if keys.isdisjoint(RESULT_KEYS):
        yield RESULT_KEYS[0]


def _row(cells: Cells, columns: Mapping[int, str], place: Place, findings: Findings) -> Row:
    fields: dict[str, object] = {}
    figures = {number: key for number, key in columns.items() if key in FIGURE_KEYS}
    last = max(columns, default=0)
    for number, cell in cells.items():
        if number in columns:
            fields[columns[number]] = cell
        else:
            code = "file.row_too_long" if number > last else "file.no_header_above"
            findings.add(code, place.at(field=column_letters(number)), value=str(cell)[:60])
    findings.notes += rounded_figures(cells, figures, place)
    return Row({key: cell for key, cell in fields.items() if not blank(cell)}, place)
