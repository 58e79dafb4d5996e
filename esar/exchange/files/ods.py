"""An .ods workbook → grids, read as a stream from its content.xml.

Read directly, not through a library: libraries hide merged cells, per cent formats, formulas
without a value and formula errors, and unfold repeated rows without a limit.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from esar.exchange.files.census import MAX_CELLS, MAX_ELEMENTS
from esar.exchange.files.findings import refused
from esar.exchange.files.grid import Grid, Merged, column_letters
from esar.exchange.files.values import Figure, Flaw
from esar.kernel.problems import Place

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NUMBERS = ("float", "currency", "percentage")


class _TooMany(Exception):
    pass


def read(archive: zipfile.ZipFile, place: Place) -> list[Grid]:
    """One grid per sheet. Errors: Refused when it cannot be read as a workbook."""
    try:
        with archive.open("content.xml") as stream:
            return list(_sheets(stream))
    except _TooMany:
        raise refused("file.too_many_cells", place, most=MAX_CELLS) from None
    except DefusedXmlException:
        raise refused("file.entities", place) from None
    except (ParseError, ValueError, ArithmeticError, RecursionError):
        raise refused("file.broken_workbook", place) from None


class _Sheet:
    """One sheet being read: repeated rows and cells are counted, and unfolded if they say much."""

    def __init__(self, element: Element, hidden_styles: set[str]) -> None:
        self.element = element
        self.name = element.get(f"{_TABLE}name", "")
        self.hidden = element.get(f"{_TABLE}style-name", "") in hidden_styles
        self.rows: dict[int, dict[int, object]] = {}
        self.merged: list[Merged] = []
        self.next_row = 1
        self.cells = 0

    def add_row(self, element: Element) -> None:
        repeats = _count(element, "number-rows-repeated")
        cells = self._cells(element)
        self.cells += len(cells) * repeats
        if self.cells > MAX_CELLS:
            raise _TooMany
        if cells:
            self.rows.update((row, cells) for row in range(self.next_row, self.next_row + repeats))
        self.next_row += repeats

    def _cells(self, row: Element) -> dict[int, object]:
        cells: dict[int, object] = {}
        column = 1
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            repeats = _count(cell, "number-columns-repeated")
            value = None if cell.tag == _CELLS[1] else _value(cell)
            self._note_merged(cell, column)
            if value is not None:
                if self.cells + len(cells) + repeats > MAX_CELLS:
                    raise _TooMany
                cells.update((at, value) for at in range(column, column + repeats))
            column += repeats
        return cells

    def _note_merged(self, cell: Element, column: int) -> None:
        wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if (wide, high) != (1, 1):
            last_row = self.next_row + high - 1
            first = f"{column_letters(column)}{self.next_row}"
            last = f"{column_letters(column + wide - 1)}{last_row}"
            self.merged.append(Merged(self.next_row, last_row, f"{first}:{last}"))

    def grid(self) -> Grid:
        return Grid(self.name, self.rows, tuple(self.merged), self.hidden)


def _sheets(stream: IO[bytes]) -> Iterator[Grid]:
    hidden_styles: set[str] = set()
    sheet: _Sheet | None = None
    events = iterparse(stream, events=("start", "end"), forbid_dtd=True)
    for number, (event, element) in enumerate(events):
        if number > MAX_ELEMENTS:
            raise _TooMany
        if event == "start" and element.tag == f"{_TABLE}table" and sheet is None:
            sheet = _Sheet(element, hidden_styles)
        elif event == "end" and element.tag == f"{_STYLE}style":
            if any(part.get(f"{_TABLE}display") == "false" for part in element):
                hidden_styles.add(element.get(f"{_STYLE}name", ""))
        elif event == "end" and element.tag == f"{_TABLE}table-row" and sheet is not None:
            sheet.add_row(element)
            element.clear()
            sheet.element.clear()  # rows already read need not stay in memory
        elif event == "end" and element.tag == f"{_TABLE}table" and sheet is not None:
            yield sheet.grid()
            sheet = None


def _count(element: Element, name: str) -> int:
    return max(int(element.get(f"{_TABLE}{name}", "1")), 1)


def _value(cell: Element) -> object:
    """What a cell holds; numbers exactly as the file writes them."""
    kind = cell.get(f"{_CALC}value-type") or cell.get(f"{_OFFICE}value-type")
    words = _words(cell)
    formula = cell.get(f"{_TABLE}formula")
    if kind == "error" or (formula and words.startswith(("#", "Err:"))):
        return Flaw("file.formula_error", words or "#")
    if formula and kind is None:
        return Flaw("file.never_calculated", formula[:60])
    if kind in _NUMBERS:
        return _figure(cell.get(f"{_OFFICE}value", ""), kind)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return _day(cell.get(f"{_OFFICE}date-value", ""))
    return words or None


def _figure(written: str, kind: str) -> Figure:
    figure = Figure.of(float(written))
    return figure.as_per_cent() if kind == "percentage" else figure


def _day(written: str) -> date:
    return datetime.fromisoformat(written).date()


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
