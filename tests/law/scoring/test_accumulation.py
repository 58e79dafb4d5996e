"""Months become a round's result, and a result is so far from the next level."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.law.scoring.accumulation import Accumulated, Month, accumulate
from esar.law.scoring.facts import Given, Kpi, Measured, StepsDone
from esar.law.scoring.gaps import next_level
from tests.law.scoring.make import book

HUNDRED = Decimal(100)
RULES = book().on(date(2024, 9, 30), "province")


def months(*values: str | None) -> list[Month]:
    return [
        Month(date(2023, 1 + place, 1), None if value is None else Decimal(value))
        for place, value in enumerate(values)
    ]


def ratio(*pairs: tuple[str, str]) -> list[Month]:
    return [
        Month(date(2023, 1 + place, 1), None, Decimal(above), Decimal(below))
        for place, (above, below) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("how", "value", "formula"),
    [
        ("last", "7", "7"),
        ("sum", "19", "4 + 8 + 7"),
        ("mean", "6.3333", "(4 + 8 + 7) ÷ 3"),
        ("max", "8", "8"),
    ],
)
def test_months_add_up_by_the_rule_of_the_kpi(how: str, value: str, formula: str) -> None:
    total = accumulate(how, months("4", "8", "7"), per=HUNDRED, places=4)

    assert total == Accumulated(Decimal(value), formula)


def test_a_ratio_is_of_the_sums_and_never_an_average_of_percentages() -> None:
    # 1 of 2 is 50 %, 90 of 100 is 90 %: their average is 70, the truth is 91 of 102.
    total = accumulate("ratio", ratio(("1", "2"), ("90", "100")), per=HUNDRED, places=4)

    assert total == Accumulated(Decimal("89.2157"), "91 ÷ 102 × 100")


def test_months_without_a_word_are_not_zeros() -> None:
    assert accumulate("mean", months("4", None, "8"), per=HUNDRED, places=4) == Accumulated(
        Decimal("6.0000"), "(4 + 8) ÷ 2"
    )
    assert accumulate("sum", months(None, None), per=HUNDRED, places=4) is None
    assert accumulate("ratio", ratio(("0", "0")), per=HUNDRED, places=4) is None
    zero = accumulate("sum", months("0"), per=HUNDRED, places=4)
    assert zero == Accumulated(Decimal(0), "0")


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=12))
def test_a_sum_is_exact_however_the_months_come(values: list[Decimal]) -> None:
    year_months = [Month(date(2023, 1 + place, 1), value) for place, value in enumerate(values)]
    total = accumulate("sum", year_months[::-1], per=HUNDRED, places=4)

    assert total is not None
    assert total.value == sum(values)


@pytest.mark.parametrize(
    ("direction", "targets", "actual", "level", "missing"),
    [
        ("higher", ("80", "85", "90"), "82.65", "ค่าเป้าหมายมาตรฐาน", "2.35"),
        ("higher", ("80", "85", "90"), "79", "ค่าเป้าหมายขั้นต้น", "1"),
        ("lower", ("26", "23", "20"), "24", "ค่าเป้าหมายมาตรฐาน", "1"),
        ("higher", ("80", "85", "90"), "85", "ค่าเป้าหมายขั้นสูง", "5"),
    ],
)
def test_what_is_missing_for_the_next_level_is_said_in_the_unit(
    direction: str, targets: tuple[str, ...], actual: str, level: str, missing: str
) -> None:
    result = Measured(direction, tuple(map(Decimal, targets)), Decimal(actual))
    gap = next_level(Kpi("1.1", "performance", HUNDRED, result), RULES)

    assert gap is not None
    assert (gap.level.th, gap.missing) == (level, Decimal(missing))


def test_nothing_is_missing_at_the_top_nor_where_nothing_is_reported() -> None:
    top = Measured("higher", (Decimal(1), Decimal(2), Decimal(3)), Decimal(3))
    silent = Measured("higher", (Decimal(1), Decimal(2), Decimal(3)), None)
    for result in (top, silent, Given(Decimal(50)), StepsDone(frozenset({1, 2, 3}))):
        assert next_level(Kpi("1.1", "performance", HUNDRED, result), RULES) is None
    gap = next_level(Kpi("1", None, HUNDRED, StepsDone(frozenset({1, 3}))), RULES)
    assert gap is not None
    assert gap.level.en == "step 2"
