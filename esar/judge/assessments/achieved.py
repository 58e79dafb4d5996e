"""What KPIs came to in the eyes of the assessors, the highest level that judged them counting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from esar.agree.changes.frozen import KnownFigure
from esar.agree.scorecards.content import items_from_json
from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments.models import Judgement
from esar.judge.assessments.states import LEVELS
from esar.law.rules.numbers import trimmed
from esar.report.reports.achieved import ItemFigures, figures_of_items, last_day

Figures = dict[tuple[int, str], dict[date, Decimal | None]]


def judged_figures(scorecards: Iterable[Scorecard]) -> Figures:
    """(scorecard, KPI number) → the last day of a round → what was judged of it. One query.

    None where a level judged that it was not reported, or does not apply.
    """
    cards = {card.pk: card for card in scorecards}
    rows = Judgement.objects.filter(assessment__report__scorecard__in=cards).order_by()
    path = "assessment__report"
    values = rows.values_list(
        f"{path}__scorecard", f"{path}__round_id", "number", "level", "actual"
    )
    figures: Figures = {}
    for card, round_id, number, _, actual in sorted(values, key=_by_level):
        day = last_day(cards[card], round_id)
        if day is not None:
            figures.setdefault((card, number), {})[day] = actual
    return figures


def _by_level(row: tuple[int, str, str, str, object]) -> int:
    return LEVELS.index(row[3])


def known_of(scorecard: Scorecard, number: str) -> list[KnownFigure]:
    """What assessors made of one KPI, where it is not what was reported."""
    judged = judged_figures([scorecard]).get((scorecard.pk, number), {})
    return [
        KnownFigure(source="assessment", value=f"{trimmed(value):f}", until=day.isoformat())
        for day, value in judged.items()
        if value is not None
    ] + _of_items(scorecard, number)


def _of_items(scorecard: Scorecard, number: str) -> list[KnownFigure]:
    """What assessors made of each item of a weighted average."""
    return figures_of_items(judged_items([scorecard]).get((scorecard.pk, number), {}), "assessment")


def judged_items(scorecards: Iterable[Scorecard]) -> ItemFigures:
    """(scorecard, KPI number) → the last day of a round → item id → its result. One query.

    Nothing of a round in which a level judged that there is no result.
    """
    cards = {card.pk: card for card in scorecards}
    path = "assessment__report"
    rows = Judgement.objects.filter(assessment__report__scorecard__in=cards).order_by()
    values = rows.values_list(f"{path}__scorecard", f"{path}__round_id", "number", "level", "items")
    figures: ItemFigures = {}
    for card, round_id, number, _, items in sorted(values, key=_by_level):
        day = last_day(cards[card], round_id)
        if day is not None:
            figures.setdefault((card, number), {})[day] = items_from_json(items)
    return figures
