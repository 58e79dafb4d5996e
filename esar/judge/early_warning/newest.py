"""The newest that is known of KPIs: months, what was sent in, assessed and released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import Outcome, agreed_kpi, result_of
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.assessments.achieved import judged_figures, judged_items
from esar.judge.results.achieved import items_in, released_results
from esar.law.forecasting.paths import month_number
from esar.law.rules.numbers import round_ratio
from esar.law.scoring.facts import Items
from esar.law.scoring.indicators import by_items
from esar.report.reports.achieved import reported_figures, reported_items

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
    for key, day, result in released_results(cards):
        if "actual" in result:
            actual = result["actual"]
            value = None if actual is None else Decimal(str(actual))
            _put(points.setdefault(key, {}), month_number(day), value)
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
    for key, day, result in released_results(cards.values()):
        if "items" in result:
            results.setdefault(key, {})[month_number(day)] = items_in(result)
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
