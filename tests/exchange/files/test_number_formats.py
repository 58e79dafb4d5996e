"""The figure read is the figure shown, or the cell is refused."""

from __future__ import annotations

import pytest

from esar.exchange.files.number_formats import as_shown, text_as_shown
from esar.exchange.files.values import Figure, Flaw


@pytest.mark.parametrize(
    ("stored", "code", "figure"),
    [
        ("92", "General", "92"),
        ("92", '0.00"%"', "92"),
        ("92", "0.00\\%", "92"),
        ("92", "0.00_%", "92"),
        ("92", "0.00*%", "92"),
        ("92", '0.00" % of all"', "92"),
        ("0.92", "0.00%", "92%"),
        ("0.92", "%0", "92%"),
        ("0.92", "t0.00%", "92%"),
        ("0.92", "[>1]0.00;0.00%", "92%"),
        ("92", "[>1]0.00;0.00%", "92"),
        ("0.92", "[<=1]0%;0.00", "92%"),
        ("0.92", "[Red]0.00%", "92%"),
        ("-0.05", "0.00%;[Red]-0.00%", "-5%"),
        ("-5", "0.00;[Red]0.00", "-5"),  # red is how accountants show a minus
        ("-5", "#,##0_);(#,##0)", "-5"),
        ("-5", "0.00", "-5"),
        ("1150.4", "#,##0.00", "1150.4"),
        ("1150", "0.00E+00", "1150"),
        ("1150000", "##0.00E+0", "1150000"),
        ("0.25", "# ?/?", "0.25"),
        ("1150.4", '[$฿-41E]#,##0.00" บาท"', "1150.4"),
        ("1234567", "#\\ ##0", "1234567"),
        ("5", "@", "5"),
        ("92", "0.00;-0.00;;@", "92"),
        ("92", 'General" คน"', "92"),
        ("7", "000", "7"),
        ("92", "0.0\\%", "92"),
        ("0.92", "[Red]0.0%", "92%"),
        ("0.92", "0.00E+00%", "92%"),
        ("0.92", "* 0%", "92%"),
        ("92", "* 0", "92"),
        ("92", '0.0\\ "%"', "92"),
        ("0.92", '0.0"" %', "92%"),
        ("92", "0.0[$%-41E]", "92"),
        ("-5", '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "-5"),
        ("0", "# ?/?", "0"),
        ("0", "#.00", "0"),
        ("0", "#,##0", "0"),
    ],
)
def test_a_number_is_read_as_it_is_shown(stored: str, code: str, figure: str) -> None:
    figure_read = as_shown(Figure(stored), code)

    assert (figure_read, getattr(figure_read, "is_rounded", None)) == (figure, False)


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ("1150400", "#,##0.0,"),  # thousands
        ("1150400", "0,,"),
        ("1150400", '#,##0.0,,"ล้าน"'),
        ("0.92", "0.00%%"),
        ("5000000", '[>=1000000]0.0,,"M";0'),
        ("-5", "0.00;0.00"),  # the minus is gone
        ("5", "-0"),
        ("5", '"-"0'),
        ("5", '"("0")"'),
        ("5", '0"00"'),  # digits of the format's own
        ("500", '0"."00'),
        ("8155512", "000-0000"),
        ("5", '"."0'),
        ("5", '"๑"0'),
        ("92", '"ผ่าน"'),
        ("3", '[=3]"ดี";0'),
        ("92000", '0.0,"K"'),
        ("92000", "0,.0"),
        ("92000", "0 ,"),
        ("92", "0.0,%"),
        ("9200", "#\\,##0"),
        ("92", '0"/100"'),
        ("92", "0/100"),
        ("0", "#.##"),  # a point and nothing else
        ("0.004", "#.##"),
    ],
)
def test_a_format_that_shows_another_figure_is_refused(stored: str, code: str) -> None:
    assert as_shown(Figure(stored), code) == Flaw("file.format_changes_figure", stored)


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ("92", ";;;"),
        ("92", ";;"),
        ("0", "0;-0;;@"),
        ("0", "0;-0;"),
        ("-5", "0;"),
        ("92", '""'),
        ("0", "#"),
        ("0", "#,###"),
        ("0", "?"),
        ("0.4", "#"),
        ("-0.4", "#"),
        ("0", '0;-0;"" #'),
    ],
)
def test_a_format_that_shows_nothing_is_refused(stored: str, code: str) -> None:
    assert as_shown(Figure(stored), code) == Flaw("file.invisible_value", stored)


def test_a_number_outside_every_condition_is_refused() -> None:
    assert as_shown(Figure("92"), "[<0]0;[>100]0") == Flaw("file.shown_as_signs", "92")


def test_a_number_shown_as_a_day_is_refused() -> None:
    assert as_shown(Figure("92"), "d mmm bbbb") == Flaw("file.shown_as_day", "92")


@pytest.mark.parametrize(
    ("stored", "code", "width", "figure", "display"),
    [
        ("79.996", "0.00", None, "79.996", "80.00"),
        ("0.79996", "0.00%", None, "79.996%", "80.00%"),
        ("79.5", "0", None, "79.5", "80"),
        ("79.996", "0.0E+00", None, "79.996", "80"),
        ("0.3333", "# ?/?", None, "0.3333", "1/3"),
        ("79.996", "General", 4, "79.996", "80.0"),
        ("79.9999999999", "General", 9, "79.9999999999", "80.000000"),
        ("0", '0.00;-0.00;"-"', None, "0", "-"),
        ("0", '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', None, "0", "-"),
        ("0", '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', None, "0", "-"),
        ("0.0079996", "0.0%", None, "0.79996%", "0.8%"),
        ("2212345678901", "General", None, "2212345678901", "2212350000000"),  # 2.21235E+12
        ("1150400", "General", 6.0, "1150400", "1000000"),  # 1E+06
        ("-79.996", "0.00", None, "-79.996", "-80.00"),
    ],
)
def test_a_number_shown_rounded_is_kept_as_stored_and_told(
    stored: str, code: str, width: float | None, figure: str, display: str
) -> None:
    read = as_shown(Figure(stored), code, width)

    assert isinstance(read, Figure)
    assert (read, read.shown, read.is_rounded) == (figure, display, True)


@pytest.mark.parametrize(("stored", "code"), [("92", "0.00"), ("0.92", "0.0%"), ("1150.4", "0")])
def test_a_number_that_its_column_has_no_room_for_is_refused(stored: str, code: str) -> None:
    assert as_shown(Figure(stored), code, 1.5) == Flaw("file.shown_as_signs", stored)
    assert isinstance(as_shown(Figure(stored), code, 4), Figure)


def test_a_long_number_that_the_general_format_can_write_short_is_whole() -> None:
    read = as_shown(Figure("220000000000"), "General")  # 2.2E+11

    assert isinstance(read, Figure)
    assert (read, read.is_rounded) == ("220000000000", False)


def test_a_number_that_fits_its_column_is_shown_whole() -> None:
    read = as_shown(Figure("79.996"), "General", 8.43)

    assert isinstance(read, Figure)
    assert (read, read.is_rounded) == ("79.996", False)


@pytest.mark.parametrize(
    ("text", "code", "display"),
    [
        ("1.1", "General", "1.1"),
        ("1.1", "@", "1.1"),
        ("1.1", "0;-0;0;@", "1.1"),
        ("1.1", '0;-0;0;"KPI "@', "KPI 1.1"),
        ("1.1", ";;", "1.1"),
        ("1.1", ";;;", Flaw("file.invisible_value", "1.1")),
    ],
)
def test_a_text_is_read_as_it_is_shown(text: str, code: str, display: object) -> None:
    assert text_as_shown(text, code) == display
