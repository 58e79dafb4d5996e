"""What KPIs came to by the results that were released, whatever corrected them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from esar.agree.changes.frozen import KnownFigure
from esar.agree.scorecards.models import Scorecard
from esar.judge.results.queries import released
from esar.law.rules.numbers import trimmed
from esar.report.reports.achieved import figures_of_items, last_day


def released_results(
    cards: Iterable[Scorecard],
) -> Iterator[tuple[tuple[int, str], date, Mapping[str, Any]]]:
    """((scorecard, KPI number), the round's last day, the result) of what was released.

    Of rounds of the scorecards' own years, in the order of release. One query.
    """
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
            yield (card.pk, str(kpi["id"])), day, kpi.get("result") or {}


def items_in(result: Mapping[str, Any]) -> dict[str, Decimal]:
    """Item id → its result, of those that have one."""
    actuals = {item["id"]: item["actual"] for item in result["items"]}
    return {item: Decimal(actual) for item, actual in actuals.items() if actual}


def known_of(scorecard: Scorecard, number: str) -> list[KnownFigure]:
    """What one KPI, or each of its items, came to by the released results of its year."""
    figures: list[KnownFigure] = []
    for (_, of_kpi), day, result in released_results([scorecard]):
        actual = result.get("actual")
        if of_kpi == number and actual is not None:
            value = f"{trimmed(Decimal(str(actual))):f}"
            figures.append(KnownFigure(source="result", value=value, until=day.isoformat()))
        elif of_kpi == number and "items" in result:
            figures += figures_of_items({day: items_in(result)}, "result")
    return figures
