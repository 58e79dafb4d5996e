"""Whether each KPI has reached its basic target by now, and how many have, by dimension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.early_warning.newest import known_averages
from esar.judge.early_warning.queries import paths_of, rule_of
from esar.law.forecasting.paths import MONTHS
from esar.law.rules.kinds import Ladder
from esar.law.rules.numbers import trimmed
from esar.law.rules.years import FiscalYear

DIMENSIONS = ("economic", "social", "environment", "")
BASIC = 1  # the level that is asked for where the year has no rule of warning


class Status(StrEnum):
    """Where a KPI stands against its basic target. Not reported is not failed."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NOT_REPORTED = "not_reported"
    NOT_MEASURED = "not_measured"  # by steps, plans or points that others give
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class KpiStatus:
    """One KPI with its newest figure, in its unit, and the month 1 to 12 that it is of.

    The figure of a weighted average, and what it is held against, are points.
    """

    kpi: Kpi
    status: Status
    value: Decimal | None = None
    month: int | None = None

    @property
    def pk(self) -> int:
        return self.kpi.pk

    @property
    def scorecard(self) -> Scorecard:
        return self.kpi.scorecard

    @property
    def of_month(self) -> date | None:
        """The first day of the month that the newest figure is of."""
        if self.month is None:
            return None
        first = FiscalYear(self.scorecard.fiscal_year).first_day
        number = (first.month + self.month - 2) % MONTHS + 1
        return date(first.year + (number < first.month), number, 1)

    @property
    def basic(self) -> str:
        """The target that it is held against; empty where there is none."""
        if _is_average(self.kpi):
            target = _target(self.kpi, BASIC)
            return "" if target is None else f"{trimmed(target):f}"
        return str(self.kpi.targets[0]) if self.kpi.targets else ""


def statuses_of(kpis: Sequence[Kpi]) -> list[KpiStatus]:
    """The KPIs in the order given, with their scorecards and templates. Four queries."""
    cards = {kpi.scorecard_id: kpi.scorecard for kpi in kpis}
    paths = paths_of(list(cards.values()), kpis) | known_averages(kpis)
    return [_status(kpi, paths.get((kpi.scorecard_id, kpi.number), {})) for kpi in kpis]


def _status(kpi: Kpi, path: dict[int, Decimal]) -> KpiStatus:
    if kpi.cancelled:
        return KpiStatus(kpi, Status.CANCELLED)
    target = _target(kpi, _level(kpi))
    if target is None:
        return KpiStatus(kpi, Status.NOT_MEASURED)
    if not path:
        return KpiStatus(kpi, Status.NOT_REPORTED)
    month = max(path)
    value = path[month]
    rises = _is_average(kpi) or kpi.template.direction == "higher"
    is_passed = value >= target if rises else value <= target
    return KpiStatus(kpi, Status.PASSED if is_passed else Status.NOT_PASSED, value, month)


def _is_average(kpi: Kpi) -> bool:
    return kpi.template.method == IndicatorVersion.Method.ITEMS


def _target(kpi: Kpi, level: int) -> Decimal | None:
    """The target of a level; of a weighted average the points of that level. None: not measured."""
    if _is_average(kpi):
        ladder = rules_of(kpi.scorecard)[1].the(Ladder)
        return ladder.value.points[level - 1] if ladder else None
    measured = kpi.template.method == IndicatorVersion.Method.LADDER
    return kpi.ladder[level - 1] if measured and len(kpi.targets) >= level else None


def _level(kpi: Kpi) -> int:
    rule = rule_of(kpi.scorecard.fiscal_year, kpi.scorecard.body.kind)
    return rule.value.level if rule else BASIC


@dataclass(frozen=True)
class CountLine:
    """How many KPIs of a dimension have each status; `dimension` is None for all of them."""

    dimension: str | None
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def counted(statuses: Iterable[KpiStatus]) -> list[CountLine]:
    """A line for each dimension that has KPIs, and one for all."""
    counts = Counter((row.kpi.template.dimension, row.status) for row in statuses)
    lines = [_line(dimension, counts) for dimension in DIMENSIONS]
    whole = {status.value: sum(line.counts[status] for line in lines) for status in Status}
    return [*(line for line in lines if line.total), CountLine(None, whole)]


def _line(dimension: str, counts: Counter[tuple[str, Status]]) -> CountLine:
    return CountLine(dimension, {one.value: counts[dimension, one] for one in Status})
