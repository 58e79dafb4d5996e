"""Which KPI of each body a set's values are for, and so what a value may be."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from esar.agree.indicators.models import Indicator
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.models import ScorecardVersion
from esar.law.rules.owners import rule_for
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.report.central_data.data_sets.queries import DataSet


def kpis_of_set(data_set: DataSet, bodies: Iterable[Body]) -> dict[int, AgreedKpi]:
    """Body id → its KPI in force that the set is for; without those that have none. Two queries."""
    book = books.book(data_set.year)
    if book is None:
        return {}
    newest = ScorecardVersion.objects.filter(scorecard=OuterRef("scorecard")).order_by("-number")
    versions = ScorecardVersion.objects.filter(
        scorecard__fiscal_year=data_set.year,
        scorecard__body__in=[body.pk for body in bodies],
        number=Subquery(newest.values("number")[:1]),
    ).select_related("scorecard__body")
    listed_as = dict(
        Indicator.objects.exclude(listed_as="").values_list("code", "listed_as")
        if data_set.rule.value.listed
        else ()
    )
    by_body = {}
    for version in versions:
        body = version.scorecard.body
        rules = book.on(book.year.last_day, body.kind)
        for kpi in version.agreed.kpis:
            item = listed_as.get(kpi.indicator, "")
            rule = rule_for(rules, kpi.component, item, data_set.round_id)
            if rule is not None and rule.id == data_set.rule_id:
                by_body[body.pk] = kpi
    return by_body
