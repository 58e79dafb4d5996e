"""How far reports are filled in: what a list tells of each without reading any of them whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from esar.agree.indicators.models import Indicator, IndicatorVersion
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.models import ScorecardVersion
from esar.agree.scorecards.round_targets import bases_of
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Round
from esar.law.rules.owners import rule_for
from esar.report.reports.content import is_due
from esar.report.reports.models import Claim, Report
from esar.report.reports.queries import round_of
from esar.report.reports.states import ClaimStatus


@dataclass(frozen=True)
class Filled:
    """Of how many KPIs a report says something, of those that its body is to report on."""

    said: int
    asked: int

    @property
    def marks(self) -> list[bool]:
        """A mark for each KPI, those that say something first."""
        return [place < self.said for place in range(self.asked)]


def filled_of(reports: Iterable[Report]) -> dict[int, Filled]:
    """Report id → how far it is filled in. Three queries, however many reports.

    What another owner or the plan of activities tells is not the body's to fill in.
    """
    rows = list(reports)
    versions = _agreed(rows)
    spoken: dict[int, set[str]] = {}
    claims = Claim.objects.filter(report__in=rows).exclude(status=ClaimStatus.NOT_REPORTED)
    for report_id, number in claims.values_list("report", "number"):
        spoken.setdefault(report_id, set()).add(number)
    codes = {kpi.indicator for version in versions.values() for kpi in version.agreed.kpis}
    indicators = Indicator.objects.filter(code__in=codes).exclude(listed_as="")
    listed_as = dict(indicators.values_list("code", "listed_as"))
    own_numbers = {
        row.pk: _own_numbers(row, versions[row.scorecard_id], listed_as)
        for row in rows
        if row.scorecard_id in versions
    }
    return {
        pk: Filled(len(numbers & spoken.get(pk, set())), len(numbers))
        for pk, numbers in own_numbers.items()
    }


def _agreed(reports: Iterable[Report]) -> dict[int, ScorecardVersion]:
    """Scorecard id → its version in force. One query."""
    cards = {report.scorecard_id for report in reports}
    rows = ScorecardVersion.objects.filter(scorecard__in=cards).order_by("number")
    return {version.scorecard_id: version for version in rows}


def _own_numbers(
    report: Report, version: ScorecardVersion, listed_as: dict[str, str]
) -> frozenset[str]:
    """The KPIs that are due in the round and that the body itself reports on."""
    _, rules = rules_of(report.scorecard)
    bases = bases_of(version.agreed, report.scorecard.body.kind, report.round_id)
    round_rule: Rule[Round] = round_of(report)

    def is_own(kpi: AgreedKpi) -> bool:
        if kpi.method == IndicatorVersion.Method.PLAN:
            return False
        item = listed_as.get(kpi.indicator, "")
        central = rule_for(rules, kpi.component, item, report.round_id)
        return central is None and is_due(kpi, bases[kpi.number], round_rule, None)

    return frozenset(kpi.number for kpi in version.agreed.kpis if is_own(kpi))
