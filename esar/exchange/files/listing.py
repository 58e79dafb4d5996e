"""A list that somebody sent, one thing a row → its rows, as text: any table of known columns.

Knows what such a table looks like; whether the rows are right is asked by who declares it.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from esar.exchange.files import archives, csv_text, ods, opening, xlsx
from esar.exchange.files.findings import Findings, refused
from esar.exchange.files.grid import Cells, Grid, column_letters, rows_in_doubt
from esar.exchange.files.values import blank
from esar.exchange.files.visibility import refuse_unseen
from esar.kernel import spelling
from esar.kernel.problems import Place, Problem

SUFFIXES = (".xlsx", ".ods", ".csv")
_HEADER_WITHIN = 20
_IN_BRACKETS = re.compile(r".*\(\s*([A-Za-z_0-9]+)\s*\)", re.DOTALL)
_PLAIN_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True)
class Line:
    """One row of the table: its number in the file and its cells by column key, blanks left out."""

    row: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class Reading:
    """The rows that could be read, and what is wrong with the sheet around them.

    `unread` are the numbers of rows that are in doubt; they are not among `lines`.
    """

    lines: list[Line]
    problems: list[Problem]
    unread: frozenset[int] = frozenset()


class ReadRow(Protocol):
    """A row as whoever takes it in has read it."""

    @property
    def row(self) -> int: ...

    @property
    def problems(self) -> list[Problem]: ...


Row = TypeVar("Row", bound=ReadRow)


@dataclass
class Intake(Generic[Row]):
    """What a file did: the rows as they were read, and how many things are new, changed, same.

    With a problem in any row nothing was done.
    """

    rows: list[Row]
    around: list[Problem] = field(default_factory=list)  # problems of the sheet around the rows
    new: int = 0
    changed: int = 0
    same: int = 0

    @property
    def problems(self) -> list[Problem]:
        return [*self.around, *(problem for row in self.rows for problem in row.problems)]


@dataclass(frozen=True)
class Listing:
    """A table: `sheet` is its template's name, `columns` key → Thai heading.

    The words of a heading before "(key)" may say anything; `also` are other headings, with the key
    that they stand for. `no_header` and `too_many` are the codes of its refusals.
    """

    sheet: str
    columns: Mapping[str, str]
    required: tuple[str, ...]
    most: int  # rows
    no_header: str
    too_many: str
    also: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_label(self) -> dict[str, str]:
        labels = {label: key for key, label in self.columns.items()} | dict(self.also)
        return {spelling.key(label): key for label, key in labels.items()} | {
            key: key for key in self.columns
        }

    def read(self, data: bytes, name: str) -> Reading:
        """The rows of an .xlsx, .ods or .csv file called `name`.

        Errors: Refused, with every reason why there is no table to read rows from.
        """
        place = Place(file=name)
        findings = Findings()
        grid, header_row = self._table(_grids(data, name, place), place)
        here = place.at(sheet=grid.sheet)
        columns = self._columns(grid.rows[header_row], here.at(row=header_row), findings)
        header_is_sound = not findings.problems
        _check_shape(grid, header_row, here, findings)
        below = sorted(number for number in grid.rows if number > header_row)
        if len(below) > self.most:
            raise refused(self.too_many, here, most=self.most)
        unread = rows_in_doubt(grid, header_row)
        if not header_is_sound or header_row in unread:
            findings.refuse()  # rows under a doubtful header would only add problems that are none
        refuse_unseen(grid, header_row, columns, here, findings)
        lines = [
            _line(number, grid.rows[number], columns, here, findings)
            for number in below
            if number not in unread
        ]
        filled_lines = [line for line in lines if line.cells]
        if not filled_lines:
            findings.refuse()
            raise refused("file.no_rows", here)
        return Reading(filled_lines, findings.problems, unread)

    def _table(self, grids: list[Grid], place: Place) -> tuple[Grid, int]:
        """The sheet to read and its header row; a sheet of the template's name goes first."""
        if not any(grid.rows for grid in grids):
            raise refused("file.nothing_in_it", place)
        by_name = [grid for grid in grids if spelling.key(grid.sheet) == self.sheet]
        tables = [
            (grid, row) for grid in by_name or grids if (row := self._header_row(grid)) is not None
        ]
        if not tables:
            required = ", ".join(self.columns[key] for key in self.required)
            raise refused(self.no_header, place, known=required)
        if len(tables) > 1:
            sheets = ", ".join(grid.sheet for grid, _ in tables)
            raise refused("file.several_tables", place, sheets=sheets, name=self.sheet)
        if tables[0][0].hidden:
            raise refused("file.hidden_sheet", place.at(sheet=tables[0][0].sheet))
        return tables[0]

    def _header_row(self, grid: Grid) -> int | None:
        for number in sorted(row for row in grid.rows if row <= _HEADER_WITHIN):
            keys = {
                self._key_of(cell) for cell in grid.rows[number].values() if isinstance(cell, str)
            }
            if keys.issuperset(self.required):
                return number
        return None

    def _key_of(self, header: object) -> str | None:
        words = spelling.key(str(header)).removesuffix("*").strip()
        key = self._by_label.get(words)
        if key is None and (match := _IN_BRACKETS.fullmatch(words)):
            key = match[1] if match[1] in self.columns else None
        return key

    def _columns(self, header: Cells, place: Place, findings: Findings) -> dict[int, str]:
        """Column number → key. An unknown name or one that stands twice is a problem."""
        columns: dict[int, str] = {}
        for number, cell in header.items():
            key = self._key_of(cell)
            if key is not None:
                columns[number] = key
            elif not blank(cell):
                headers = ", ".join(self.columns.values())
                where = place.at(field=column_letters(number))
                findings.add("file.unknown_header", where, header=str(cell)[:60], known=headers)
        for key, count in Counter(columns.values()).items():
            if count > 1:
                findings.add("file.duplicate_header", place.at(field=key), key=self.columns[key])
        return columns


def _grids(data: bytes, name: str, place: Place) -> list[Grid]:
    """The sheets of a file, opened with the same care as every file that somebody sends."""
    suffix = Path(name).suffix.lower()
    safe_suffix = suffix if _PLAIN_SUFFIX.fullmatch(suffix) else ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sent{safe_suffix}"
        path.write_bytes(data)
        data = opening.checked_bytes(path, place, SUFFIXES)
    if suffix == ".csv":
        return csv_text.read(opening.decoded(data, place), place)
    with archives.opened(data, suffix, place) as archive:
        return xlsx.read(data, archive, place) if suffix == ".xlsx" else ods.read(archive, place)


def _check_shape(grid: Grid, header_row: int, place: Place, findings: Findings) -> None:
    """No merged cells in the table; in a text file no row wider than its header."""
    for merged in grid.merged:
        if merged.last_row >= header_row:
            findings.add("file.merged", place.at(row=merged.first_row, field=merged.name))
    expected = grid.widths.get(header_row, 0)
    for number, width in grid.widths.items():
        if number > header_row and width > expected:
            findings.add("file.row_wider", place.at(row=number), found=width, expected=expected)


def _line(
    number: int, cells: Cells, columns: Mapping[int, str], place: Place, findings: Findings
) -> Line:
    fields: dict[str, object] = {}
    for at, cell in cells.items():
        if at in columns:
            fields[columns[at]] = cell
        elif not blank(cell):
            where = place.at(row=number, field=column_letters(at))
            findings.add("file.no_header_above", where, value=str(cell)[:60])
    return Line(number, {key: cell for key, cell in fields.items() if not blank(cell)})
