"""The newest that is known of KPIs: months, what was sent in, assessed and released."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments.achieved import judged_figures
from esar.judge.results.queries import released
from esar.law.forecasting.paths import month_number
from esar.report.reports.achieved import last_day, reported_figures

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
    for key, month, value in _released(cards):
        _put(points.setdefault(key, {}), month, value)
    return points


def _put(of_kpi: dict[int, Decimal], month: int, value: Decimal | None) -> None:
    if value is None:
        of_kpi.pop(month, None)
    else:
        of_kpi[month] = value


def _released(
    cards: Iterable[Scorecard],
) -> Iterable[tuple[tuple[int, str], int, Decimal | None]]:
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
            result = kpi.get("result") or {}
            if "actual" in result:
                actual = result["actual"]
                value = None if actual is None else Decimal(str(actual))
                yield (card.pk, str(kpi["id"])), month_number(day), value
