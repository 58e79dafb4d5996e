"""What must hold for every result, not only for the cases that we thought of."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.law.rules.kinds import Grades, Ladder, Total
from esar.law.rules.reading import years_in
from esar.law.scoring.facts import Direction, Measured
from esar.law.scoring.indicators import on_ladder
from esar.law.scoring.scorecard import grade_for
from tests.law.scoring.make import book, card_2567, kpi_of, scored
from tests.law.scoring.reference import ladder_points

figures = st.decimals(min_value=-(10**6), max_value=10**6, places=2)
directions: st.SearchStrategy[Literal["higher", "lower"]] = st.sampled_from(["higher", "lower"])


@st.composite
def ladders(draw: st.DrawFn, levels: int = 3) -> tuple[Direction, tuple[Decimal, ...]]:
    targets = sorted(draw(st.sets(figures, min_size=levels, max_size=levels)))
    direction = draw(directions)
    return direction, tuple(targets if direction == "higher" else reversed(targets))


def points(direction: Direction, targets: tuple[Decimal, ...], actual: Decimal) -> Decimal:
    return kpi_of(scored(card_2567(Measured(direction, targets, actual))), "1").points or Decimal(0)


@given(ladders(), figures)
def test_points_agree_with_an_independent_reference_in_fractions(ladder, actual) -> None:  # type: ignore[no-untyped-def]
    direction, targets = ladder
    levels = [Fraction(50), Fraction(75), Fraction(100)]
    expected = ladder_points([*map(Fraction, targets)], levels, Fraction(0), Fraction(actual))

    assert Fraction(points(direction, targets, actual)) == expected


@given(ladders(), figures, figures)
def test_a_better_result_never_scores_less(ladder, first, second) -> None:  # type: ignore[no-untyped-def]
    direction, targets = ladder
    worse, better = sorted((first, second), reverse=direction == "lower")

    assert points(direction, targets, worse) <= points(direction, targets, better)


@given(ladders(), figures)
def test_points_stay_on_the_scale(ladder, actual) -> None:  # type: ignore[no-untyped-def]
    value = points(*ladder, actual)

    assert value == 0 or 50 <= value <= 100


@given(ladders(levels=5), figures)
def test_five_levels_agree_with_the_reference_too(ladder, actual) -> None:  # type: ignore[no-untyped-def]
    direction, targets = ladder
    rules = book(2554).on(book(2554).year.last_day, "province")
    ratio, _ = on_ladder(Measured(direction, targets, actual), rules.of_kind(Ladder)[0])
    expected = ladder_points(
        [*map(Fraction, targets)], [Fraction(n) for n in range(1, 6)], Fraction(1), Fraction(actual)
    )

    assert round(Fraction(ratio.numerator) / Fraction(ratio.denominator) - expected, 3) == 0


@pytest.mark.parametrize("year", years_in(__import__("pathlib").Path("rulebook")))
def test_every_total_on_the_scale_has_exactly_one_grade(year: int) -> None:
    """Every step of 0.001 from 0 to the top of the scale, rounded as the year says."""
    from esar.law.rules.numbers import round_half_up

    a_book = book(year)
    for kind in a_book.body_kinds():
        rules = a_book.on(a_book.year.last_day, kind)
        bands = rules.of_kind(Grades)[0].value.bands
        top = int(rules.of_kind(Total)[0].value.scale) * 1000
        places = rules.rounding("total")
        for thousandths in range(top + 1):
            total = round_half_up(Decimal(thousandths).scaleb(-3), places)
            holding = [band.id for band in bands if band.least <= total <= band.most]
            assert len(holding) == 1, total
            assert grade_for(total, rules).id == holding[0]
