"""Files that list things, broken in as many ways as people break them, sent to every intake.

Each is refused, or told row by row, in sentences; nothing of it is ever half done.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from esar.agree.agendas import actions as agendas
from esar.agree.agendas.models import Holder, SubIndicator
from esar.agree.province_kpis import actions as province_kpis
from esar.agree.province_kpis.queries import OF_THE_LIST
from esar.agree.scorecards.models import Kpi
from esar.agree.strategic_kpis import actions as strategic
from esar.agree.strategic_kpis.models import StrategicKpi
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import problem_sentence
from esar.report.outside_results import actions as outside
from esar.report.outside_results.models import OutsideResult
from tests.agree.agendas.make import AT, ON, YEAR
from tests.agree.province_kpis.make import Choices
from tests.make import World
from tests.report.outside_results.make import AT_OCTOBER, OCTOBER, Outside

pytestmark = pytest.mark.django_db
Grid = list[list[Any]]


@dataclass(frozen=True)
class ListIntake:
    """A page that takes a list in: a good file, what it writes, and its columns by their use."""

    rows: list[dict[str, Any]]
    load: Callable[[World, bytes, str], Any]
    written: Callable[[], int]
    body: str  # the column with the code of a body
    figure: str  # one with a figure
    words: str  # one with words, of which there may be too many

    def grid(self) -> Grid:
        head = list(self.rows[0])
        return [head, *([row[key] for key in head] for row in self.rows)]

    def column(self, key: str) -> int:
        return list(self.rows[0]).index(key)


def _agendas(world: World, data: bytes, name: str) -> Any:
    return agendas.load_file(data, name, YEAR, by=world.analyst, at=AT, on=ON)


def _strategic(world: World, data: bytes, name: str) -> Any:
    return strategic.load_file(data, name, YEAR, by=world.analyst, at=AT, on=ON)


def _outside(world: World, data: bytes, name: str) -> Any:
    sender = Outside(world).driver
    return outside.load_file(data, name, YEAR, by=sender, at=AT_OCTOBER, on=OCTOBER)


def _choices(world: World, data: bytes, name: str) -> Any:
    sender = Choices(world).world.reporter
    return province_kpis.load_file(data, name, YEAR, by=sender, at=AT, on=ON)


SUB = {
    "code": "5-01",
    "agenda": "dust",
    "national_target": "air",
    "stage": "start",
    "name": "ค่าเฉลี่ย PM2.5",
    "unit": "มคก./ลบ.ม.",
    "direction": "lower",
    "body": "TH-74",
    "target_1": 26,
    "target_2": 24,
    "target_3": 22,
}
STRATEGIC = {
    "code": "SK-001",
    "host": "MOC",
    "name": "มูลค่าการค้า",
    "unit": "ล้านบาท",
    "direction": "higher",
    "plan": "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ",
    "issue": "ประเด็นที่ 1",
} | {f"target_{year}": year - 2500 for year in range(2566, 2571)}
CHOICE = {
    "body": "TH-74",
    "item": "N2",
    "weight": 20,
    "target_1": 26,
    "target_2": 24,
    "target_3": 22,
    "unit": "มคก./ลบ.ม.",
}
INTAKES: Mapping[str, ListIntake] = {
    "sub-indicators": ListIntake(
        [SUB, SUB | {"code": "5-02", "name": "จุดความร้อน"}],
        _agendas,
        lambda: SubIndicator.objects.count() + Holder.objects.count(),
        "body",
        "target_1",
        "name",
    ),
    "strategic KPIs": ListIntake(
        [STRATEGIC, STRATEGIC | {"code": "SK-002"}],
        _strategic,
        StrategicKpi.objects.count,
        "host",
        "target_2567",
        "name",
    ),
    "results from outside": ListIntake(
        [{"code": "1-01", "body": "TAT", "value": 6, "remark": "ประเมินแล้ว"}],
        _outside,
        OutsideResult.objects.count,
        "body",
        "value",
        "remark",
    ),
    "provinces' choices": ListIntake(
        [CHOICE, CHOICE | {"item": "N3"}],
        _choices,
        lambda: Kpi.objects.filter(**OF_THE_LIST).count(),
        "body",
        "target_1",
        "unit",
    ),
}


# --- How a file is broken ----------------------------------------------------------------------


def packed(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(grid: Grid, change: Callable[[Worksheet], None] = lambda _sheet: None) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in grid:
        sheet.append(row)
    change(sheet)
    return packed(book)


def csv(grid: Grid) -> str:
    return "".join(",".join(map(str, row)) + "\n" for row in grid)


def put(intake: ListIntake, key: str, value: Any) -> bytes:
    """The good file with another value in a column of its first row."""
    return workbook(intake.grid(), lambda sheet: _put(sheet, intake.column(key), value))


def _put(sheet: Worksheet, column: int, value: Any) -> None:
    sheet.cell(2, column + 1).value = value


def _without(grid: Grid, column: int) -> Grid:
    return [[cell for place, cell in enumerate(row) if place != column] for row in grid]


def _two_tables(intake: ListIntake) -> bytes:
    book = Workbook()
    for title in ("one", "two"):
        sheet = book.create_sheet(title)
        for row in intake.grid():
            sheet.append(row)
    return packed(book)


def _hide_sheet(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("cover")  # type: ignore[union-attr]
    sheet.sheet_state = "hidden"


def _hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def _error(intake: ListIntake) -> bytes:
    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(2, intake.column(intake.figure) + 1)
        cell.value, cell.data_type = "#DIV/0!", "e"

    return workbook(intake.grid(), change)


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _other_parts() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "สวัสดี")
    return out.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)  # how .xls begins, and a locked workbook
Broken = Callable[[ListIntake], tuple[bytes, str]]
WAYS: Mapping[str, Broken] = {
    "an empty file": lambda _: (b"", "list.xlsx"),
    "a text named as a workbook": lambda _: ("สวัสดี".encode(), "list.xlsx"),
    "an .xls renamed to .xlsx": lambda _: (OLE, "list.xlsx"),
    "an .xls": lambda _: (OLE, "list.xls"),
    "a workbook under a password": lambda _: (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "list.xlsx",
    ),
    "an archive of something else": lambda _: (_other_parts(), "list.xlsx"),
    "half a workbook": lambda it: (_half(workbook(it.grid())), "list.xlsx"),
    "a workbook named .csv": lambda it: (workbook(it.grid()), "list.csv"),
    "another sheet": lambda _: (workbook([["ก", "ข"], [1, 2]]), "list.xlsx"),
    "an empty sheet": lambda _: (workbook([]), "list.xlsx"),
    "no rows under the head": lambda it: (workbook(it.grid()[:1]), "list.xlsx"),
    "a merged head": lambda it: (
        workbook(it.grid(), lambda sheet: sheet.merge_cells("A1:B1")),
        "list.xlsx",
    ),
    "merged rows": lambda it: (
        workbook(it.grid(), lambda sheet: sheet.merge_cells("A2:A3")),
        "list.xlsx",
    ),
    "a column that is missing": lambda it: (
        workbook(_without(it.grid(), it.column(it.body))),
        "list.xlsx",
    ),
    "a column that nobody knows": lambda it: (
        workbook([[*row, "x"] for row in it.grid()]),
        "list.xlsx",
    ),
    "a column twice": lambda it: (workbook([[*row, row[0]] for row in it.grid()]), "list.xlsx"),
    "two tables": lambda it: (_two_tables(it), "list.xlsx"),
    "a hidden sheet": lambda it: (workbook(it.grid(), _hide_sheet), "list.xlsx"),
    "a hidden row": lambda it: (workbook(it.grid(), _hide_row), "list.xlsx"),
    "the code of no body": lambda it: (put(it, it.body, "ไม่มีจริง"), "list.xlsx"),
    "a row twice": lambda it: (workbook([*it.grid(), it.grid()[1]]), "list.xlsx"),
    "words for a figure": lambda it: (put(it, it.figure, "ประมาณห้า"), "list.xlsx"),
    "a figure with its unit": lambda it: (put(it, it.figure, "5 แห่ง"), "list.xlsx"),
    "a day for a figure": lambda it: (put(it, it.figure, date(2024, 1, 5)), "list.xlsx"),
    "a figure of too many places": lambda it: (put(it, it.figure, "1.123456789"), "list.xlsx"),
    "an error of a formula": lambda it: (_error(it), "list.xlsx"),
    "a formula that was never worked out": lambda it: (put(it, it.figure, "=1+1"), "list.xlsx"),
    "words without an end": lambda it: (put(it, it.words, "ก" * 900), "list.xlsx"),
    "letters in a wrong encoding": lambda it: (
        put(it, it.words, "à¸„à¹ˆà¸²à¹€à¸‰à¸¥à¸µà¹ˆà¸¢"),
        "list.xlsx",
    ),
    "a text file with a row too wide": lambda it: (
        (csv(it.grid()) + ",".join("x" * (len(it.rows[0]) + 1)) + "\n").encode(),
        "list.csv",
    ),
    "a text file in TIS-620": lambda it: (csv(it.grid()).encode("tis-620"), "list.csv"),
    "a text file that ends in mid-letter": lambda it: (
        csv(it.grid()).encode() + b"\xe0\xb8",
        "list.csv",
    ),
}


def told(intake: ListIntake, world: World, data: bytes, name: str) -> list[Problem]:
    """What is wrong with a file, whether it was refused whole or told row by row."""
    try:
        problems: list[Problem] = intake.load(world, data, name).problems
    except Refused as refused:
        return list(refused.problems)
    return problems


@pytest.mark.parametrize("which", INTAKES)
def test_the_good_file_is_taken_in(world: World, which: str) -> None:
    intake = INTAKES[which]

    assert told(intake, world, workbook(intake.grid()), "list.xlsx") == []
    assert intake.written() > 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("which", INTAKES)
def test_a_broken_file_is_told_in_sentences_and_nothing_of_it_is_done(
    world: World, which: str, way: str
) -> None:
    intake = INTAKES[which]
    before = intake.written()

    problems = told(intake, world, *WAYS[way](intake))

    assert problems != []
    assert intake.written() == before
    for problem in problems:
        for language in ("th", "en"):
            sentence = problem_sentence(problem, language)
            assert "{" not in sentence
            assert problem.code not in sentence
