"""A projection copes with little, stays in its range, and says when it knows nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esar.law.forecasting.paths import PastYear, Projection, Unknown, path_of
from esar.law.forecasting.projecting import project
from esar.law.scoring.accumulation import How, Month, accumulate

ACCUMULATIONS = get_args(How)
TARGETS = (Decimal(80), Decimal(85), Decimal(90))


def past(*values: str, until: int = 2566) -> list[PastYear]:
    first = until - len(values) + 1
    return [PastYear(first + n, Decimal(value)) for n, value in enumerate(values)]


def months(*values: str) -> dict[int, Decimal]:
    return {month: Decimal(value) for month, value in enumerate(values, start=1)}


def projected(before: list[PastYear], path: dict[int, Decimal], **changed: Any) -> Projection:
    case = {"year": 2567, "direction": "higher", "targets": TARGETS} | changed
    projection = project(before, path, **case)
    assert isinstance(projection, Projection)
    return projection


def test_nothing_known_gives_no_projection_and_says_why() -> None:
    projection = project([], {}, year=2567, direction="higher", targets=TARGETS)

    assert (projection, bool(projection)) == (Unknown("forecast.nothing_known"), False)


@pytest.mark.parametrize(("targets", "level"), [((), 1), (TARGETS, 4), (TARGETS, 0)])
def test_a_level_without_a_target_gives_no_projection(targets: Any, level: int) -> None:
    projection = project(
        past("80"), {}, year=2567, direction="higher", targets=targets, level=level
    )

    assert projection == Unknown("forecast.no_target")


def test_a_past_year_without_a_value_and_a_later_year_are_not_looked_at() -> None:
    years = [*past("82"), PastYear(2565, None), PastYear(2567, Decimal(1)), *past("1", until=2568)]

    assert projected(years, {}) == projected(past("82"), {})


@pytest.mark.parametrize(
    ("before", "path"),
    [
        ([], {1: Decimal(80)}),
        (past("80"), {}),
        (past("78", "80"), {}),
        (past("80"), {3: Decimal(79)}),
    ],
)
def test_little_knowledge_gives_a_wide_range(before: list[PastYear], path: Any) -> None:
    projection = projected(before, path)

    assert projection.high - projection.low >= 8  # of targets that are 10 apart
    assert Decimal("0.2") < projection.miss < Decimal("0.8")


def test_the_range_narrows_as_the_year_goes_on_and_closes_at_its_end() -> None:
    before, widths = past("80", "82", "81"), []
    for month in (2, 6, 10, 12):
        projection = projected(before, {m: Decimal(82) for m in range(1, month + 1)})
        widths.append(projection.high - projection.low)

    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 1


def test_the_basis_says_what_was_used() -> None:
    years = [PastYear(2565, Decimal(80), {8: Decimal(70)}), *past("82")]
    projection = projected(years, months("60", "65"))

    assert projection.based_on.as_json() == {
        "years": [2565, 2566],
        "paths": [2565],
        "month": 2,
        "latest": "65",
    }


def test_past_years_teach_how_a_year_goes_on() -> None:
    late = {8: Decimal(40), 12: Decimal(100)}  # most of the work comes at the year's end
    years = [PastYear(year, Decimal(100), late) for year in range(2562, 2567)]
    case = {"targets": (Decimal(95), Decimal(100), Decimal(110)), "rule": "sum"}

    taught = projected(years, {8: Decimal(41)}, **case)
    untaught = projected(past("100"), {8: Decimal(41)}, **case)

    assert Decimal(98) < taught.middle < Decimal(105)
    assert taught.miss < Decimal("0.3") < untaught.miss


def test_a_month_that_was_not_reported_in_a_past_year_lies_between_its_neighbours() -> None:
    full = {m: Decimal(m * 8) for m in range(1, 13)}
    gaps = {m: value for m, value in full.items() if m not in (7, 8)}
    case = {"rule": "sum", "targets": TARGETS}

    assert projected([PastYear(2566, Decimal(96), gaps)], {8: Decimal(60)}, **case) == projected(
        [PastYear(2566, Decimal(96), full)], {8: Decimal(60)}, **case
    )


def test_a_year_that_breaks_with_the_past_is_believed() -> None:
    """Nine a month for eight months leads to more than the 75 of last year, and not to 75."""
    better = projected(past("70", "72", "75"), {8: Decimal(72)}, rule="sum")
    worse = projected(past("70", "72", "75"), {8: Decimal(25)}, rule="sum")

    assert (better.middle > 90, better.miss < Decimal("0.3")) == (True, True)
    assert (worse.middle < 70, worse.miss > Decimal("0.7")) == (True, True)


def test_what_is_reached_cannot_be_lost_where_values_only_add_up() -> None:
    over = projected(past("100"), months("50", "81"), rule="sum")
    spent = projected(
        past("1"),
        months("1", "3"),
        rule="sum",
        direction="lower",
        targets=(Decimal(2), Decimal(1), Decimal(0)),
    )

    assert (over.miss, over.low >= 81) == (0, True)
    assert (spent.miss, spent.low >= 3) == (1, True)


def test_a_year_of_no_cases_after_years_of_none_is_likely_to_stay_so() -> None:
    none = projected(
        past("0", "0", "0", "0"),
        {8: Decimal(0)},
        rule="sum",
        direction="lower",
        targets=(Decimal(2), Decimal(1), Decimal(0)),
        level=3,
    )

    assert (none.middle, none.low, none.miss < Decimal("0.25")) == (0, 0, True)


def test_a_hundred_per_cent_every_year_is_likely_again_until_a_month_belies_it() -> None:
    full = (Decimal(90), Decimal(95), Decimal(100))
    same = projected(past("100", "100", "100"), {}, targets=full, level=3)
    belied = projected(past("100", "100", "100"), {8: Decimal(92)}, targets=full, level=3)

    assert (same.middle, same.miss < Decimal("0.25")) == (100, True)
    assert belied.miss > Decimal("0.9")


@pytest.mark.parametrize("rule", ACCUMULATIONS)
def test_every_rule_of_accumulation_is_projected(rule: Any) -> None:
    projection = projected(past("80", "84"), months("20", "30", "40"), rule=rule)

    assert projection.low <= projection.middle <= projection.high


def test_lower_is_better_mirrors_higher_is_better() -> None:
    values = ("-10", "-12", "-11")
    higher = projected(
        past(*values), {6: Decimal(-11)}, targets=[Decimal(-12), Decimal(-11), Decimal(-10)]
    )
    mirrored = projected(
        past("10", "12", "11"),
        {6: Decimal(11)},
        direction="lower",
        targets=[Decimal(12), Decimal(11), Decimal(10)],
    )

    assert (higher.middle, higher.miss) == (-mirrored.middle, mirrored.miss)


NUMBER = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)


@settings(max_examples=150, deadline=None)
@given(
    values=st.lists(st.none() | NUMBER, max_size=6),
    path=st.dictionaries(st.integers(1, 12), NUMBER, max_size=8),
    targets=st.lists(NUMBER, min_size=1, max_size=3),
    direction=st.sampled_from(["higher", "lower"]),
    rule=st.sampled_from(ACCUMULATIONS),
)
def test_whatever_is_known_the_figures_are_in_order(
    values: Any, path: Any, targets: Any, direction: Any, rule: Any
) -> None:
    before = [PastYear(2560 + n, value, path) for n, value in enumerate(values)]
    projection = project(before, path, year=2567, direction=direction, targets=targets, rule=rule)

    if isinstance(projection, Unknown):
        assert not path
        assert all(value is None for value in values)
        return
    assert projection.low <= projection.middle <= projection.high
    assert 0 <= projection.miss <= 1
    assert all(
        one.as_tuple().exponent >= -4  # type: ignore[operator]
        for one in (projection.low, projection.middle, projection.high, projection.miss)
    )


def test_months_become_a_path_by_the_kpis_own_rule() -> None:
    days = {1: date(2023, 10, 1), 2: date(2023, 11, 1), 4: date(2024, 1, 1), 12: date(2024, 9, 1)}
    seen = [Month(days[4], Decimal(6)), Month(days[1], Decimal(4)), Month(days[2], Decimal(2))]
    options: Any = {"per": Decimal(100), "places": 2}

    assert path_of("sum", seen, **options) == {1: 4, 2: 6, 4: 12}
    assert path_of("last", seen, **options) == {1: 4, 2: 2, 4: 6}
    assert path_of("mean", seen, **options) == {1: 4, 2: 3, 4: 4}
    assert path_of("max", seen, **options) == {1: 4, 2: 4, 4: 6}
    parts = [
        Month(days[1], None, Decimal(0), Decimal(0)),
        Month(days[2], None, Decimal(1), Decimal(4)),
        Month(days[12], None, Decimal(2), Decimal(2)),
    ]
    assert path_of("ratio", parts, **options) == {2: 25, 12: 50}


AMOUNTS = st.decimals(-1000, 1000, places=2, allow_nan=False, allow_infinity=False)
ONE_MONTH = st.one_of(
    st.none(),
    st.builds(lambda value: {"value": value}, AMOUNTS),
    st.builds(lambda above, below: {"numerator": above, "denominator": below}, AMOUNTS, AMOUNTS),
    st.just({}),
)


@given(
    figures=st.lists(ONE_MONTH, max_size=12),
    how=st.sampled_from(ACCUMULATIONS),
    per=st.sampled_from([Decimal(1), Decimal(100)]),
)
def test_a_path_is_what_accumulating_gives_after_each_month(
    figures: list[dict[str, Decimal] | None], how: How, per: Decimal
) -> None:
    seen = [
        Month(date(2023 + (place > 2), (place + 9) % 12 + 1, 1), **one)
        for place, one in enumerate(figures)
        if one is not None
    ]
    expected = {}
    for count, month_row in enumerate(seen, start=1):
        so_far = accumulate(how, seen[:count], per=per, places=4)
        if so_far is not None and (
            month_row.value is not None or month_row.denominator is not None
        ):
            expected[(month_row.month.month - 10) % 12 + 1] = f"{so_far.value:f}"
    path = path_of(how, seen[::-1], per=per, places=4)

    assert {month: f"{value:f}" for month, value in path.items()} == expected
