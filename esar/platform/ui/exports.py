"""A list as a file: CSV for machines and spreadsheets, a workbook for people."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from esar.exchange.files.saving import holdable
from esar.law.rules.numbers import trimmed

FIGURE = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of one
_NOT_IN_A_TITLE = re.compile(r"[\x00-\x1f\[\]:*?/\\]")
MAX_WIDTH = 60  # letters of a column; longer text is wrapped
DAY = "[$-107041E]d mmm yyyy"  # Thai words, the year of the Buddhist era, Arabic digits
PAPER = Font(name="TH Sarabun New", size=16)
HEADING = Font(name=PAPER.name, size=PAPER.size, bold=True)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(value: object) -> str:
    """Text that a spreadsheet will not take for a formula; a plain figure stays one."""
    text = value if type(value) is str else str(value)
    if text[:1] in FORMULA and not FIGURE.fullmatch(text):
        return f"'{text}"
    return text


def csv_cell(value: object) -> str:
    """A value as text: None is empty, a decimal has no zeros of the database, a moment is local."""
    if value is None:
        return ""
    if type(value) is str:  # most cells of a file that may have thousands of rows
        return harmless(value) if value[:1] in FORMULA else value
    if isinstance(value, Decimal):
        return f"{trimmed(value):f}"
    if isinstance(value, datetime):
        return str(timezone.localtime(value).isoformat(timespec="seconds"))
    return harmless(value)


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A CSV file that a spreadsheet opens in Thai, with no text that it takes for a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow(map(csv_cell, row))
    return _file(f"{name}.csv", "text/csv; charset=utf-8", "\ufeff" + out.getvalue())


def xlsx_answer(
    name: str,
    title: str,
    head: Sequence[str],
    rows: Iterable[Iterable[object]],
    *,
    official: bool = False,
) -> HttpResponse:
    """A workbook: headings in words, figures and days as such, text never a formula.

    It prints across the page, its headings on each; `official` in the letters of official papers.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_NOT_IN_A_TITLE.sub(" ", title)[:31])
    table = [list(row) for row in rows]
    for place, width in enumerate(_widths([head, *table]), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(table) + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    heading, font = (HEADING, PAPER) if official else (Font(bold=True), None)
    sheet.append([_text(sheet, words, heading) for words in head])
    for row in table:
        sheet.append([_set_in(sheet, _cell(sheet, value), font) for value in row])
    out = BytesIO()
    book.save(out)
    return _file(f"{name}.xlsx", WORKBOOK, out.getvalue())


def _cell(sheet: Any, value: object) -> Any:
    if isinstance(value, datetime):
        value = timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, date):
        cell: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # a day is one too
        cell.number_format = f"{DAY} h:mm" if isinstance(value, datetime) else DAY
        return cell
    if isinstance(value, Decimal):
        return trimmed(value)
    if value is None or isinstance(value, int):
        return value
    text = holdable(str(value))
    return _text(sheet, text) if text[:1] in FORMULA or len(text) > MAX_WIDTH else text


def _set_in(sheet: Any, cell: Any, font: Font | None) -> Any:
    """A cell in the letters of its sheet."""
    if font is None:
        return cell
    lettered: Any = cell if isinstance(cell, Cell) else WriteOnlyCell(sheet, cell)
    lettered.font, lettered.alignment = font, Alignment(wrap_text=True, vertical="top")
    return lettered


def _text(sheet: Any, words: object, font: Font | None = None) -> Any:
    """Text that stays text, also after someone has edited the cell."""
    text = holdable(str(words))
    cell: Any = WriteOnlyCell(sheet, text)
    cell.data_type, cell.quotePrefix = "s", text[:1] in FORMULA
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if font is not None:
        cell.font = font
    return cell


def _widths(table: Sequence[Sequence[object]]) -> list[int]:
    """The width of each column in letters: that of its longest text, within bounds."""
    return [
        min(max(8, *(len(str("" if value is None else value)) for value in column)) + 2, MAX_WIDTH)
        for column in zip(*table, strict=True)
    ]


def _file(name: str, kind: str, content: str | bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, kind, headers=headers)
