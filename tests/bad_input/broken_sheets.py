"""Workbooks whose table is wrong: one cell, one header, or the sheet as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files.saving import save
from tests.bad_input.good import HOME, KEYS, ROWS


def sheet_of(change: Callable[[Worksheet], None] | None = None) -> Workbook:
    """A good workbook (header in row 1, KPIs in rows 2 to 5), then changed."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "ตัวชี้วัด"
    for column, key in enumerate(KEYS, start=1):
        sheet.cell(1, column).value = key
    for row, fields in enumerate(ROWS, start=2):
        for key, value in fields.items():
            put(sheet, key, row, value)
    if change:
        change(sheet)
    return workbook


def put(sheet: Worksheet, key: str, row: int, value: Any, kind: str = "") -> None:
    cell = sheet.cell(row, KEYS.index(key) + 1)
    cell.value = value
    if kind:
        cell.data_type = kind


def cell(name: str, key: str, row: int, value: Any, kind: str = "") -> None:
    """A workbook with one cell changed."""
    save(sheet_of(lambda sheet: put(sheet, key, row, value, kind)), HOME / name)


def header(name: str, key: str, value: str | None) -> None:
    cell(name, key, 1, value)


# (file, column, row, value), and the type that openpyxl would not give by itself.
CELLS: tuple[tuple[Any, ...], ...] = (
    ("text-in-number.xlsx", "actual", 2, "ประมาณ 98"),
    ("not-available.xlsx", "actual", 2, "N/A"),
    ("thai-for-nothing.xlsx", "score", 4, "ไม่มี"),
    ("malformed-thousands.xlsx", "actual", 3, "1,15.0"),
    ("two-decimal-points.xlsx", "actual", 3, "12..5"),
    ("exponent.xlsx", "actual", 3, "1e3"),
    ("too-many-digits.xlsx", "actual", 3, "1259.8612345678901234"),
    ("duplicate-kpi.xlsx", "id", 3, "1"),
    ("weights-99.99.xlsx", "weight", 2, Decimal("34.99")),
    ("formula-error.xlsx", "actual", 2, "#DIV/0!", "e"),
    ("formula-never-calculated.xlsx", "actual", 2, "=98+0.94"),
    ("boolean-in-number.xlsx", "score", 5, True),
    ("date-in-number.xlsx", "actual", 2, date(2024, 9, 30)),
    ("kpi-number-became-a-date.xlsx", "id", 4, date(2024, 1, 2)),
    ("no-29-february-2023.xlsx", "received", 2, "2023-02-29"),
    ("no-29-february-2566.xlsx", "received", 2, "2566-02-29"),
    ("buddhist-29-february.xlsx", "received", 2, "2567-02-29"),
    ("thai-slash-date.xlsx", "received", 2, "31/10/2567"),
    ("gregorian-year.xlsx", "year", 2, 2024),
    ("unknown-round.xlsx", "round", 2, "รอบ 9 เดือน"),
    ("unknown-kind.xlsx", "kind", 2, "อำเภอ"),
    ("unknown-direction.xlsx", "direction", 2, "มาก"),
    ("gap-in-targets.xlsx", "target_2", 2, None),
    ("no-kpi-number.xlsx", "id", 3, None),
    ("no-body.xlsx", "body", 2, None),
    ("two-forms.xlsx", "score", 2, 90),
    ("item-of-nothing.xlsx", "item_of", 3, "9"),
    ("text-too-long.xlsx", "name", 2, "ตัวชี้วัด" + "x" * 4001),
)


def write_cells() -> None:
    for arguments in CELLS:
        cell(*arguments)


def write_headers() -> None:
    header("unknown-header.xlsx", "note", "ผู้รับผิดชอบ")
    header("duplicate-header.xlsx", "score", "weight")
    header("missing-header.xlsx", "id", None)


def write_sheets() -> None:
    save(sheet_of(lambda sheet: sheet.merge_cells("B3:C4")), HOME / "merged-cells.xlsx")
    save(sheet_of(_hide), HOME / "hidden-sheet.xlsx")
    save(sheet_of(_second_table), HOME / "two-tables.xlsx")
    save(sheet_of(_contradiction), HOME / "two-values-of-a-card.xlsx")
    save(sheet_of(_many), HOME / "many-at-once.xlsx")
    save(Workbook(), HOME / "empty-sheet.xlsx")
    save(_wrong_sheet(), HOME / "wrong-sheet.xlsx")
    save(sheet_of(lambda sheet: sheet.delete_rows(1)), HOME / "no-header.xlsx")
    save(sheet_of(lambda sheet: sheet.delete_rows(2, 9)), HOME / "header-only.xlsx")


def _hide(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("ปก").cell(1, 1).value = "ปก"  # type: ignore[union-attr]
    sheet.sheet_state = "hidden"


def _second_table(sheet: Worksheet) -> None:
    sheet.title = "กรม"
    sheet.parent.copy_worksheet(sheet).title = "สำเนา"  # type: ignore[union-attr]


def _contradiction(sheet: Worksheet) -> None:
    put(sheet, "received", 2, "2024-10-31")
    put(sheet, "received", 4, "2024-11-05")


def _many(sheet: Worksheet) -> None:
    put(sheet, "actual", 2, "-")
    put(sheet, "weight", 3, "สามสิบห้า")
    put(sheet, "score", 4, False)
    put(sheet, "received", 5, "2567-10-31")
    sheet.cell(3, len(KEYS) + 1).value = "ดูแล้ว"


def _wrong_sheet() -> Workbook:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "งบประมาณ"
    for row in range(1, 6):
        sheet.cell(row, 1).value = "รายจ่าย"
        sheet.cell(row, 2).value = row * 100
    return workbook
