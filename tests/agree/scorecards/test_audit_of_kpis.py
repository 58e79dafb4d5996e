"""The KPI audit: what each finding needs, and what it must not say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.agree.scorecards.frozen import AgreedItem, AgreedKpi, BaselineYear
from esar.agree.scorecards.kpi_findings import Audited, audited, findings, findings_in
from tests.make import ITEMS

RESULTS = ("60", "62", "64")


def a_kpi(
    targets: tuple[str, ...] = ("66", "70", "74"),
    results: tuple[str, ...] = RESULTS,
    direction: str = "higher",
    unit: str = "ร้อยละ",
) -> Audited:
    baseline = [
        BaselineYear(2567 - len(results) + place, value) for place, value in enumerate(results)
    ]
    return Audited("1.1", targets, unit, direction, baseline=tuple(baseline))


def codes(kpi: Audited, last_year: Audited | None = None) -> list[str]:
    return [problem.code.removeprefix("finding.") for problem in findings(kpi, last_year)]


@pytest.mark.parametrize(
    ("kpi", "expected"),
    [
        (a_kpi(), []),
        (a_kpi(results=()), ["no_baseline"]),
        (a_kpi(("56", "60", "64")), ["equals_achieved", "against_trend"]),
        (a_kpi(("50", "55", "60")), ["softer_than_baseline", "against_trend"]),
        (a_kpi(("60", "63", "66")), ["middle_is_achieved"]),
        (a_kpi(("66", "66.1", "74")), ["gap_narrow", "gap_wide"]),
        (a_kpi(("66", "70", "74"), ("64", "62", "60")), ["ambitious"]),
        (a_kpi(("26", "23", "20"), ("30", "29", "27"), "lower"), []),
        (
            a_kpi(("32", "30", "28"), ("30", "29", "27"), "lower"),
            ["softer_than_baseline", "against_trend"],
        ),
        (a_kpi(("26", "23", "20"), ("20", "22", "24"), "lower"), []),
    ],
)
def test_each_finding_is_found_where_it_is(kpi: Audited, expected: list[str]) -> None:
    found = codes(kpi)
    assert [one for one in found if one != "ambitious"] == [
        one for one in expected if one != "ambitious"
    ]


@pytest.mark.parametrize(
    ("kpi", "last_year", "beyond"),
    [
        (a_kpi(("66", "70", "150")), None, ("150",)),
        (a_kpi(("-5", "70", "150")), None, ("-5", "150")),
        (a_kpi(("66", "70", "100")), None, ()),
        (a_kpi(("66", "70", "150"), unit="ล้านบาท"), None, ()),
        (a_kpi(("66", "70", "150"), unit="% ของแผน"), None, ("150",)),
        (a_kpi(("102", "105", "110"), ("99", "101", "104")), None, ()),  # it grew over 100 before
        (a_kpi(("102", "105", "110")), a_kpi(("100", "102", "104")), ()),
        (a_kpi(("102", "105", "110")), a_kpi(("1", "2", "300"), unit="คน"), ("102", "105", "110")),
        (replace(a_kpi(), of_rounds=("30", "130")), None, ("130",)),
    ],
)
def test_a_target_that_nothing_in_its_unit_can_reach_is_found(
    kpi: Audited, last_year: Audited | None, beyond: tuple[str, ...]
) -> None:
    found = [one for one in findings(kpi, last_year) if one.code == "finding.beyond_bounds"]

    assert [one.figures["targets"] for one in found] == (
        [tuple(map(Decimal, beyond))] if beyond else []
    )


def test_a_worsening_trend_with_a_higher_target_is_ambitious() -> None:
    assert codes(a_kpi(("66", "70", "74"), ("64", "62", "60"))) == ["ambitious"]


@pytest.mark.parametrize(
    ("last_year", "expected"),
    [
        (a_kpi(("60", "65", "70")), []),
        (a_kpi(("70", "75", "80")), ["softer_than_last_year"]),
        (a_kpi(unit="ล้านบาท"), ["unit_changed"]),
    ],
)
def test_last_year_is_held_against_it(last_year: Audited, expected: list[str]) -> None:
    assert codes(a_kpi(), last_year) == expected


def test_points_given_by_others_have_no_findings() -> None:
    assert findings(Audited("2.1", ("1", "2", "3"), "คะแนน", "higher", "given")) == []


def average(*items: dict[str, Any], unit: str = "ร้อยละ") -> AgreedKpi:
    """KPI 1.1 as the weighted average of some items, an indicator without past results."""
    return AgreedKpi(
        number="1.1",
        component="performance",
        kind="area",
        indicator="TH-74-001",
        indicator_version=1,
        weight="20",
        targets=(),
        evidence_plan="",
        cancelled="",
        name="ระดับความสำเร็จของร้อยละเฉลี่ยถ่วงน้ำหนัก",
        method="items",
        unit=unit,
        direction="",
        items=tuple(AgreedItem.from_json(item) for item in items),
    )


def item(place: int, **changed: Any) -> dict[str, Any]:
    return ITEMS[place - 1] | changed


@pytest.mark.parametrize(
    ("kpi", "expected"),
    [
        (average(item(1), item(2)), []),
        (
            average(item(1, targets=["70", "71", "90"]), item(2, targets=["30", "11", "10"])),
            [
                ("finding.gap_narrow", "1.1/1"),
                ("finding.gap_wide", "1.1/1"),
                ("finding.gap_wide", "1.1/2"),
                ("finding.gap_narrow", "1.1/2"),
            ],
        ),
        (average(item(1, targets=[]), item(2, targets=["30"])), []),
    ],
)
def test_the_items_of_an_average_are_looked_at_each_by_its_number(
    kpi: AgreedKpi, expected: list[tuple[str, str]]
) -> None:
    problems = findings_in([kpi], {})

    assert [(problem.code, problem.figures["kpi"]) for problem in problems] == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (average(item(1), item(2)), []),
        (
            average(item(1, targets=["70", "80", "95"]), item(2, targets=["30", "20", "9"])),
            [
                ("finding.softer_than_last_year", "1.1/1", Decimal(90), Decimal(95)),
                ("finding.softer_than_last_year", "1.1/2", Decimal(10), Decimal(9)),
            ],
        ),
        (average(item(1, targets=["60", "70", "80"]), item(2, targets=["40", "30", "20"])), []),
    ],
)
def test_an_item_is_held_against_the_item_of_its_name_a_year_before(
    before: AgreedKpi, expected: list[tuple[str, str, Decimal, Decimal]]
) -> None:
    problems = findings_in([average(item(1), item(2))], {"TH-74-001": audited(before)})

    assert [
        (one.code, one.figures["kpi"], one.figures["target"], one.figures["before"])
        for one in problems
    ] == expected


def test_an_item_with_a_former_name_in_another_unit_is_told_and_a_new_item_is_not() -> None:
    before = average(item(1, unit="คน"), item(2, name="รายการอื่น", targets=["3", "2", "1"]))
    problems = findings_in([average(item(1), item(2))], {"TH-74-001": audited(before)})

    assert [
        (one.code, one.figures["kpi"], one.figures.get("unit"), one.figures.get("before"))
        for one in problems
    ] == [("finding.unit_changed", "1.1/1", "ร้อยละ", "คน")]


NUMBERS = st.integers(-1000, 1000)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS), st.lists(NUMBERS, max_size=3))
def test_higher_and_lower_are_mirror_images(
    targets: tuple[int, int, int], results: list[int]
) -> None:
    up = a_kpi(tuple(map(str, targets)), tuple(map(str, results)), unit="คน")
    mirrored = (tuple(str(-one) for one in figures) for figures in (targets, results))
    down = a_kpi(*mirrored, "lower", unit="คน")
    assert codes(up) == codes(down)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS), st.lists(NUMBERS, max_size=3))
def test_a_finding_never_stops_anything_and_names_the_kpi(
    targets: tuple[int, int, int], results: list[int]
) -> None:
    for one in findings(a_kpi(tuple(map(str, targets)), tuple(map(str, results)))):
        assert one.figures["kpi"] == "1.1"
        assert all(not isinstance(value, float) for value in one.figures.values())
