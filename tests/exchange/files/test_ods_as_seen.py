"""An .ods workbook is scored as people see it: formats, and what is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from esar.exchange.files.reading import read_scorecards
from esar.kernel.problems import Refused
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.scorecard import score
from tests.exchange.files.make_ods import number, ods

BOOK = read_rulebook(Path("rulebook"), 2567)
ACTUAL = (2, "actual")
CELL = '<style:style style:name="ce1" style:family="table-cell"'
WRITING = "<style:text-properties"
WHITE_NUMBERS = (
    f'<number:number-style style:name="N1">{WRITING} fo:color="#ffffff"/>'
    '<number:number number:min-integer-digits="1"/></number:number-style>'
    f'{CELL} style:data-style-name="N1"/>'
)
WHITE_ABOVE_90 = (
    f'<number:number-style style:name="N1P0">{WRITING} fo:color="#fffffe"/>'
    '<number:number number:min-integer-digits="1"/></number:number-style>'
    '<number:number-style style:name="N1"><number:number number:min-integer-digits="1"/>'
    '<style:map style:condition="value()&gt;=90" style:apply-style-name="N1P0"/>'
    f'</number:number-style>{CELL} style:data-style-name="N1"/>'
)
NO_DISPLAY = f'{CELL}>{WRITING} text:display="none"/></style:style>'
HIDES_ALL = (
    f'{CELL}><style:table-cell-properties style:cell-protect="hidden-and-protected"/></style:style>'
)


def total(path: Path) -> str:
    (card,) = read_scorecards(path)
    return str(score(card, BOOK).total)


def codes(path: Path) -> list[tuple[str, int | None, str]]:
    with pytest.raises(Refused) as refusal:
        read_scorecards(path)
    return [(one.code, one.place.row, one.place.field) for one in refusal.value.problems]


@pytest.mark.parametrize(
    "cell",
    [
        number(92, "92"),
        number(92, "92.0%"),  # a sign of the format's own
        number(92, "92,00 %"),
        number("0.92", "92.0%", kind="percentage"),
        number("0.92", "๙๒.๐%", kind="percentage"),
        number(92, "฿92.00", kind="currency"),
        number(92, "9.2E+01"),
    ],
)
def test_a_result_shown_as_92_is_scored_as_92(tmp_path: Path, cell: str) -> None:
    assert total(ods(tmp_path, {ACTUAL: cell})) == "86.50"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (number("0.92", "92.0%"), "file.format_changes_figure"),
        (number(92000, "92.0"), "file.format_changes_figure"),
        (number(92000, "92K"), "file.format_changes_figure"),
        (number(-92, "92"), "file.format_changes_figure"),
        (number("9.2", "920"), "file.format_changes_figure"),
        (number(92, "ผ่าน"), "file.format_changes_figure"),
        (number(92, ""), "file.invisible_value"),
    ],
)
def test_a_format_that_shows_another_figure_or_none_is_refused(
    tmp_path: Path, cell: str, code: str
) -> None:
    assert codes(ods(tmp_path, {ACTUAL: cell})) == [(code, 2, "actual")]


@pytest.mark.parametrize(
    ("cell", "figures"),
    [
        (number("79.996", "80.00"), {"cell": "M2", "shown": "80.00", "stored": "79.996"}),
        (
            number("0.79996", "80.00%", kind="percentage"),
            {"cell": "M2", "shown": "80.00%", "stored": "79.996%"},
        ),
        (number("-0.004", "-0.00"), {"cell": "M2", "shown": "-0.00", "stored": "-0.004"}),
    ],
)
def test_a_rounded_figure_is_told_and_the_stored_one_counts(
    tmp_path: Path, cell: str, figures: dict[str, str]
) -> None:
    (card,) = read_scorecards(ods(tmp_path, {ACTUAL: cell}))
    result = score(card, BOOK)

    assert (str(result.kpis[0].points), result.warnings[0].figures) == ("0.0000", figures)


@pytest.mark.parametrize("styles", [WHITE_NUMBERS, WHITE_ABOVE_90, NO_DISPLAY])
def test_a_value_that_its_style_hides_is_told(tmp_path: Path, styles: str) -> None:
    path = ods(tmp_path, {ACTUAL: number(92, "92", style="ce1")}, styles=styles)

    assert codes(path) == [("file.invisible_cell", 2, "M2")]


def test_a_white_that_is_of_other_numbers_hides_nothing(tmp_path: Path) -> None:
    cells = {(2, "target_1"): number(80, "80", style="ce1")}

    assert total(ods(tmp_path, cells, styles=WHITE_ABOVE_90)) == "86.50"


def test_a_cell_that_a_protected_sheet_hides_is_told(tmp_path: Path) -> None:
    cells = {ACTUAL: number(92, "92", style="ce1")}

    assert total(ods(tmp_path, cells, styles=HIDES_ALL)) == "86.50"
    assert codes(ods(tmp_path, cells, styles=HIDES_ALL, table=' table:protected="true"')) == [
        ("file.invisible_cell", 2, "M2")
    ]


@pytest.mark.parametrize("kind", ["row-group", "row-group><table:table-row-group"])
def test_rows_of_a_group_that_is_folded_are_told(tmp_path: Path, kind: str) -> None:
    inner = "</table:table-row-group>" * kind.count("row-group")
    path = ods(tmp_path, groups=(f'<table:table-{kind} table:display="false">', inner))

    assert codes(path) == [("file.hidden_rows", 2, "")]


def test_rows_of_an_open_group_are_seen(tmp_path: Path) -> None:
    groups = ("<table:table-row-group>", "</table:table-row-group>")

    assert total(ods(tmp_path, groups=groups)) == "86.50"
