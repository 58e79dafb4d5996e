"""A result drawn against the targets of its round."""

from __future__ import annotations

from decimal import Decimal

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.past_years import last_year
from esar.platform.charts.bullet import Bullet, bullet
from esar.platform.charts.figures import Figure, Missing, figure_of
from esar.report.reports.content import Line


def bullet_of(line: Line) -> Bullet | None:
    """The figure of a KPI beside its targets and its last year; None where there is no ladder."""
    if line.kpi.method != IndicatorVersion.Method.LADDER or line.by_quarter or not line.targets:
        return None
    return bullet(
        [Decimal(target) for target in line.targets],
        figure_of(line.achieved, Missing.NOT_REPORTED),
        last=_last_year(line),
        is_lower_better=line.kpi.direction == "lower",
    )


def _last_year(line: Line) -> Figure:
    """What the year before came to, as the scorecard says; the round's own targets have none."""
    year = line.claim.report.scorecard.fiscal_year
    return Missing.NONE if line.is_held_to_the_round else last_year(line.kpi, year)
