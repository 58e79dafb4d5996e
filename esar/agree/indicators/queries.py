"""Reads of indicators: OPDC's list and the newest of each."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from esar.agree.indicators.models import IndicatorVersion
from esar.law.rules.book import Rule
from esar.law.rules.kinds import KpiList, Statement
from esar.platform.ui import books

# What OPDC's list says of a KPI; targets, baseline, owner and links are each body's.
LISTED = (
    "name",
    "method",
    "unit",
    "direction",
    "accumulation",
    "per",
    "definition",
    "formula",
    "scope",
    "conditions",
    "data_source",
    "collection",
)


def listed_for(year: int) -> QuerySet[IndicatorVersion]:
    """OPDC's list of a fiscal year, every version of it."""
    return (
        IndicatorVersion.objects.filter(indicator__body=None, fiscal_year=year)
        .exclude(indicator__listed_as="")
        .select_related("indicator")
    )


def library(*, body: int | None = None, year: int | None = None) -> QuerySet[IndicatorVersion]:
    """The newest version of each indicator: OPDC's list and, with `body`, its own alone.

    With `year` OPDC's list is that year's: what it lists for another may not be taken for it.
    """
    versions = IndicatorVersion.objects.filter(indicator=OuterRef("indicator"))
    if year is not None:
        versions = versions.filter(Q(indicator__body__isnull=False) | Q(fiscal_year=year))
    newest = versions.order_by("-number").values("pk")[:1]
    newest_versions = IndicatorVersion.objects.filter(pk=Subquery(newest))
    newest_versions = newest_versions.filter(indicator__rule_id="")
    if body is not None:
        newest_versions = newest_versions.filter(Q(indicator__body=body) | Q(indicator__body=None))
    return newest_versions.select_related("indicator__body")


def lists_of(year: int) -> list[Rule[Statement] | Rule[KpiList]]:
    """The lists of KPIs that a year's rules give bodies to choose from. No query."""
    book = books.book(year)
    if book is None:
        return []
    rules = book.on(book.year.last_day)
    lists: list[Rule[Statement] | Rule[KpiList]] = [
        *rules.of_kind(Statement),
        *rules.of_kind(KpiList),
    ]
    return [rule for rule in lists if rule.id.endswith("-kpis")]


def listed_for_others(year: int, body_kind: str) -> Q:
    """OPDC's indicators that stand on a list which the year's rules give another kind of body."""
    condition = Q(pk__in=())
    for rule in lists_of(year):
        if body_kind not in rule.entry.bodies:
            condition |= Q(indicator__listed_as__startswith=f"{rule.id}/")
    return condition & Q(indicator__body=None)
