"""The one rounding, and exactness where nothing is rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.kernel.figures import exact_decimal
from esar.law.rules.numbers import round_half_up, round_ratio, shares, trimmed, weighted
from tests.law.rules.half_up import half_up

money = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False)


@given(money, money.filter(lambda value: value != 0), st.integers(0, 6))
def test_a_ratio_rounds_as_fractions_do(a: Decimal, b: Decimal, places: int) -> None:
    assert Fraction(round_ratio(a, b, places)) == half_up(Fraction(a) / Fraction(b), places)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("89.994999", "89.99"), ("89.995", "90.00"), ("0.005", "0.01"), ("-0.005", "-0.01")],
)
def test_half_goes_up_away_from_zero(value: str, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), 2)) == rounded


def test_a_negative_zero_is_written_as_zero() -> None:
    assert str(round_half_up(Decimal("-0.001"), 2)) == "0.00"


def test_a_ratio_without_a_denominator_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        round_ratio(Decimal(1), Decimal(0), 2)


@given(money, st.decimals(min_value=0, max_value=100, places=4))
def test_weighting_loses_no_digit(points: Decimal, weight: Decimal) -> None:
    assert Fraction(weighted(points, weight)) == Fraction(points) * Fraction(weight) / 100


def test_weighted_points_show_the_digits_of_both() -> None:
    assert str(weighted(Decimal("100.0000"), Decimal("35"))) == "35.000000"
    assert str(weighted(Decimal("100.0000"), Decimal("35.00"))) == "35.000000"
    assert str(weighted(Decimal("58.3333"), Decimal("17.5"))) == "10.2083275"


@given(money)
def test_trimming_keeps_the_number(value: Decimal) -> None:
    assert trimmed(value) == value


@pytest.mark.parametrize("text", ["1e3", "1,000", "", "NaN", "--1", "1.", "1234567890123456"])
def test_only_plain_decimals_of_15_digits_are_read(text: str) -> None:
    assert exact_decimal(text) is None


@pytest.mark.parametrize(
    ("counts", "texts"),
    [
        ([172, 122], ["58.50", "41.50"]),
        ([218, 120, 267], ["36.03", "19.84", "44.13"]),
        ([1, 1, 1], ["33.34", "33.33", "33.33"]),
        ([0, 0], ["0.00", "0.00"]),
        ([], []),
    ],
)
def test_shares_make_a_hundred_by_the_largest_remainder(
    counts: list[int], texts: list[str]
) -> None:
    assert [str(share) for share in shares(counts)] == texts


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_shares_of_anything_sum_to_a_hundred(counts: list[int]) -> None:
    assert sum(shares(counts)) == 100
