"""What KPIs have come to so far, by their months and by the reports that were sent in."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from esar.agree.changes.frozen import KnownFigure
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import items_from_json
from esar.agree.scorecards.models import Scorecard
from esar.law.rules.numbers import trimmed
from esar.law.rules.years import FiscalYear
from esar.report.reports.content import accumulated
from esar.report.reports.models import Claim
from esar.report.reports.queries import agreed, months_of, rounds_of
from esar.report.reports.states import ClaimStatus

Figures = dict[tuple[int, str], dict[date, Decimal]]
ItemFigures = dict[tuple[int, str], dict[date, dict[str, Decimal]]]


def reported_figures(scorecards: Iterable[Scorecard]) -> Figures:
    """(scorecard, KPI number) → the last day of a round → what was sent in of it. One query.

    What does not apply, or was not measured, is no figure.
    """
    cards = {card.pk: card for card in scorecards}
    rows = Claim.objects.filter(
        report__scorecard__in=cards, report__sent__gte=1, status=ClaimStatus.REPORTED
    ).exclude(actual=None)
    values = rows.values_list("report__scorecard", "report__round_id", "number", "actual")
    figures: Figures = {}
    for card, round_id, number, actual in values.order_by():
        day = last_day(cards[card], round_id)
        if day is not None and actual is not None:
            figures.setdefault((card, number), {})[day] = actual
    return figures


def last_day(scorecard: Scorecard, round_id: str) -> date | None:
    """The last day of a round; None where the year has no such round any more."""
    rule = rounds_of(rules_of(scorecard)[1]).get(round_id)
    return rule.value.last if rule else None


def known_of(scorecard: Scorecard, number: str) -> list[KnownFigure]:
    """What months and reports say of one KPI of a scorecard in force."""
    reported = reported_figures([scorecard]).get((scorecard.pk, number), {})
    figures = [
        KnownFigure(source="report", value=f"{trimmed(value):f}", until=day.isoformat())
        for day, value in reported.items()
    ]
    return figures + _of_months(scorecard, number) + _of_items(scorecard, number)


def _of_items(scorecard: Scorecard, number: str) -> list[KnownFigure]:
    """What was sent in of each item of a weighted average."""
    return figures_of_items(reported_items([scorecard]).get((scorecard.pk, number), {}), "report")


def figures_of_items(
    results: Mapping[date, Mapping[str, Decimal]], source: Literal["report", "assessment", "result"]
) -> list[KnownFigure]:
    """What rounds say of items, as known figures."""
    return [
        KnownFigure(source=source, value=f"{result:f}", until=day.isoformat(), item=item)
        for day, items in results.items()
        for item, result in items.items()
    ]


def reported_items(scorecards: Iterable[Scorecard]) -> ItemFigures:
    """(scorecard, KPI number) → the last day of a round → item id → its result. One query."""
    cards = {card.pk: card for card in scorecards}
    rows = Claim.objects.filter(
        report__scorecard__in=cards, report__sent__gte=1, items__isnull=False
    )
    values = rows.values_list("report__scorecard", "report__round_id", "number", "items")
    figures: ItemFigures = {}
    for card, round_id, number, items in values.order_by():
        day = last_day(cards[card], round_id)
        if day is not None:
            figures.setdefault((card, number), {})[day] = items_from_json(items)
    return figures


def _of_months(scorecard: Scorecard, number: str) -> list[KnownFigure]:
    year = FiscalYear(scorecard.fiscal_year)
    months = months_of(scorecard, year.first_day, year.last_day, number).get(number, [])
    kpi = agreed(scorecard).agreed.kpi(number)
    whole = accumulated(kpi, months, rules_of(scorecard)[1]) if kpi else None
    if whole is None:
        return []
    newest = max(month.month for month in months)
    until = newest.replace(day=calendar.monthrange(newest.year, newest.month)[1])
    value = f"{trimmed(whole.value):f}"
    return [KnownFigure(source="months", value=value, until=until.isoformat())]
