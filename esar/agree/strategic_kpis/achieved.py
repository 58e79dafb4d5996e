"""What strategic KPIs came to, year by year, and what their hosts still owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from esar.agree.strategic_kpis.models import StrategicKpi, StrategicResult
from esar.agree.strategic_kpis.states import ResultState, StrategicState
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Round, StrategicKpis
from esar.platform.calendars.queries import entries
from esar.platform.charts.dumbbell import Dumbbells, Pair, dumbbells
from esar.platform.charts.figures import figure_of
from esar.platform.organisations.models import Body
from esar.platform.ui import books

TOLD, LATE, DUE, NOT_YET, UNMEASURED = STANDINGS = ("told", "late", "due", "not_yet", "unmeasured")


def strategic_law(year: int) -> Rule[StrategicKpis] | None:
    """What a year's rules say in the end of strategic KPIs; None where it has none."""
    book = books.book(year)
    return book.on(book.year.last_day).the(StrategicKpis) if book else None


def round_of_results(year: int) -> Rule[Round] | None:
    """The round with which hosts report; None where the year has no strategic KPIs."""
    law, book = strategic_law(year), books.book(year)
    return book.on(book.year.last_day).get(law.value.reported_in, Round) if law and book else None


def due_on(year: int) -> date | None:
    """The last day to report a year's results, as extended for all. One query."""
    rule = round_of_results(year)
    ids = (rule.id, f"report-due.{rule.id.removeprefix('round.')}") if rule else ()
    return next((line.last for line in entries(year) if line.id in ids), None)


@dataclass(frozen=True)
class Duty:
    """What a host owes of a strategic KPI for a year, and what it reported."""

    strategic: StrategicKpi
    year: int
    due: date | None
    result: StrategicResult | None
    standing: str  # one of STANDINGS

    @property
    def host(self) -> Body:
        return self.strategic.host

    @property
    def target(self) -> Decimal | None:
        return self.strategic.target_in(self.year)


def duties(year: int, day: date) -> list[Duty]:
    """Every strategic KPI in force, with what is owed of it for a year. Three queries."""
    rule = round_of_results(year)
    if rule is None:
        return []
    rows = StrategicKpi.objects.filter(state=StrategicState.IN_FORCE, fiscal_year__lte=year)
    strategic_kpis = list(rows.select_related("host"))
    due = due_on(year)
    live = StrategicResult.objects.filter(fiscal_year=year).exclude(
        state__in=(ResultState.RETURNED, ResultState.DROPPED)
    )
    results = {row.strategic_id: row for row in live}
    return [
        Duty(row, year, due, result, _standing(row, result, year, rule, due, day))
        for row in strategic_kpis
        for result in [results.get(row.pk)]
    ]


def owed_by(host: Body, year: int) -> QuerySet[StrategicKpi]:
    """A host's strategic KPIs in force that it has begun no report of for a year. One query."""
    live = StrategicResult.objects.filter(fiscal_year=year, body=host).exclude(
        state__in=(ResultState.RETURNED, ResultState.DROPPED)
    )
    rows = StrategicKpi.objects.filter(host=host, state=StrategicState.IN_FORCE)
    return rows.filter(fiscal_year__lte=year).exclude(pk__in=live.values("strategic"))


def _standing(
    strategic: StrategicKpi,
    result: StrategicResult | None,
    year: int,
    rule: Rule[Round],
    due: date | None,
    day: date,
) -> str:
    if result is not None and result.state != ResultState.DRAFT:
        return TOLD
    if strategic.target_in(year) is None:
        return UNMEASURED
    if day <= rule.value.last:
        return NOT_YET
    return LATE if due is not None and due < day else DUE


@dataclass(frozen=True)
class YearOf:
    """A strategic KPI in one year: its target or why none, what it came to, whether it is scored.

    `scored` is None where the year has no rules.
    """

    year: int
    target: Decimal | None
    why: str
    result: StrategicResult | None
    reached: bool | None
    scored: bool | None


def progress_of(strategic: StrategicKpi, *, also_sent: bool) -> list[YearOf]:
    """Its years with target and result. One query; `also_sent`: those not released yet too."""
    states = [ResultState.RELEASED, *([ResultState.SENT] if also_sent else [])]
    rows = StrategicResult.objects.filter(strategic=strategic, state__in=states)
    results = {row.fiscal_year: row for row in rows}
    years = [row["year"] for row in strategic.targets]
    return [_year_of(strategic, year, results.get(year)) for year in years]


def drawing_of(progress: Sequence[YearOf], direction: str) -> Dumbbells:
    """Its years, each with its target and what it came to; right is better."""
    pairs = [
        Pair(
            str(row.year),
            figure_of(row.target),
            figure_of(row.result.value if row.result else None),
        )
        for row in progress
    ]
    return dumbbells(pairs, is_lower_better=direction == "lower")


def _year_of(strategic: StrategicKpi, year: int, result: StrategicResult | None) -> YearOf:
    target, law = strategic.target_in(year), strategic_law(year)
    return YearOf(
        year,
        target,
        strategic.why_not_in(year),
        result,
        reached=_reached(strategic.direction, target, result),
        scored=law.value.scored if law else None,
    )


def _reached(direction: str, target: Decimal | None, result: StrategicResult | None) -> bool | None:
    """Whether the target is reached; None where there is no target or no result."""
    if target is None or result is None:
        return None
    return result.value >= target if direction == "higher" else result.value <= target
