"""The workbook that an owner fills in: a row for each body of the set, its code and name there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files.saving import put_text, save
from esar.exchange.files.template import FONT, ROW_HEIGHT
from esar.kernel.wording import both, figure, say
from esar.law.rules.numbers import trimmed
from esar.platform.organisations.models import Body
from esar.report.central_data.checks import PLACES
from esar.report.central_data.data_sets.queries import DataSet
from esar.report.central_data.sheet import COLUMNS, SHEET

_INSTRUCTIONS = say("sheet-name.instructions", {}, "th")
_WIDTHS = {"code": 26, "name": 56, "value": 16, "no_data": 48}
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_GIVEN = PatternFill("solid", fgColor="F2F2F2")


def workbook_of(data_set: DataSet, bodies: Iterable[Body]) -> bytes:
    """An .xlsx that `sheet.read` reads back once its values are filled in."""
    workbook = Workbook()
    first = workbook.active or workbook.create_sheet()
    first.title = _INSTRUCTIONS
    _write_instructions(first, data_set)
    _write_rows(workbook.create_sheet(SHEET), data_set, list(bodies))
    workbook.active = 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        save(workbook, path)
        return path.read_bytes()


def _write_instructions(sheet: Worksheet, data_set: DataSet) -> None:
    """Thai beside English, one thing to know a row."""
    for row, (thai, english) in enumerate(_lines(data_set), start=1):
        for column, words in enumerate((thai, english), start=1):
            cell = sheet.cell(row, column)
            put_text(cell, words)
            cell.font = Font(name=FONT, size=16 if row == 1 else 14, bold=row == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = ROW_HEIGHT * (3 if row > 2 else 1.3)
    for letter in "AB":
        sheet.column_dimensions[letter].width = 70
    sheet.freeze_panes = "A2"


def _lines(data_set: DataSet) -> list[tuple[str, str]]:
    codes: list[tuple[str, dict[str, object]]] = [("rows", {"sheet": SHEET})]
    if data_set.scale is None:
        codes.append(("unit", {"places": PLACES}))
    else:
        least, most = (trimmed(end) for end in data_set.scale)
        codes.append(("points", {"least": least, "most": most, "places": PLACES}))
    codes += [("none", {}), ("form", {}), ("days", {"days": data_set.rule.value.objection_days})]
    heads = [_both("title", {}), _name(data_set)]
    return heads + [_both(code, figures) for code, figures in codes]


def _both(code: str, figures: dict[str, object]) -> tuple[str, str]:
    code = f"central-sheet.{code}"
    return say(code, figures, "th"), say(code, figures, "en")


def _name(data_set: DataSet) -> tuple[str, str]:
    """The data, the year and the round, so that a printed form says what it is for."""
    thai, english = (
        " · ".join(
            (figure(data_set.rule.label, words), str(data_set.year), figure(data_set.round, words))
        )
        for words in ("th", "en")
    )
    return thai, english


def _write_rows(sheet: Worksheet, data_set: DataSet, bodies: list[Body]) -> None:
    for number, (key, label) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(1, number)
        put_text(cell, f"{label} ({key})")
        cell.font = Font(name=FONT, size=14, bold=True)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions["ABCD"[number - 1]].width = _WIDTHS[key]
    sheet.row_dimensions[1].height = ROW_HEIGHT * 1.5
    for row, body in enumerate(bodies, start=2):
        _write_row(sheet, row, body)
    if data_set.scale is not None and bodies:
        least, most = (f"{trimmed(end):f}" for end in data_set.scale)
        limits = DataValidation(
            type="decimal", operator="between", formula1=least, formula2=most, allow_blank=True
        )
        limits.error = both("form-sheet.figure", least=least, most=most)
        sheet.add_data_validation(limits)
        limits.add(f"C2:C{len(bodies) + 1}")
    sheet.freeze_panes = "C2"


def _write_row(sheet: Worksheet, row: int, body: Body) -> None:
    """A body's code and name in grey; the two cells to fill in are white."""
    for column, words in ((1, body.code), (2, body.name_th)):
        cell = sheet.cell(row, column)
        put_text(cell, words)
        cell.fill = _GIVEN
    for column in range(1, 5):
        cell = sheet.cell(row, column)
        cell.font = Font(name=FONT, size=14)
        cell.alignment = Alignment(wrap_text=column in (2, 4), vertical="top")
    sheet.row_dimensions[row].height = ROW_HEIGHT
