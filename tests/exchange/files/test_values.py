"""What people type in a field, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.exchange.files import values
from esar.exchange.files.values import Figure, Flaw, Unfit


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("98.94", "98.94"),
        ("๙๘.๙๔", "98.94"),
        ("๑,๑๕๐.๔๐", "1150.40"),
        ("1,150.40", "1150.40"),
        (" 12 ", "12"),
        ("\u00a012\u200b", "12"),
        ("-3.5", "-3.5"),
        ("−3.5", "-3.5"),
        ("+4", "4"),
        ("1,234,567", "1234567"),
        (Figure("0.1"), "0.1"),
        ("999999999999999", "999999999999999"),
        ("100.000000000000000", "100"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert values.number(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("N/A", "file.word_for_nothing"),
        ("-", "file.word_for_nothing"),
        ("ไม่มี", "file.word_for_nothing"),
        ("1e3", "file.scientific"),
        ("1,15.0", "file.bad_thousands"),
        (",150", "file.bad_thousands"),
        ("1,1500", "file.decimal_comma"),
        ("12..5", "file.two_points"),
        ("1.2.3", "file.two_points"),
        ("12.", "file.not_a_number"),
        (".5", "file.not_a_number"),
        ("1234567890123456", "file.too_many_digits"),
        ("0.0000000000000001", "file.too_many_digits"),
        ("9" * 5_000_000, "file.too_many_digits"),
        ("9" * 130, "file.too_many_digits"),
        ("98%", "file.not_a_number"),
        ("九", "file.not_a_number"),
        ("१२", "file.not_a_number"),
        (True, "file.boolean_as_number"),
        (date(2024, 1, 1), "file.date_as_number"),
        (["1"], "file.not_a_number"),
        (Flaw("file.formula_error", "#REF!"), "file.formula_error"),
    ],
)
def test_a_number_that_would_need_a_guess_is_refused(typed: object, code: str) -> None:
    with pytest.raises(Unfit) as unfit:
        values.number(typed)
    assert unfit.value.code == code


def test_a_result_may_carry_a_per_cent_sign() -> None:
    assert values.percentage("๙๘.๙๔ %") == values.percentage("98.94%") == Decimal("98.94")


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (98.94, "98.94"),
        (0.1 + 0.2, "0.3"),
        (35, "35"),
        (35.0, "35"),
        (1259.86, "1259.86"),
        (98.940000000000012, "98.94"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
    ],
)
def test_a_spreadsheet_number_is_what_the_spreadsheet_shows(stored: float, text: str) -> None:
    assert Figure.of(stored) == text


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_decimal_survives_the_spreadsheet(value: Decimal) -> None:
    assert values.number(Figure.of(float(value))) == value


def test_a_cell_of_per_cent_format_counts_as_shown() -> None:
    assert values.percentage(Figure.of(0.9894).as_per_cent()) == Decimal("98.94")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12m", "12m"),
        ("12", "12m"),
        ("6", "6m"),
        ("รอบ 12 เดือน", "12m"),
        ("๑๒ เดือน", "12m"),
        ("9M", "9m"),
        ("whole", "whole"),
    ],
)
def test_a_round_goes_by_several_names(typed: str, meant: str) -> None:
    assert values.round_id(typed) == meant


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("1,2,3", {1, 2, 3}),
        ("๑ ๒", {1, 2}),
        (Figure("2"), {2}),
        ("0", set()),
        ([], set()),
        ([Figure("1"), "2"], {1, 2}),
        ("1;3", {1, 3}),
    ],
)
def test_steps_done_are_a_list_of_numbers(typed: object, steps: set[int]) -> None:
    assert values.step_numbers(typed) == steps


@pytest.mark.parametrize(
    "typed", ["2024-10-31", "๒๐๒๔-๑๐-๓๑", datetime(2024, 10, 31, 16, 30, tzinfo=UTC)]
)
def test_a_day_is_gregorian(typed: object) -> None:
    assert values.day(typed) == date(2024, 10, 31)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2011-11-00", "file.no_such_day"),
        ("2011-02-30", "file.no_such_day"),
        ("2100-02-29", "file.no_such_day"),
        ("2566-02-29", "file.no_such_day"),  # of the Buddhist era, and still no leap year
        ("54-11-02", "file.not_a_day"),
        ("2/11/54", "file.not_a_day"),
        ("20111102", "file.not_a_day"),
        ("2011-11-02T23:30:00Z", "file.not_a_day"),
        (Figure("40849"), "file.not_a_day"),
    ],
)
def test_a_day_that_is_none_or_can_be_read_in_two_ways_is_refused(typed: object, code: str) -> None:
    with pytest.raises(Unfit) as unfit:
        values.day(typed)

    assert unfit.value.code == code


def test_a_buddhist_day_is_refused_with_the_right_one() -> None:
    with pytest.raises(Unfit) as unfit:
        values.day(date(2567, 10, 31))
    assert unfit.value.code == "file.buddhist_date"
    assert unfit.value.figures["hint"] == "2024-10-31"


def test_a_fiscal_year_is_buddhist() -> None:
    assert values.year("๒๕๖๗") == values.year(2567) == values.year(Figure("2567")) == 2567
    with pytest.raises(Unfit) as unfit:
        values.year("2024")
    assert unfit.value.figures["hint"] == 2567
