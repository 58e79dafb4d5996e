"""The KPI audit: what each finding needs, and what it must not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.agree.scorecards.frozen import BaselineYear
from esar.agree.scorecards.kpi_findings import Audited, findings

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


NUMBERS = st.integers(-1000, 1000)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS), st.lists(NUMBERS, max_size=3))
def test_higher_and_lower_are_mirror_images(
    targets: tuple[int, int, int], results: list[int]
) -> None:
    up = a_kpi(tuple(map(str, targets)), tuple(map(str, results)))
    down = a_kpi(tuple(str(-one) for one in targets), tuple(str(-one) for one in results), "lower")
    assert codes(up) == codes(down)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS), st.lists(NUMBERS, max_size=3))
def test_a_finding_never_stops_anything_and_names_the_kpi(
    targets: tuple[int, int, int], results: list[int]
) -> None:
    for one in findings(a_kpi(tuple(map(str, targets)), tuple(map(str, results)))):
        assert one.figures["kpi"] == "1.1"
        assert all(not isinstance(value, float) for value in one.figures.values())
