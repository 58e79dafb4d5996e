"""What is scored is what people see in the file they send."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.formatting.rule import (
    CellIsRule,
    ColorScaleRule,
    DataBarRule,
    FormulaRule,
    IconSetRule,
    Rule,
)
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files.mojibake import is_mojibake
from esar.exchange.files.reading import read_scorecards
from esar.kernel.problems import Place, Problem, Refused
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.scorecard import Score, score
from tests.exchange.files.make import ACTUAL, HEADINGS, ROWS, workbook
from tests.exchange.files.make_ods import conditional_format, ods

BOOK = read_rulebook(Path("rulebook"), 2567)


def scored(path: Path) -> Score:
    (card,) = read_scorecards(path)
    return score(card, BOOK)


def refused(path: Path) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        scored(path)
    return list(refusal.value.problems)


def shown_in(number_format: str, value: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[ACTUAL].value = value
        sheet[ACTUAL].number_format = number_format

    return change


@pytest.mark.parametrize(
    ("number_format", "stored"),
    [('0.00"%"', 92), ("0.00\\%", 92), ("0.00_%", 92), ("0.00%", 0.92), ("[<1]0%;0", 0.92)],
)
def test_a_result_shown_as_92_is_scored_as_92(
    tmp_path: Path, number_format: str, stored: float
) -> None:
    result = scored(workbook(tmp_path, shown_in(number_format, stored)))

    assert (str(result.kpis[0].points), str(result.total)) == ("85.0000", "86.50")


def test_thai_excels_own_per_cent_format_scales(tmp_path: Path) -> None:
    path = workbook(tmp_path, shown_in("0.00%", 0.92))
    _in_styles(path, b'numFmtId="10"', b'numFmtId="68"')

    assert str(scored(path).total) == "86.50"


def _in_styles(path: Path, old: bytes, new: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts["xl/styles.xml"]
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_font_of_a_family_that_the_library_does_not_know_is_no_fault(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    _in_styles(path, b'<family val="2"', b'<family val="34"')

    assert str(scored(path).total) == "86.50"


@pytest.mark.parametrize(
    ("number_format", "stored", "code"),
    [
        ("#,##0.0,", 92000, "file.format_changes_figure"),
        ("0.00;0.00", -92, "file.format_changes_figure"),
        ('0"0"', 9.2, "file.format_changes_figure"),
        (";;;", 92, "file.invisible_value"),
    ],
)
def test_a_format_that_shows_another_figure_or_none_is_refused_with_its_cell(
    tmp_path: Path, number_format: str, stored: float, code: str
) -> None:
    problems = refused(workbook(tmp_path, shown_in(number_format, stored)))

    place = Place(file="sent.xlsx", sheet="ตัวชี้วัด", row=2, field="actual")
    assert [(problem.code, problem.place) for problem in problems] == [(code, place)]


WHITE, HIDDEN = Font(color="FFFFFFFF"), DifferentialStyle(numFmt=NumberFormat(164, ";;;"))
BAR = DataBarRule("min", 0, "max", 1, color="FF638EC6", showValue=False)
ICONS = IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=None)


@pytest.mark.parametrize(
    ("rule", "is_told"),
    [
        (CellIsRule("greaterThan", ["90"], font=WHITE), True),
        (CellIsRule("greaterThan", ["92"], font=WHITE), False),  # 92 is not above
        (CellIsRule("lessThan", ["$A$1"], font=WHITE), True),  # nobody here knows what is in A1
        (CellIsRule("between", ["0", "1"], font=WHITE), True),
        (FormulaRule(["TRUE"], font=WHITE), True),
        (FormulaRule(["TRUE"], font=WHITE, fill=PatternFill(bgColor="FF000080")), False),
        (FormulaRule(["TRUE"], fill=PatternFill(bgColor="FF000000")), True),
        (FormulaRule(["TRUE"], font=Font(bold=True)), False),
        (FormulaRule(["ISERROR(M2)"], font=WHITE), False),
        (Rule("expression", formula=["M2>0"], dxf=HIDDEN), True),
        (BAR, True),
        (ICONS, False),
        (ColorScaleRule("min", None, "FF000000", "max", None, "FF00FF00"), True),  # black on black
        (ColorScaleRule("min", None, "FFFFFFFF", "max", None, "FF00FF00"), False),
    ],
)
def test_a_value_that_a_condition_may_hide_is_told_with_its_cell(
    tmp_path: Path, rule: Any, is_told: bool
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[ACTUAL].value = 92
        sheet.conditional_formatting.add("M1:M40", rule)

    path = workbook(tmp_path, change)
    if not is_told:
        assert str(scored(path).total) == "86.50"
        return
    place = Place(file="sent.xlsx", sheet="ตัวชี้วัด", row=2, field="M2")
    expected = Problem("file.perhaps_invisible_cell", {"value": "92"}, place)
    assert refused(path)[0] == expected


def test_a_rounded_figure_is_told_and_the_stored_one_counts(tmp_path: Path) -> None:
    result = scored(workbook(tmp_path, shown_in("0.00", 79.996)))

    assert str(result.kpis[0].points) == "0.0000"
    assert result.warnings[0] == Problem(
        "file.shown_rounded",
        {"cell": "M2", "shown": "80.00", "stored": "79.996"},
        Place(file="sent.xlsx", sheet="ตัวชี้วัด", row=2, field="actual"),
    )


@pytest.mark.parametrize(
    ("number_format", "value", "display", "stored"),
    [
        ("0.0%", 0.79996, "80.0%", "79.996%"),
        ("0.00_);[Red](0.00)", -0.004, "0.00", "-0.004"),
        ("#,##0", 79.5, "80", "79.5"),
    ],
)
def test_per_cent_cells_and_negative_figures_that_are_rounded_are_told(
    tmp_path: Path, number_format: str, value: float, display: str, stored: str
) -> None:
    result = scored(workbook(tmp_path, shown_in(number_format, value)))

    assert str(result.kpis[0].points) == "0.0000"
    assert result.warnings[0].figures == {"cell": "M2", "shown": display, "stored": stored}


def test_a_figure_of_the_general_format_that_its_column_cuts_is_told(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[ACTUAL].value = 79.996
        sheet.column_dimensions["M"].width = 4

    result = scored(workbook(tmp_path, change))

    assert result.warnings[0].figures == {"cell": "M2", "shown": "80.0", "stored": "79.996"}


def test_targets_that_are_shown_rounded_are_told_too(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["J2"].value, sheet["J2"].number_format = 79.6, "0"

    warnings = scored(workbook(tmp_path, change)).warnings

    assert warnings[0].figures == {"cell": "J2", "shown": "80", "stored": "79.6"}


def test_the_number_of_a_kpi_is_the_one_that_is_shown(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E2"].value, sheet["E2"].number_format = 1.1, "0.00"

    assert scored(workbook(tmp_path, change)).kpis[0].kpi.id == "1.10"


def hide_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True


def flatten_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].height = sheet.row_dimensions[4].height = 0.5


def hide_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions["M"].hidden = True


def narrow_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions["M"].width = 0.1


def white_on_white(sheet: Worksheet) -> None:
    sheet[ACTUAL].font = Font(color="FFFFFFFF")


def in_its_grounds_colour(sheet: Worksheet) -> None:
    sheet[ACTUAL].font = Font(color="FFFFFF00")
    sheet[ACTUAL].fill = PatternFill("solid", fgColor="FFFFFE02")


def tiny(sheet: Worksheet) -> None:
    sheet[ACTUAL].font = Font(size=1)


def white_by_its_format(sheet: Worksheet) -> None:
    sheet[ACTUAL].number_format = "[White]0.00;[Red]-0.00"


def white_by_its_number(sheet: Worksheet) -> None:
    sheet[ACTUAL].number_format = "[Color2]0.00"


def dark_by_its_format(sheet: Worksheet) -> None:
    sheet[ACTUAL].number_format = "[Blue]0.00"
    sheet[ACTUAL].fill = PatternFill("solid", fgColor="FF0000FF")


def collapse_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions.group(3, 4, hidden=True)


def collapse_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions.group("K", "M", hidden=True)


def no_width_at_all(sheet: Worksheet) -> None:
    sheet.sheet_format.defaultColWidth = 0
    for letters in "ABCDEFGHIJKN":
        sheet.column_dimensions[letters].width = 12


@pytest.mark.parametrize(
    ("change", "code", "figures", "place"),
    [
        (hide_rows, "file.hidden_rows", {"rows": "3–4"}, {"row": 3}),
        (flatten_rows, "file.hidden_rows", {"rows": "3–4"}, {"row": 3}),
        (hide_columns, "file.hidden_columns", {"columns": "M"}, {"field": "M"}),
        (narrow_columns, "file.hidden_columns", {"columns": "M"}, {"field": "M"}),
        (white_on_white, "file.invisible_cell", {"value": "92"}, {"row": 2, "field": "M2"}),
        (in_its_grounds_colour, "file.invisible_cell", {"value": "92"}, {"row": 2, "field": "M2"}),
        (tiny, "file.invisible_cell", {"value": "92"}, {"row": 2, "field": "M2"}),
        (white_by_its_format, "file.invisible_cell", {"value": "92"}, {"row": 2, "field": "M2"}),
        (white_by_its_number, "file.invisible_cell", {"value": "92"}, {"row": 2, "field": "M2"}),
        (dark_by_its_format, "file.invisible_cell", {"value": "92"}, {"row": 2, "field": "M2"}),
        (collapse_rows, "file.hidden_rows", {"rows": "3–4"}, {"row": 3}),
        (collapse_columns, "file.hidden_columns", {"columns": "K, L, M"}, {"field": "K, L, M"}),
        (no_width_at_all, "file.hidden_columns", {"columns": "L, M"}, {"field": "L, M"}),
    ],
)
def test_what_is_hidden_is_told(
    tmp_path: Path,
    change: Callable[[Worksheet], None],
    code: str,
    figures: dict[str, str],
    place: dict[str, Any],
) -> None:
    where = Place(file="sent.xlsx", sheet="ตัวชี้วัด", **place)

    assert refused(workbook(tmp_path, change)) == [Problem(code, figures, where)]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_sheet_that_is_hidden_is_told(tmp_path: Path, state: str) -> None:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("ปก")
        sheet.sheet_state = state

    assert [problem.code for problem in refused(workbook(tmp_path, change))] == [
        "file.hidden_sheet"
    ]


def test_what_is_hidden_and_empty_is_no_fault(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["X"].hidden = True
        sheet["Z30"].font = Font(color="FFFFFFFF")

    assert str(scored(workbook(tmp_path, change)).total) == "86.50"


def test_white_writing_on_a_dark_ground_is_no_fault(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[ACTUAL].font = Font(color="FFFFFFFF")
        sheet[ACTUAL].fill = PatternFill("solid", fgColor="FF003366")
        sheet["K2"].number_format = "[White]0"
        sheet["K2"].fill = PatternFill("solid", fgColor="FF003366")
        sheet["J2"].number_format = "0;[White]-0"  # of a number below zero, which it is not

    assert str(scored(workbook(tmp_path, change)).total) == "86.50"


def in_calc(path: Path, recalculate: Callable[..., Path]) -> Path:
    return recalculate(path, "ods")


def test_a_workbook_of_libreoffice_is_seen_in_the_same_way(
    tmp_path: Path, recalculate: Callable[..., Path]
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[ACTUAL].value, sheet[ACTUAL].number_format = 92, '0.00"%"'
        sheet["K2"].value, sheet["K2"].number_format = 89.996, "0.00"

    result = scored(in_calc(workbook(tmp_path, change), recalculate))

    assert [warning.figures for warning in result.warnings][:1] == [
        {"cell": "K2", "shown": "90.00", "stored": "89.996"}
    ]
    assert result.kpis[0].kpi.result.actual == 92  # type: ignore[union-attr]


def test_what_a_workbook_of_libreoffice_hides_is_told(
    tmp_path: Path, recalculate: Callable[..., Path]
) -> None:
    def change(sheet: Worksheet) -> None:
        hide_rows(sheet)
        sheet.column_dimensions["H"].hidden = True
        white_on_white(sheet)
        sheet["J2"].number_format = ";;;"
        sheet["K2"].number_format = "#,##0.000,"

    problems = refused(in_calc(workbook(tmp_path, change), recalculate))

    assert [(problem.code, problem.place.row, problem.place.field) for problem in problems] == [
        ("file.hidden_rows", 3, ""),
        ("file.hidden_columns", None, "H"),
        ("file.invisible_cell", 2, "M2"),
        ("file.invisible_value", 2, "target_1"),
        ("file.format_changes_figure", 2, "target_2"),
    ]


def csv(separator: str, end: str = "\n", start: str = "") -> str:
    rows = [
        separator.join("" if cell is None else str(cell) for cell in row)
        for row in (HEADINGS, *ROWS)
    ]
    return start + end.join(rows) + end


@pytest.mark.parametrize(
    "text",
    [
        csv("\t"),
        csv("|"),
        csv(";", "\r"),
        csv(";", "\r\n", "\ufeffsep=;\r\n"),
        csv(",", ",,,\n", "\ufeff\ufeff"),
        csv(",").replace("weight", "นํ้าหนัก").replace("actual", '"ผลการ\u200dดำเนินงาน"'),
    ],
)
def test_a_text_file_is_read_whatever_separates_its_cells_and_lines(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "sent.csv"
    path.write_text(text, encoding="utf-8", newline="")

    assert str(scored(path).total) == "86.50"


@pytest.mark.parametrize(
    "heading",
    [
        "น้ําหนัก",
        "น้ำ\u200bหนัก",
        "\ufeffน้ำหนัก",
        "น้ำหนัก\xa0",
        "นํ้าหนัก",
        "น้ำ\u200dหนัก",
        "\u200fน้ำหนัก\u2069",
        "น้ำ\xadหนัก",
        "นำ้ห️นัก",
        "Ｗｅｉｇｈｔ",
    ],
)
def test_headings_that_look_alike_are_one(tmp_path: Path, heading: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["H1"].value = heading

    assert str(scored(workbook(tmp_path, change)).total) == "86.50"


@pytest.mark.parametrize(
    "number", ["๑.๑", "1.\u00a01", "1.1\u200b", "1\u200d.1\ufe0f", "\u200e1 . ๑"]
)
def test_two_spellings_of_a_kpis_number_are_one_kpi(tmp_path: Path, number: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E3"].value = number

    problems = refused(workbook(tmp_path, change))

    assert [problem.code for problem in problems][:1] == ["score.kpi_twice"]


def test_two_spellings_of_a_body_are_one_body(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"].value = "กรมการค้าภายในเเละน้ำ"
        for row, spelling in (
            (3, "กรมการค้าภายในและน้\u0e4d\u0e32"),
            (4, "กรมการค้า\u200bภายในและน้ำ"),
        ):
            for column, value in zip("ABCD", (2567, "department", spelling, "12m"), strict=True):
                sheet[f"{column}{row}"].value = value

    result = scored(workbook(tmp_path, change))

    assert (result.card.body, str(result.total)) == ("กรมการค้าภายในและน้ำ", "86.50")


@pytest.mark.parametrize(
    "ruin",
    [
        "กรมทดสอบ".encode().decode("cp874", "replace"),
        "กรมทดสอบ".encode().decode("latin-1"),
        "กรมทดสอบ".encode("cp874").decode("latin-1"),
        "????????",
        "กรมทดสอบ".encode().decode("mac_roman"),
        "กรมทดสอบ".encode().decode("cp437"),
        "กรมทดสอบ".encode().decode("latin-1").encode().decode("latin-1"),  # twice
        "กรมทดสอบ".encode("cp874").decode("utf-8", "replace"),
        "&#3585;&#3619;&#3617;",
        "\\u0e01\\u0e23\\u0e21",
    ],
)
def test_a_name_whose_letters_are_ruined_is_refused(tmp_path: Path, ruin: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"].value = ruin.replace("\x80", "")

    problems = refused(workbook(tmp_path, change))

    assert [(problem.code, problem.place.field) for problem in problems] == [
        ("file.mojibake", "body")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Wo?",
        "α-β ‡ 1",
        "R&D; A&B",
        "เธอและเธอ",
        "เนื้อแน่น",
        "Café à Bruxelles?",
        "กรมธนารักษ์",
        "ÉCOLE",
    ],
)
def test_a_sound_name_is_no_ruin(name: str) -> None:
    assert not is_mojibake(name)


def test_a_second_byte_order_mark_is_no_letter(tmp_path: Path) -> None:
    path = tmp_path / "two.json"
    kpi = {"id": "1.1", "component": "performance", "weight": 100, "score": "90%"}
    card = {"year": 2567, "kind": "department", "body": "ก", "round": "12m", "kpis": [kpi]}
    path.write_text("\ufeff\ufeff" + json.dumps(card), encoding="utf-8")

    (scorecard,) = read_scorecards(path)

    assert scorecard.kpis[0].result.score == 90  # type: ignore[union-attr]


def test_points_given_may_carry_a_per_cent_sign(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["N3"].value = "90%"
        sheet["N4"].value, sheet["N4"].number_format = 0.9, "0%"

    assert str(scored(workbook(tmp_path, change)).total) == "86.50"


def test_the_sixtieth_day_of_1900_is_no_day(tmp_path: Path) -> None:
    problems = refused(workbook(tmp_path, shown_in("d/m/yyyy", 60)))

    assert [(problem.code, problem.place.field) for problem in problems] == [
        ("file.number_as_day", "actual")
    ]


@pytest.mark.parametrize(
    ("value", "number_format"), [(0, "d/m/yyyy"), (0.5, "h:mm"), (92, "[h]:mm")]
)
def test_a_number_shown_as_a_time_is_refused_with_the_number(
    tmp_path: Path, value: float, number_format: str
) -> None:
    problems = refused(workbook(tmp_path, shown_in(number_format, value)))

    assert [(problem.code, problem.figures["value"]) for problem in problems] == [
        ("file.shown_as_day", str(value))
    ]


def test_the_rows_of_the_sound_workbook_are_scored(tmp_path: Path) -> None:
    assert [kpi.kpi.id for kpi in scored(workbook(tmp_path)).kpis] == [row[4] for row in ROWS]


@pytest.mark.parametrize("name", ["sent.xlsb", "sent.XLSB"])
def test_a_binary_workbook_is_called_by_its_name(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path).rename(tmp_path / name)

    assert [problem.code for problem in refused(path)] == ["file.binary_excel"]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_more_conditions_than_can_be_looked_at_are_refused(tmp_path: Path, kind: str) -> None:
    ranges = [f"A{row}:N{row}" for row in range(1, 100)]

    def change(sheet: Worksheet) -> None:
        sheet.conditional_formatting.add(" ".join(ranges), FormulaRule(["TRUE"], font=WHITE))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("esar.exchange.files.census.MAX_LOOKS", 99)
        patch.setattr("esar.exchange.files.ods.MAX_LOOKS", 99)
        if kind == "ods":
            path = ods(tmp_path, conditions=conditional_format(" ".join(ranges), ""))
        else:
            path = workbook(tmp_path, change)
        assert [problem.code for problem in refused(path)] == ["file.too_many_cells"]
