"""Reads of the KPIs that provinces choose from OPDC's list of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.indicators.queries import library
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.queries import visible_scorecards
from esar.law.rules.book import Rules
from esar.law.rules.kinds import KpiList
from esar.platform.organisations.models import Body
from esar.platform.ui import books

LIST = "province-kpis"  # the rulebook's list of what provinces choose from
OF_THE_LIST = {"template__indicator__listed_as__startswith": f"{LIST}/"}


def listed_kpis(rules: Rules) -> Mapping[str, KpiList.Kpi]:
    """The KPIs of the list by their ids, in its order."""
    rule = rules.get(LIST, KpiList)
    return {item.id: item for item in rule.value.items} if rule else {}


def listed_in(year: int | None) -> Mapping[str, KpiList.Kpi]:
    """The same of a year, by its last day."""
    book = books.book(year) if year else None
    return listed_kpis(book.on(book.year.last_day)) if book else {}


def item_of(version: IndicatorVersion) -> str:
    """Which of the list's KPIs an indicator is, or was taken from; "" where it is none of them."""
    name, _, item = version.indicator.listed_as.partition("/")
    return item if name == LIST else ""


def listed_versions(year: int) -> dict[str, IndicatorVersion]:
    """The list's KPIs as anyone may take them, by their ids. One query."""
    rows = library(year=year).filter(indicator__body=None)
    return {item: version for version in rows if (item := item_of(version))}


def scorecards_of_provinces(year: int) -> dict[str, Scorecard]:
    """Those of a year by the codes of the provinces. One query."""
    rows = Scorecard.objects.filter(fiscal_year=year, body__kind=Body.Kind.PROVINCE)
    return {card.body.code: card for card in rows.select_related("body__parent")}


def chosen_kpis(person: Any, day: date) -> QuerySet[Kpi]:
    """What provinces have chosen, as far as a person may see their scorecards: of every state."""
    cards = visible_scorecards(person, day).filter(body__kind=Body.Kind.PROVINCE)
    kpis = Kpi.objects.filter(scorecard__in=cards, cancelled="", **OF_THE_LIST)
    return kpis.select_related("template__indicator", "scorecard__body")
