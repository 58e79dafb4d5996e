"""An .ods workbook is scored as people see it: formats, and what is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from esar.exchange.files.reading import read_scorecards
from esar.kernel.problems import Refused
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.scorecard import score
from tests.exchange.files.make_ods import conditional_format, number, ods

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


def looks(*properties: str) -> str:
    """The styles that a condition may set, and one of each format that hides or changes."""
    return "".join(
        (
            f'<style:style style:name="Hid_5f_1" style:display-name="Hid_1" {FAMILY}>'
            f'{WRITING} fo:color="#ffffff"/></style:style>',
            f'<style:style style:name="OnBlue" {FAMILY}>'
            '<style:table-cell-properties fo:background-color="#000080"/>'
            f'{WRITING} fo:color="#ffffff"/></style:style>',
            f'<style:style style:name="Black" {FAMILY}>'
            '<style:table-cell-properties fo:background-color="#000000"/></style:style>',
            f'<style:style style:name="Bold" {FAMILY}>{WRITING} fo:font-weight="bold"/>'
            "</style:style>",
            '<number:text-style style:name="NoneP0"><number:text/></number:text-style>'
            '<number:text-style style:name="None"><number:text/>'
            '<style:map style:condition="value()&gt;0" style:apply-style-name="NoneP0"/>'
            "</number:text-style>"
            f'<style:style style:name="Nothing" {FAMILY} style:data-style-name="None"/>',
            '<number:number-style style:name="Thousand">'
            '<number:number number:display-factor="1000"/></number:number-style>'
            f'<style:style style:name="Thousands" {FAMILY} style:data-style-name="Thousand"/>',
            '<number:number-style style:name="Nine"><number:text>9</number:text>'
            "<number:number/></number:number-style>"
            f'<style:style style:name="Nines" {FAMILY} style:data-style-name="Nine"/>',
            '<number:number-style style:name="Two">'
            '<number:number number:decimal-places="2"/></number:number-style>'
            f'<style:style style:name="Plain" {FAMILY} style:data-style-name="Two"/>',
            *properties,
        )
    )


FAMILY = 'style:family="table-cell"'


def condition(words: str, style: str = "Hid_1") -> str:
    return f'<calcext:condition calcext:apply-style-name="{style}" calcext:value="{words}"/>'


BAR = '<calcext:data-bar calcext:show-value="false"/>'
ICONS = (
    '<calcext:icon-set><calcext:formatting-entry calcext:show-value="false"/>'
    "<calcext:formatting-entry/></calcext:icon-set>"
)
SCALE = (
    "<calcext:color-scale><calcext:color-scale-entry calcext:color={}/>"
    '<calcext:color-scale-entry calcext:color="#00ff00"/></calcext:color-scale>'
)


@pytest.mark.parametrize(
    ("rule", "is_told"),
    [
        (condition("&gt;90"), True),
        (condition("&gt;92"), False),  # 92 is not above
        (condition("!=92"), False),
        (condition("&lt;[.$A$1]"), True),  # nobody here knows what is in A1
        (condition("between(0,1)"), True),
        (condition("top-elements(1)"), True),
        (condition("formula-is(1)"), True),
        (condition("formula-is(ISERROR([.M2]))"), False),
        (condition("is-error"), False),
        (condition("formula-is(1)", "Hid_5f_1"), True),
        (condition("formula-is(1)", "OnBlue"), False),
        (condition("formula-is(1)", "Black"), True),
        (condition("formula-is(1)", "Bold"), False),
        (condition("formula-is(1)", "Nothing"), True),
        (condition("formula-is(1)", "Thousands"), True),
        (condition("formula-is(1)", "Nines"), True),
        (condition("formula-is(1)", "Plain"), False),
        (condition("&gt;92", "Bold") + condition("&gt;=92"), True),
        (BAR, True),
        (BAR.replace("false", "true"), False),
        (ICONS, True),
        (SCALE.format('"#000000"'), True),
        (SCALE.format('"#ffffff"'), False),
    ],
)
@pytest.mark.parametrize(
    "ranges",
    [
        "ตัวชี้วัด.M1:ตัวชี้วัด.M40",
        "ตัวชี้วัด.A9 'a. ''b'.$M$1:'a. ''b'.$N$2",
        "M2",
    ],
)
def test_a_value_that_a_condition_of_libreoffice_may_hide_is_told(
    tmp_path: Path, rule: str, ranges: str, *, is_told: bool
) -> None:
    path = ods(tmp_path, styles=looks(), conditions=conditional_format(ranges, rule))

    if is_told:
        assert codes(path) == [("file.perhaps_invisible_cell", 2, "M2")]
    else:
        assert total(path) == "86.50"


def test_a_condition_on_other_cells_hides_nothing(tmp_path: Path) -> None:
    whole = conditional_format("ตัวชี้วัด.M8:ตัวชี้วัด.N40", condition("formula-is(1)"))

    assert total(ods(tmp_path, styles=looks(), conditions=whole)) == "86.50"


@pytest.mark.parametrize(
    ("condition_of_style", "is_told"),
    [
        ("cell-content()&gt;90", True),
        ("cell-content() &gt; 92", False),
        ("cell-content-is-between(0,100)", True),
        ("is-true-formula([.M2]&gt;0)", True),
        ("is-true-formula(ISBLANK([.M2]))", False),
    ],
)
def test_a_value_that_a_condition_of_its_style_may_hide_is_told(
    tmp_path: Path, condition_of_style: str, *, is_told: bool
) -> None:
    own = (
        f'{CELL}><style:map style:condition="{condition_of_style}" '
        'style:apply-style-name="Hid_5f_1"/></style:style>'
    )
    path = ods(tmp_path, {ACTUAL: number(92, "92", style="ce1")}, styles=looks(own))

    if is_told:
        assert codes(path) == [("file.perhaps_invisible_cell", 2, "M2")]
    else:
        assert total(path) == "86.50"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        # as a program writes it that shows nothing, and one that leaves the showing to others
        ('office:value-type="float" office:value="92"><text:p/>', "file.invisible_value"),
        ('office:value-type="float" office:value="92">', "file.invisible_value"),
        ('office:value-type="string" office:string-value="92"><text:p/>', "file.invisible_value"),
        ('office:value-type="string"><text:p>92</text:p>', "file.invisible_value"),
    ],
)
def test_a_value_that_its_number_format_hides_is_told(tmp_path: Path, cell: str, code: str) -> None:
    xml = f'<table:table-cell table:style-name="Nothing" {cell}</table:table-cell>'

    assert codes(ods(tmp_path, {ACTUAL: xml}, styles=looks())) == [(code, 2, "actual")]


@pytest.mark.parametrize("style", ["Thousands", "Nines"])
def test_a_figure_without_its_words_that_its_format_changes_is_told(
    tmp_path: Path, style: str
) -> None:
    xml = (
        f'<table:table-cell table:style-name="{style}" office:value-type="float" '
        'office:value="92"/>'
    )

    assert codes(ods(tmp_path, {ACTUAL: xml}, styles=looks())) == [
        ("file.format_changes_figure", 2, "actual")
    ]


def test_each_of_several_rows_that_the_file_keeps_as_one_is_told(tmp_path: Path) -> None:
    row = f'<table:table-row table:number-rows-repeated="2">{number(9, "9", style="ce1")}'
    path = ods(tmp_path, styles=NO_DISPLAY, groups=("", f"{row}</table:table-row>"))

    assert [place for place in codes(path) if place[0] == "file.invisible_cell"] == [
        ("file.invisible_cell", 5, "A5"),
        ("file.invisible_cell", 6, "A6"),
    ]
