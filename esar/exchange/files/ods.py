"""An .ods workbook → grids, read as a stream from its content.xml.

Read directly, not through a library: libraries hide merged cells, per cent formats, formulas
without a value and formula errors, and unfold repeated rows without a limit.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from esar.exchange.files import ods_conditional
from esar.exchange.files.census import MAX_CELLS, MAX_ELEMENTS, MAX_LOOKS
from esar.exchange.files.findings import refused
from esar.exchange.files.grid import Grid, Merged, Unseen, column_letters
from esar.exchange.files.ods_conditional import Rule
from esar.exchange.files.ods_styles import Styles
from esar.exchange.files.shown_text import as_shown
from esar.exchange.files.values import Figure, Flaw
from esar.kernel.problems import Place
from esar.law.rules.numbers import EXACT, trimmed

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_GROUPS = (f"{_TABLE}table-row-group", f"{_TABLE}table-column-group")
_NUMBERS = ("float", "currency", "percentage")


class _TooMany(Exception):
    pass


def read(archive: zipfile.ZipFile, place: Place) -> list[Grid]:
    """One grid per sheet. Errors: Refused when it cannot be read as a workbook."""
    try:
        styles = Styles()
        if "styles.xml" in archive.namelist():
            with archive.open("styles.xml") as stream:
                styles.read(stream)
        with archive.open("content.xml") as stream:
            return list(_sheets(stream, styles))
    except _TooMany:
        raise refused("file.too_many_cells", place, most=MAX_CELLS) from None
    except DefusedXmlException:
        raise refused("file.entities", place) from None
    except (ParseError, ValueError, ArithmeticError, RecursionError):
        raise refused("file.broken_workbook", place) from None


class _Sheet:
    """One sheet being read: repeated rows and cells are counted, and unfolded if they say much."""

    def __init__(self, element: Element, styles: Styles) -> None:
        self.element = element
        self.styles = styles
        self.name = element.get(f"{_TABLE}name", "")
        self.hidden = styles.is_hidden_sheet(element.get(f"{_TABLE}style-name", ""))
        self.is_protected = element.get(f"{_TABLE}protected") == "true"
        self.folded_groups = 0  # around the row or column that is being read
        self.rows: dict[int, dict[int, object]] = {}
        self.merged: list[Merged] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[range] = []
        self.column_styles: list[tuple[range, str]] = []
        self.looks: dict[int, dict[int, tuple[str, Decimal | None]]] = {}  # style, and number
        self.conditional: list[tuple[list[ods_conditional.Bounds], list[Rule]]] = []
        self.next_row = 1
        self.next_column = 1
        self.cells = 0

    def add_column(self, element: Element) -> None:
        """Columns are told before the rows: how they look, and whether they can be seen."""
        span = range(
            self.next_column, self.next_column + _count(element, "number-columns-repeated")
        )
        self.column_styles.append((span, element.get(f"{_TABLE}default-cell-style-name", "")))
        if self._is_hidden(element):
            self.hidden_columns.append(span)
        self.next_column = span.stop

    def add_row(self, element: Element) -> None:
        repeats = _count(element, "number-rows-repeated")
        looks: dict[int, tuple[str, Decimal | None]] = {}
        cells = self._cells(element, looks)
        self.cells += len(cells) * repeats
        if self.cells > MAX_CELLS:
            raise _TooMany
        if cells:
            span = range(self.next_row, self.next_row + repeats)
            self.rows.update((row, cells) for row in span)
            self.looks.update((row, looks) for row in span)
            if self._is_hidden(element):
                self.hidden_rows.update(span)
        self.next_row += repeats

    def add_condition(self, element: Element) -> None:
        self.conditional.append(ods_conditional.rules(element))

    def _cells(
        self, row: Element, looks: dict[int, tuple[str, Decimal | None]]
    ) -> dict[int, object]:
        cells: dict[int, object] = {}
        column = 1
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            repeats = _count(cell, "number-columns-repeated")
            style = self._style(cell, column)
            number = _number(cell)
            value = None if cell.tag == _CELLS[1] else _value(cell, self.styles, style)
            self._note_merged(cell, column)
            if value is not None:
                if self.cells + len(cells) + repeats > MAX_CELLS:
                    raise _TooMany
                span = range(column, column + repeats)
                cells.update((at, value) for at in span)
                looks.update((at, (self._style(cell, at), number)) for at in span)
            column += repeats
        return cells

    def _style(self, cell: Element, column: int) -> str:
        """The name of a cell's style: its own, or that of its column."""
        own = cell.get(f"{_TABLE}style-name", "")
        return own or next((name for span, name in self.column_styles if column in span), "")

    def _is_unreadable(self, style: str, number: Decimal | None) -> bool:
        is_hidden = self.is_protected and self.styles.is_hidden_under_protection(style)
        return is_hidden or not self.styles.can_be_read((style,), number)

    def _may_be_hidden(self, at: tuple[int, int], style: str, number: Decimal | None) -> bool:
        """Whether a format with a condition may hide what a cell holds."""
        row, column = at
        rules = [Rule(*condition) for condition in self.styles.conditions(style)]
        for ranges, rules_there in self.conditional:
            if any(
                top <= row <= end and left <= column <= right for top, left, end, right in ranges
            ):
                rules += rules_there
        return any(rule.may_hide(self.styles, style, number) for rule in rules)

    def _note_merged(self, cell: Element, column: int) -> None:
        wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if (wide, high) != (1, 1):
            last_row = self.next_row + high - 1
            first = f"{column_letters(column)}{self.next_row}"
            last = f"{column_letters(column + wide - 1)}{last_row}"
            self.merged.append(Merged(self.next_row, last_row, f"{first}:{last}"))

    def _is_hidden(self, element: Element) -> bool:
        """Whether a row or column is hidden, folded away, filtered out, or too small to be seen."""
        visibility = element.get(f"{_TABLE}visibility", "visible")
        is_small = self.styles.is_too_small(element.get(f"{_TABLE}style-name", ""))
        return visibility != "visible" or self.folded_groups > 0 or is_small

    def grid(self) -> Grid:
        ranges = sum(len(places) for places, _ in self.conditional)
        if ranges * self.cells > MAX_LOOKS:
            raise _TooMany
        filled = {column for cells in self.rows.values() for column in cells}
        columns = {at for at in filled if any(at in span for span in self.hidden_columns)}
        looks = [
            ((row, column), style, number)
            for row, cells in self.looks.items()
            for column, (style, number) in cells.items()
        ]
        unseen = Unseen(
            self.hidden_rows,
            columns,
            {at for at, style, number in looks if self._is_unreadable(style, number)},
            {at for at, style, number in looks if self._may_be_hidden(at, style, number)},
        )
        return Grid(self.name, self.rows, tuple(self.merged), self.hidden, unseen=unseen)


def _sheets(stream: IO[bytes], styles: Styles) -> Iterator[Grid]:
    sheet: _Sheet | None = None
    events = iterparse(stream, events=("start", "end"), forbid_dtd=True)
    for number, (event, element) in enumerate(events):
        if number > MAX_ELEMENTS:
            raise _TooMany
        if event == "start":
            if element.tag == f"{_TABLE}table" and sheet is None:
                sheet = _Sheet(element, styles)
            elif sheet is not None and _is_folded(element):
                sheet.folded_groups += 1
        elif sheet is None:
            styles.add(element)
        elif element.tag == f"{_TABLE}table":
            yield sheet.grid()
            sheet = None
        else:
            _take(sheet, element)


def _is_folded(element: Element) -> bool:
    return element.tag in _GROUPS and element.get(f"{_TABLE}display") == "false"


def _take(sheet: _Sheet, element: Element) -> None:
    if element.tag == f"{_TABLE}table-column":
        sheet.add_column(element)
    elif element.tag == f"{_TABLE}table-row":
        sheet.add_row(element)
        element.clear()
        sheet.element.clear()  # rows already read need not stay in memory
    elif element.tag == f"{_CALC}conditional-format":
        sheet.add_condition(element)
    elif _is_folded(element):
        sheet.folded_groups -= 1


def _count(element: Element, name: str) -> int:
    return max(int(element.get(f"{_TABLE}{name}", "1")), 1)


def _number(cell: Element) -> Decimal | None:
    """The number that is stored in a cell."""
    written = cell.get(f"{_OFFICE}value")
    return Decimal(written) if written else None


def _value(cell: Element, styles: Styles, style: str) -> object:
    """What a cell holds; numbers exactly as the file writes them."""
    kind = cell.get(f"{_CALC}value-type") or cell.get(f"{_OFFICE}value-type")
    words = _words(cell)
    formula = cell.get(f"{_TABLE}formula")
    if kind == "error" or (formula and words.startswith(("#", "Err:"))):
        return Flaw("file.formula_error", words or "#")
    if formula and kind is None:
        return Flaw("file.never_calculated", formula[:60])
    if kind in _NUMBERS:
        return _figure(cell, kind, styles.flaw_of((style,), _number(cell)))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return _day(cell.get(f"{_OFFICE}date-value", ""))
    stored = words or cell.get(f"{_OFFICE}string-value", "")
    if stored and (not words or styles.flaw_of((style,), None)):
        return Flaw("file.invisible_value", stored[:60])
    return words or None


def _figure(cell: Element, kind: str, flaw: str | None) -> Figure | Flaw:
    """A number as the cell's paragraphs show it; without any, as it is stored.

    `flaw` is that of its format, which counts where no paragraph says what it shows.
    """
    stored = Figure.of(float(cell.get(f"{_OFFICE}value", "")))
    is_per_cent = kind == "percentage"
    if not any(part.tag == f"{_TEXT}p" for part in cell):
        if flaw:
            return Flaw(flaw, str(stored))
        return stored.as_per_cent() if is_per_cent else stored
    full = trimmed(EXACT.scaleb(Decimal(stored), 2)) if is_per_cent else Decimal(stored)
    return as_shown(full, "%" if is_per_cent else "", _words(cell))


def _day(written: str) -> date | Flaw:
    """A day. The first weeks of 1900 are a small number in a cell of days."""
    day = datetime.fromisoformat(written).date()
    return Flaw("file.number_as_day", written[:10]) if day < date(1900, 3, 1) else day


def _words(cell: Element) -> str:
    """The paragraphs of a cell; comments on it are not part of it."""
    paragraphs = [part for part in cell if part.tag == f"{_TEXT}p"]
    return "\n".join("".join(_runs(paragraph)) for paragraph in paragraphs)


def _runs(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            yield " " * min(int(part.get(f"{_TEXT}c", "1")), 1000)
        elif part.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            yield "\n" if part.tag.endswith("break") else "\t"
        else:
            yield from _runs(part)
        yield part.tail or ""
