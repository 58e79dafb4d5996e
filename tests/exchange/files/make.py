"""A small sound workbook, and what is changed in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = (
    "year",
    "kind",
    "body",
    "round",
    "id",
    "name",
    "component",
    "weight",
    "unit",
    "target_1",
    "target_2",
    "target_3",
    "actual",
    "score",
)
ROWS = (
    (
        *(2567, "department", "กรมทดสอบ", "12m", "1.1", "ร้อยละความสำเร็จ", "performance"),
        *(70, "ร้อยละ", 80, 90, 95, 92, None),
    ),
    (None, None, None, None, "2.1", "ดิจิทัล", "digital", 20, None, None, None, None, None, 90),
    (None, None, None, None, "2.2", "PMQA 4.0", "pmqa", 10, None, None, None, None, None, 90),
)
ACTUAL = "M2"  # the cell of the result of KPI 1.1


def workbook(folder: Path, change: Callable[[Worksheet], object] = lambda _: None) -> Path:
    """KPI 1.1 with the result 92 on 80/90/95, two KPIs with 90 points: 86.50 in all."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "ตัวชี้วัด"
    sheet.append(HEADINGS)
    for row in ROWS:
        sheet.append(row)
    change(sheet)
    path = folder / "sent.xlsx"
    book.save(path)
    return path
