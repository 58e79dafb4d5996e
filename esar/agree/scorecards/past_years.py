"""What a KPI came to in earlier years, as its scorecard says it: measured as this year's is."""

from __future__ import annotations

from esar.agree.scorecards.frozen import AgreedKpi
from esar.platform.charts.figures import Figure, figure_of
from esar.platform.charts.spark import Spark, Year, spark


def last_year(kpi: AgreedKpi, year: int) -> Figure:
    """What it came to in the year before `year`; `Missing.NONE` where nobody says."""
    values = {past.year: past.value for past in kpi.baseline}
    return figure_of(values.get(year - 1))


def years_before(kpi: AgreedKpi) -> Spark | None:
    """Its earlier years as a line, the oldest first; None where fewer than two are told."""
    past = sorted(kpi.baseline, key=lambda one: one.year)
    return spark([Year(one.year, figure_of(one.value)) for one in past]) if len(past) > 1 else None
