"""A body's KPIs as its page shows them: targets, what came of them, what it was a year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.models import ScorecardVersion
from esar.judge.results.models import Result
from esar.platform.charts.bullet import Bullet, bullet
from esar.platform.charts.figures import Figure, Missing, figure_of
from esar.report.reports.content import Line, Sheet
from esar.report.reports.states import ReportState
from esar.show.public.standings.facts import KpiFact

Last = Mapping[tuple[str, str], Figure]  # (name, unit) → the figure of the year before


@dataclass(frozen=True)
class HubKpi:
    """A KPI of a body: `drawing` where it has targets; `actual` and `points` as they are known."""

    number: str
    name: str
    unit: str
    weight: Decimal | None
    targets: tuple[Decimal, ...]
    actual: Figure
    last: Figure
    points: Decimal | None = None
    is_lower_better: bool = False
    href: str = ""

    @property
    def drawing(self) -> Bullet | None:
        """What came of it on the bands of its targets."""
        if not self.targets:
            return None
        return bullet(
            self.targets,
            self.actual,
            last=self.last,
            is_lower_better=self.is_lower_better,
            label=self.name,
            unit=self.unit,
        )

    @property
    def is_reached(self) -> bool | None:
        """Whether the middle target was reached; None where one of the two is missing."""
        if not self.targets or not isinstance(self.actual, Decimal):
            return None
        standard = self.targets[len(self.targets) // 2]
        return self.actual <= standard if self.is_lower_better else self.actual >= standard


def of_result(result: Result, facts: Iterable[KpiFact], last: Last) -> list[HubKpi]:
    """The KPIs of a released result, each leading to its part of the result's page."""
    address = reverse(
        "public:scorecard", args=[result.fiscal_year, result.round_id, result.body.code]
    )
    return [
        HubKpi(
            fact.number,
            fact.name,
            fact.unit,
            fact.weight,
            fact.targets,
            fact.actual,
            last.get((fact.name, fact.unit), Missing.NONE),
            fact.points,
            fact.is_lower_better,
            f"{address}#kpi-{fact.number}",
        )
        for fact in facts
    ]


def of_sheet(sheet: Sheet, last: Last) -> list[HubKpi]:
    """The KPIs of a report as it stands, each leading to its page in the report."""
    return [_of_line(line, sheet, last) for line in sheet.lines if not line.kpi.cancelled]


def _of_line(line: Line, sheet: Sheet, last: Last) -> HubKpi:
    is_sent = sheet.report.state == ReportState.SUBMITTED
    silence = "not_reported" if is_sent else "none"  # of a draft nothing is said yet
    actual = figure_of(
        line.achieved if line.is_due else None, silence if line.is_due else "not_due"
    )
    is_known = is_sent or line.says_something
    return HubKpi(
        **_agreed(line.kpi, last),
        targets=tuple(map(Decimal, line.targets)),
        actual=actual,
        points=line.scored.points if line.scored and is_known else None,
        href=reverse("reports:report-claim", args=[sheet.report.pk, line.number]),
    )


def of_agreement(version: ScorecardVersion, last: Last) -> list[HubKpi]:
    """The KPIs as they were agreed, where nothing that came of them may be seen yet."""
    return [
        HubKpi(**_agreed(kpi, last), targets=tuple(map(Decimal, kpi.targets)), actual=Missing.NONE)
        for kpi in version.agreed.kpis
        if not kpi.cancelled
    ]


def _agreed(kpi: AgreedKpi, last: Last) -> dict[str, Any]:
    return {
        "number": kpi.number,
        "name": kpi.name,
        "unit": kpi.unit,
        "weight": None if kpi.weight is None else Decimal(kpi.weight),
        "last": last.get((kpi.name, kpi.unit), Missing.NONE),
        "is_lower_better": kpi.direction == "lower",
    }
