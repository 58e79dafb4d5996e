"""Each way a result becomes points, on both sides of every edge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from esar.law.scoring.facts import (
    Activity,
    Item,
    Items,
    Kpi,
    Outputs,
    Plan,
    PlannedOutput,
    Result,
    Scorecard,
    StepsDone,
)
from tests.law.scoring.make import book, card_2567, given, kpi_of, measured, scored

D = Decimal


def points(result: Result) -> str:
    return f"{kpi_of(scored(card_2567(result)), '1').points:f}"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("1150.39", "0.0000"),
        ("1150.40", "50.0000"),
        ("1176.285", "62.5000"),
        ("1202.17", "75.0000"),
        ("1229.22", "87.5000"),
        ("1256.27", "100.0000"),
    ],
)
def test_three_levels_when_higher_is_better(actual: str, expected: str) -> None:
    assert points(measured("1150.40 1202.17 1256.27", actual)) == expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("26.01", "0.0000"),
        ("26", "50.0000"),
        ("25", "58.3333"),
        ("24", "66.6667"),
        ("21", "91.6667"),
        ("19", "100.0000"),
    ],
)
def test_three_levels_when_lower_is_better(actual: str, expected: str) -> None:
    assert points(measured("26 23 20", actual, "lower")) == expected


def test_negative_results_and_targets_climb_the_same_ladder() -> None:
    assert points(measured("-5 -3 -1", "-4")) == "62.5000"
    assert points(measured("-1 -3 -5", "-4", "lower")) == "87.5000"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (set(), "0.0000"),
        ({1}, "50.0000"),
        ({1, 2}, "75.0000"),
        ({1, 2, 3}, "100.0000"),
        ({2, 3}, "0.0000"),
        ({1, 3}, "50.0000"),
    ],
)
def test_a_milestone_counts_only_without_a_gap_before_it(steps: set[int], expected: str) -> None:
    assert points(StepsDone(frozenset(steps))) == expected


def test_items_are_averaged_by_their_weights() -> None:
    items = Items(
        (
            Item("ก", D("0.6"), measured("70 80 90", "83.5")),  # 83.7500
            Item("ข", D("0.4"), measured("50 60 70", "71")),  # 100.0000
        )
    )

    assert points(items) == "90.2500"


def test_an_item_without_a_result_is_not_left_out_of_the_average() -> None:
    items = Items(
        (Item("ก", D(1), measured("70 80 90", "90")), Item("ข", D(1), measured("5 6 7", None)))
    )

    assert points(items) == "50.0000"


def test_items_of_which_none_was_reported_are_not_reported() -> None:
    card = card_2567(Items((Item("ก", D(1), measured("70 80 90", None)),)))

    assert kpi_of(scored(card), "1").status == "not_reported"


def plan_card(result: Result, round_id: str = "12m") -> Scorecard:
    kpi = Kpi("4.2", "innovation", None, result)
    return Scorecard(2561, "province", "จังหวัดทดสอบ", round_id, (kpi,))


@pytest.mark.parametrize(
    ("achieved", "expected", "passed", "grade"),
    [
        (0, "0.0000", False, "fail"),
        (79, "79.0000", False, "fail"),
        (80, "80.0000", True, "pass"),
        (100, "100.0000", True, "pass"),
    ],
)
def test_the_share_of_the_plan_passes_at_80_per_cent(
    achieved: int, expected: str, passed: bool, grade: str
) -> None:
    result = scored(plan_card(Outputs(100, achieved)))
    (kpi,) = result.kpis

    assert (f"{kpi.points:f}", kpi.passed, result.grade and result.grade.id) == (
        expected,
        passed,
        grade,
    )


@pytest.mark.parametrize(
    ("achieved", "total", "passed", "grade"),
    [
        (19_998, "79.99", False, "fail"),
        (19_999, "80.00", False, "fail"),
        (20_000, "80.00", True, "pass"),
    ],
)
def test_kpi_and_grade_pass_or_fail_together_at_the_edge_of_80(
    achieved: int, total: str, passed: bool, grade: str
) -> None:
    """19,999 of 25,000 is 79.996: shown as 80.00, and neither the KPI nor the grade passes."""
    result = scored(plan_card(Outputs(25_000, achieved)))

    assert (f"{result.total:f}", result.kpis[0].passed) == (total, passed)
    assert result.grade is not None
    assert result.grade.id == grade


def activity(number: int, start: str, *outputs: tuple[str, bool | None]) -> Activity:
    planned = tuple(PlannedOutput(date.fromisoformat(f"{m}-01"), done) for m, done in outputs)
    return Activity(str(number), f"เรื่องที่ {number}", "1", date.fromisoformat(f"{start}-01"), planned)


def test_a_round_counts_the_outputs_planned_in_its_months() -> None:
    plan = Plan(
        (
            activity(1, "2017-10", ("2018-03", True), ("2018-06", False)),
            activity(2, "2017-11", ("2018-04", True)),
        )
    )

    assert [scored(plan_card(plan, round_id)).total for round_id in ("6m", "12m")] == [
        D("100.00"),
        D("66.67"),
    ]


def test_a_plan_with_nothing_planned_in_the_round_is_not_due() -> None:
    plan = Plan((activity(1, "2018-04", ("2018-06", None)),))

    assert scored(plan_card(plan, "6m")).kpis[0].status == "not_due"


def test_a_plan_of_which_nothing_was_reported_is_not_reported() -> None:
    plan = Plan((activity(1, "2017-10", ("2018-03", None)),))

    assert scored(plan_card(plan, "6m")).kpis[0].status == "not_reported"


def test_other_components_of_2561_are_shown_and_added_to_nothing() -> None:
    card = plan_card(Outputs(4, 4))
    area = Kpi("3.1", "area", None, given("60"))
    result = scored(Scorecard(2561, "province", "จังหวัดทดสอบ", "12m", (*card.kpis, area)))

    assert (result.total, kpi_of(result, "3.1").points, kpi_of(result, "3.1").weighted) == (
        D("100.00"),
        D("60.0000"),
        None,
    )


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("79", "1.0000"),
        ("81", "1.2000"),
        ("87.5", "2.5000"),
        ("92.34", "3.4680"),
        ("100", "5.0000"),
        ("101", "5.0000"),
    ],
)
def test_five_levels_of_fiscal_year_2554(actual: str, expected: str) -> None:
    result = measured("80 85 90 95 100", actual)
    card = Scorecard(2554, "province", "จังหวัดทดสอบ", "12m", (Kpi("1", None, D(100), result),))

    assert f"{scored(card).kpis[0].points:f}" == expected


def test_the_rules_of_the_year_are_read_once_for_all_tests() -> None:
    assert book(2567) is book(2567)
