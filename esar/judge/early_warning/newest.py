"""The newest that is known of KPIs: months, what was sent in, assessed and released."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import Outcome, agreed_kpi, result_of
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.assessments.achieved import judged_figures, judged_items
from esar.judge.results.queries import released
from esar.law.forecasting.paths import month_number
from esar.law.rules.numbers import round_ratio
from esar.law.scoring.facts import Items
from esar.law.scoring.indicators import by_items
from esar.report.reports.achieved import last_day, reported_figures, reported_items

Points = dict[tuple[int, str], dict[int, Decimal]]


def known_points(cards: Sequence[Scorecard]) -> Points:
    """(scorecard, KPI number) → month 1 (October) to 12 → where the year stood by a report.

    What was released overrules what an assessor judged, and that what was sent in. Where a level
    found that there is no result, there is none. Three queries.
    """
    points: Points = {}
    for key, reported in reported_figures(cards).items():
        points[key] = {month_number(day): value for day, value in reported.items()}
    for key, judged in judged_figures(cards).items():
        of_kpi = points.setdefault(key, {})
        for day, value in judged.items():
            _put(of_kpi, month_number(day), value)
    for key, month, result in _released(cards):
        if "actual" in result:
            actual = result["actual"]
            value = None if actual is None else Decimal(str(actual))
            _put(points.setdefault(key, {}), month, value)
    return points


def known_averages(kpis: Sequence[Kpi]) -> Points:
    """(scorecard, KPI number) → month → the points of a weighted average by its newest results.

    Three queries; none where there is no such KPI.
    """
    averages = {
        (kpi.scorecard_id, kpi.number): kpi
        for kpi in kpis
        if kpi.template.method == IndicatorVersion.Method.ITEMS
    }
    cards = {kpi.scorecard_id: kpi.scorecard for kpi in averages.values()}
    if not cards:
        return {}
    results: dict[tuple[int, str], dict[int, Mapping[str, Decimal]]] = {}
    for figures in (reported_items(cards.values()), judged_items(cards.values())):
        for key, by_day in figures.items():
            of_kpi = results.setdefault(key, {})
            of_kpi |= {month_number(day): items for day, items in by_day.items()}
    for key, month, result in _released(cards.values()):
        if "items" in result:
            actuals = {item["id"]: item["actual"] for item in result["items"]}
            released_items = {name: Decimal(actual) for name, actual in actuals.items() if actual}
            results.setdefault(key, {})[month] = released_items
    return {
        key: {month: _points(kpi, items) for month, items in results.get(key, {}).items() if items}
        for key, kpi in averages.items()
    }


def _points(kpi: Kpi, items: Mapping[str, Decimal]) -> Decimal:
    """What the items come to in the year's points, not reported ones as the rules have them."""
    _, rules = rules_of(kpi.scorecard)
    result = result_of(agreed_kpi(kpi), (), Outcome(items=items))
    assert isinstance(result, Items)
    ratio, _ = by_items(result, rules, kpi.template.unit)
    return round_ratio(ratio.numerator, ratio.denominator, rules.rounding("kpi_points"))


def _put(of_kpi: dict[int, Decimal], month: int, value: Decimal | None) -> None:
    if value is None:
        of_kpi.pop(month, None)
    else:
        of_kpi[month] = value


def _released(
    cards: Iterable[Scorecard],
) -> Iterable[tuple[tuple[int, str], int, Mapping[str, Any]]]:
    """What was released of rounds of these scorecards' own years. One query."""
    by_body = {(card.body_id, card.fiscal_year): card for card in cards}
    rows = (
        released()
        .filter(body__in={body for body, _ in by_body}, fiscal_year__in={y for _, y in by_body})
        .order_by("pk")
        .values_list("body", "fiscal_year", "round_id", "explanation__kpis")
    )
    for body, year, round_id, kpis in rows:
        card = by_body.get((body, year))
        day = last_day(card, round_id) if card else None
        if card is None or day is None:
            continue
        for kpi in kpis or ():
            yield (card.pk, str(kpi["id"])), month_number(day), kpi.get("result") or {}
