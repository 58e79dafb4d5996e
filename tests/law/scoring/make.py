"""Scorecards for tests, with as little said as each test needs."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.facts import Direction, Given, Kpi, Measured, Result, Scorecard
from esar.law.scoring.scorecard import KpiScore, Score, score


@cache
def book(year: int = 2567) -> Rulebook:
    return read_rulebook(Path("rulebook"), year)


def measured(targets: str, actual: str | None, direction: Direction = "higher") -> Measured:
    """`measured("26 23 20", "24", "lower")`."""
    ladder = tuple(Decimal(target) for target in targets.split())
    return Measured(direction, ladder, None if actual is None else Decimal(actual))


def card_2567(
    result: Result,
    *,
    weight: str = "70",
    digital: str | None = "100",
    pmqa: str | None = "100",
    round_id: str = "12m",
    more: tuple[Kpi, ...] = (),
) -> Scorecard:
    """One KPI under test (id "1") beside the two fixed ones of the potential base."""
    kpis = (
        Kpi("1", "performance", Decimal(weight), result),
        *more,
        Kpi("2.1", "digital", Decimal(20), given(digital)),
        Kpi("2.2", "pmqa", Decimal(10), given(pmqa)),
    )
    return Scorecard(2567, "department", "กรมทดสอบ", round_id, kpis)


def given(score: str | None) -> Given:
    return Given(None if score is None else Decimal(score))


def scored(card: Scorecard) -> Score:
    return score(card, book(card.year))


def kpi_of(card_score: Score, name: str) -> KpiScore:
    return next(kpi for kpi in card_score.kpis if kpi.kpi.id == name)
