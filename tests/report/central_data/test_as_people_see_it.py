"""An upload of central data is read as people see it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from esar.platform.organisations.models import Person, Role
from esar.report.central_data.actions import check_file
from esar.report.central_data.models import Delivery
from tests.make import World, department, person
from tests.report.central_data.make import AT, ON, ROUND, RULE, YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(world: World) -> Person:  # noqa: ARG001 bodies must be there
    return person("opdc-owner", (Role.CENTRAL_OWNER, department("OPDC", "สำนักงาน ก.พ.ร. ทดสอบ")))


def upload(
    owner: Person, change: Callable[[Worksheet], Any], heading: str = "รหัสหน่วยงาน"
) -> Delivery:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in ((heading, "ชื่อหน่วยงาน", "ค่า"), ("TH-74", None, 80), ("DIT", None, 90)):
        sheet.append(row)
    change(sheet)
    content = io.BytesIO()
    book.save(content)
    file = ContentFile(content.getvalue(), name="ค่า.xlsx")
    return check_file(file, YEAR, ROUND, RULE, by=owner, at=AT, on=ON)


def values(delivery: Delivery) -> dict[str, Any]:
    return {row["code"]: row["value"] for row in delivery.rows}


def put(value: object, number_format: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet["C2"].value, sheet["C2"].number_format = value, number_format

    return change


@pytest.mark.parametrize(
    ("value", "number_format"), [(90, '0.00"%"'), (0.9, "0.00%"), ("90%", "@"), (90, "0\\%")]
)
def test_a_value_shown_as_90_is_90(owner: Person, value: object, number_format: str) -> None:
    assert values(upload(owner, put(value, number_format))) == {"TH-74": "90", "DIT": "90"}


def test_a_value_shown_rounded_keeps_both(owner: Person) -> None:
    first, _ = upload(owner, put(79.996, "0.00")).rows

    assert (first["value"], first["shown"]) == ("79.996", "80.00")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True), "file.hidden_rows"),
        (
            lambda sheet: setattr(sheet.column_dimensions["C"], "hidden", True),
            "file.hidden_columns",
        ),
    ],
)
def test_a_hidden_value_is_told(
    owner: Person, change: Callable[[Worksheet], None], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        upload(owner, change)

    codes = [problem.code for problem in refusal.value.problems]
    assert codes == [code, "central.missing"]  # there is no row of OPDC either


def merged_and_more(sheet: Worksheet) -> None:
    """Rows 2 and 3 share a merged cell; row 4 is off the scale, row 5 of nobody, row 6 twice."""
    for row in (("OPDC", None, 101), ("NOBODY", None, 5), ("OPDC", None, 7)):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    sheet.row_dimensions[5].hidden = True


def test_a_merged_cell_is_told_with_all_else_that_is_wrong(owner: Person) -> None:
    with pytest.raises(Refused) as refusal:
        upload(owner, merged_and_more)

    assert [(one.place.row, one.code) for one in refusal.value.problems] == [
        (2, "file.merged"),
        (5, "file.hidden_rows"),
        (4, "central.twice"),
        (4, "central.off_scale"),
        (5, "central.unknown_body"),
        (6, "central.twice"),
    ]
    assert Delivery.objects.count() == 0


def test_rows_under_a_merged_heading_are_not_guessed_at(owner: Person) -> None:
    with pytest.raises(Refused) as refusal:
        upload(owner, lambda sheet: sheet.merge_cells("A1:A3"))

    assert [problem.code for problem in refusal.value.problems] == ["file.merged"]


def test_a_value_in_a_format_that_hides_it_is_told_in_its_row(owner: Person) -> None:
    problems = upload(owner, put(80, ";;;")).problems

    assert [(problem["row"], problem["code"]) for problem in problems][:1] == [
        (2, "file.invisible_value")
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        ("0,250", "@", "file.decimal_comma"),
        ("4\u00a0,๐", "@", "file.decimal_comma"),
        (90000, "#,##0.0,", "file.format_changes_figure"),
        (0, "#", "file.invisible_value"),
        (90, "d/m/yyyy", "file.date_as_number"),
    ],
)
def test_a_value_that_cannot_be_read_as_it_is_seen_is_told_in_its_row(
    owner: Person, value: object, number_format: str, code: str
) -> None:
    problems = upload(owner, put(value, number_format)).problems

    assert [(problem["row"], problem["code"]) for problem in problems][:1] == [(2, code)]


def test_a_value_in_the_colour_of_its_ground_is_told(owner: Person) -> None:
    with pytest.raises(Refused) as refusal:
        upload(owner, put(80, "[White]0"))

    assert refusal.value.problems[0].code == "file.invisible_cell"


@pytest.mark.parametrize("heading", ["รหัส\u200bหน่วยงาน", "\ufeffรหัสหน่วยงาน\u00a0"])
def test_headings_and_codes_that_look_alike_are_one(owner: Person, heading: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A2"].value = "TH\u2060-๗๔"

    delivery = upload(owner, change, heading)

    assert [row["body"] is not None for row in delivery.rows] == [True, True]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xef\xbb\xbf", "ไฟล์ไม่มีข้อมูลเลย โปรดกรอกแบบฟอร์มแล้วส่งใหม่"),
        (b"code,name,value,no_data\n", "ใต้หัวตารางไม่มีแถวข้อมูล โปรดกรอกอย่างน้อยหนึ่งแถว"),
    ],
)
def test_a_file_without_a_row_is_told_without_words_of_another_file(
    owner: Person, data: bytes, sentence: str
) -> None:
    file = ContentFile(data, name="ค่า.csv")
    with pytest.raises(Refused) as refused:
        check_file(file, YEAR, ROUND, RULE, by=owner, at=AT, on=ON)

    sentences = [problem_sentence(problem, "th") for problem in refused.value.problems]
    assert sentences == [f"ค่า.csv: {sentence}"]
