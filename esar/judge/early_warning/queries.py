"""Reads: what a projection may look at, the outlook of every KPI, and the warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.content import kpis_of_many
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.queries import visible
from esar.agree.scorecards.states import State
from esar.judge.early_warning.models import EarlyWarning, Look, Measurement, Outlook
from esar.judge.early_warning.newest import Points, known_points
from esar.judge.early_warning.states import AT_THE_BODY, OPEN, UNDER_WAY, LookState
from esar.judge.results.queries import released
from esar.law.forecasting.paths import PastYear, Projection, Unknown, path_of
from esar.law.forecasting.projecting import project
from esar.law.rules import kinds
from esar.law.rules.book import Rule
from esar.law.scoring.accumulation import Month
from esar.platform.ui import books
from esar.report.reports.models import Progress

PLACES = 4  # decimals of a path: what a stored value has
ENOUGH = 30  # cases of one's own years from which their skill is worth showing
STUCK = timedelta(hours=1)  # the worker counts scorecards every few seconds


def rule_of(year: int, body_kind: str) -> Rule[kinds.EarlyWarning] | None:
    """When a body of this kind is warned in a year; None where the rules have no warning."""
    book = books.book(year)
    return book.on(book.year.last_day, body_kind).the(kinds.EarlyWarning) if book else None


def looked_at(year: int) -> QuerySet[Scorecard]:
    """The scorecards of a year that are in force, by body. One query."""
    scorecards = Scorecard.objects.filter(fiscal_year=year, state=State.IN_FORCE)
    return scorecards.select_related("body__parent").order_by("body__name_key")


@dataclass(frozen=True)
class Projected:
    """How one KPI looks: what is known of it, and where the year will end by that."""

    card: Scorecard
    kpi: Kpi
    rule: Rule[kinds.EarlyWarning]
    past: tuple[PastYear, ...]
    path: dict[int, Decimal]
    found: Projection | Unknown

    @property
    def warns(self) -> bool:
        """Whether the rules have it warned of."""
        projection, rule = self.found, self.rule.value
        return isinstance(projection, Projection) and bool(projection.miss >= rule.miss_at_least)

    @property
    def known(self) -> Projection | None:
        return self.found if isinstance(self.found, Projection) else None

    @property
    def reason(self) -> str:
        """The code of the sentence that says why there is no projection; empty where there is."""
        return self.found.reason if isinstance(self.found, Unknown) else ""

    def grounds(self) -> dict[str, Any]:
        """What the projection saw, kept as it was: later months do not change a warning."""
        basis = self.known.based_on.as_json() if self.known else {}
        return basis | {
            "past": [
                {"year": year.year, "value": f"{year.value:f}"}
                for year in self.past
                if year.value is not None
            ],
            "path": [[month, f"{self.path[month]:f}"] for month in sorted(self.path)],
            "rule": self.rule.id,
        }


def outlooks(cards: list[Scorecard]) -> list[Projected]:
    """Every measured KPI of the scorecards, projected. Eight queries, however many.

    Those without a rule of warning, cancelled, or scored by steps or by others are left out.
    """
    kpis_by_card = kpis_of_many(cards)
    paths = paths_of(cards, [kpi for card in cards for kpi in kpis_by_card[card.pk]])
    past = past_values([(card, kpi) for card in cards for kpi in kpis_by_card[card.pk]])
    projections = []
    for card in cards:
        rule = rule_of(card.fiscal_year, card.body.kind)
        for kpi in kpis_by_card[card.pk] if rule else ():
            measured = kpi.template.method == IndicatorVersion.Method.LADDER
            if rule and measured and not kpi.cancelled:
                path = paths[card.pk, kpi.number]
                years = past.get((card.body_id, kpi.template.indicator_id), ())
                projections.append(_outlook(card, kpi, rule, years, path))
    return projections


def _outlook(
    card: Scorecard,
    kpi: Kpi,
    rule: Rule[kinds.EarlyWarning],
    past: tuple[PastYear, ...],
    path: dict[int, Decimal],
) -> Projected:
    template = kpi.template
    direction: Any = template.direction
    how: Any = template.accumulation
    projection = project(
        past,
        path,
        year=card.fiscal_year,
        direction=direction,
        targets=kpi.ladder,
        level=rule.value.level,
        rule=how,
        bounds=rule.value.of_unit(template.unit),
    )
    return Projected(card, kpi, rule, past, path, projection)


def paths_of(cards: list[Scorecard], kpis: Iterable[Kpi]) -> Points:
    """(scorecard, KPI number) → its path this year: months, and what was reported over them.

    Four queries.
    """
    progress, points = _progress(cards), known_points(cards)
    keys = {(kpi.scorecard_id, kpi.number): kpi.template for kpi in kpis}
    return {
        key: _path(template, progress.get(key, [])) | points.get(key, {})
        for key, template in keys.items()
    }


def _path(template: IndicatorVersion, months: list[Month]) -> dict[int, Decimal]:
    how: Any = template.accumulation
    return path_of(how, months, per=Decimal(template.per), places=PLACES)


def _progress(cards: Iterable[Scorecard]) -> dict[tuple[int, str], list[Month]]:
    """(scorecard, KPI number) → its months. One query."""
    by_kpi: dict[tuple[int, str], list[Month]] = {}
    progress = Progress.objects.filter(scorecard__in=[card.pk for card in cards]).order_by()
    rows = progress.values_list(
        "scorecard", "number", "month", "value", "numerator", "denominator"
    )  # rows and no models: of the past there are hundreds of thousands
    for card, number, month, value, numerator, denominator in rows.iterator(chunk_size=5000):
        of_kpi = by_kpi.setdefault((card, number), [])
        of_kpi.append(Month(month, value, numerator, denominator))
    return by_kpi


def past_values(
    pairs: list[tuple[Scorecard, Kpi]],
) -> dict[tuple[int, int], tuple[PastYear, ...]]:
    """(body, indicator) → its past years, oldest first: values, targets and months.

    From the released results of earlier years; for years without one, from the template's
    baseline. An indicator is the same one in every year by its identity, whatever its number.
    Three queries.
    """
    bodies = {card.body_id for card, _ in pairs}
    indicators = {kpi.template.indicator_id for _, kpi in pairs}
    newest = max((card.fiscal_year for card, _ in pairs), default=0)
    earlier_kpis = _held_before(bodies, indicators, newest)
    actuals = _actuals(bodies, newest)
    months = _progress({kpi.scorecard for kpi in earlier_kpis})
    by_indicator: dict[tuple[int, int], dict[int, PastYear]] = {}
    for card, kpi in pairs:
        key = (card.body_id, kpi.template.indicator_id)
        for row in kpi.template.baseline:
            year = int(row["year"])
            by_indicator.setdefault(key, {})[year] = PastYear(year, Decimal(str(row["value"])))
    for kpi in earlier_kpis:
        year, body = kpi.scorecard.fiscal_year, kpi.scorecard.body_id
        key = (body, kpi.template.indicator_id)
        before = by_indicator.setdefault(key, {}).get(year)
        value = actuals.get((body, year), {}).get(kpi.number, before.value if before else None)
        path = _path(kpi.template, months.get((kpi.scorecard_id, kpi.number), []))
        by_indicator[key][year] = PastYear(year, value, path, kpi.ladder)
    return {key: tuple(years[one] for one in sorted(years)) for key, years in by_indicator.items()}


def _held_before(bodies: set[int], indicators: set[int], year: int) -> list[Kpi]:
    """The same indicators on the same bodies' scorecards of earlier years. One query."""
    kpis = Kpi.objects.filter(
        scorecard__body__in=bodies,
        template__indicator__in=indicators,
        scorecard__fiscal_year__lt=year,
        scorecard__state=State.IN_FORCE,
        cancelled="",
    )
    return list(
        kpis.select_related("scorecard", "template").only(
            "number",
            "targets",
            "scorecard__fiscal_year",
            "scorecard__body",
            "template__indicator",
            "template__accumulation",
            "template__per",
        )
    )


def _actuals(bodies: set[int], year: int) -> dict[tuple[int, int], dict[str, Decimal]]:
    """(body, year) → KPI number → what was released as reached in the whole year. One query."""
    rows = (
        released()
        .filter(body__in=bodies, fiscal_year__lt=year, round_id__in=books.last_rounds())
        .values_list("body", "fiscal_year", "explanation__kpis")
    )
    return {
        (body, fiscal_year): {
            str(kpi["id"]): Decimal(str(kpi["result"]["actual"]))
            for kpi in kpis or ()
            if kpi.get("result", {}).get("actual") is not None
        }
        for body, fiscal_year, kpis in rows
    }


def open_numbers(year: int) -> set[tuple[int, str]]:
    """(scorecard, KPI number) of every warning of a year that is not over. One query."""
    warnings = EarlyWarning.objects.filter(scorecard__fiscal_year=year, state__in=OPEN)
    return set(warnings.values_list("scorecard", "number"))


def looks(year: int) -> QuerySet[Look]:
    return Look.objects.filter(fiscal_year=year).select_related("by")


def newest_look(year: int) -> Look | None:
    """The look whose rows are kept. One query."""
    return looks(year).filter(state=LookState.DONE).order_by("-pk").first()


def under_way(year: int) -> Look | None:
    """The look that is asked for or being done. One query."""
    return looks(year).filter(state__in=UNDER_WAY).first()


def is_stuck(look: Look, at: datetime) -> bool:
    """Whether a look under way has stood still so long that its worker must be gone.

    A demo's day may also be moved back, hence either way.
    """
    return look.state in UNDER_WAY and abs(at - look.since) >= STUCK


@dataclass(frozen=True)
class Standing:
    """What a kept look means now: who would be warned, and who is already."""

    new: tuple[Outlook, ...]
    taken: frozenset[tuple[int, str]]  # (scorecard, KPI number) of every open warning
    warned_already: int  # how many of the look's are among those

    @cached_property
    def new_pks(self) -> frozenset[int]:
        return frozenset(row.pk for row in self.new)

    def means(self, row: Outlook) -> str:
        """What a row means now: to be warned of, warned of already, or changed since the look."""
        if not row.warns:
            return ""
        if row.pk in self.new_pks:
            return "to_warn"
        is_taken = (row.scorecard_id, row.number) in self.taken
        return "warned_already" if is_taken else "changed_since_look"


def standing(look: Look) -> Standing:
    """Of a look's rows those that would be warned of now. Three queries.

    Not what is warned of already, nor what is not in force any more as it was looked at: a
    scorecard that is open again, a KPI that was cancelled or has other targets.
    """
    year, open_kpis = look.fiscal_year, open_numbers(look.fiscal_year)
    kpis = Kpi.objects.filter(
        scorecard__fiscal_year=year,
        scorecard__state=State.IN_FORCE,
        cancelled="",
        template__method=IndicatorVersion.Method.LADDER,
    )
    now = {(card, no): had for card, no, had in kpis.values_list("scorecard", "number", "targets")}
    rows = Outlook.objects.filter(look=look, warns=True).select_related("scorecard__body")
    left = [row for row in rows if (row.scorecard_id, row.number) not in open_kpis]
    new = tuple(row for row in left if now.get((row.scorecard_id, row.number)) == row.targets)
    return Standing(new, frozenset(open_kpis), len(rows) - len(left))


def outlook_of(look: Look) -> QuerySet[Outlook]:
    """What a look saw of every KPI, in any order. One query."""
    rows = Outlook.objects.filter(look=look).defer("based_on")
    return rows.select_related("scorecard__body")


def reported_since(look: Look) -> bool:
    """Whether months were reported after a look was asked for. One query."""
    progress = Progress.objects.filter(
        scorecard__fiscal_year=look.fiscal_year, scorecard__state=State.IN_FORCE, at__gt=look.at
    )
    return progress.exists()


def visible_warnings(person: Any, day: date) -> QuerySet[EarlyWarning]:
    """The warnings that exist for this person; to others they are not found."""
    condition = visible(person, day, "scorecard__", Q(state__in=AT_THE_BODY))
    return EarlyWarning.objects.filter(condition).select_related("scorecard__body__parent")


def kept_measurement(level: int, warn_at: Decimal) -> Measurement | None:
    """The newest skill that was measured for such a rule. One query."""
    return Measurement.objects.filter(level=level, warn_at=warn_at).first()


def measured_on() -> tuple[int, int | None]:
    """How many released results there are to measure on, and the newest. One query."""
    whole = released().filter(round_id__in=books.last_rounds())
    counts = whole.aggregate(many=Count("pk"), newest=Max("pk"))
    return counts["many"], counts["newest"]


@dataclass(frozen=True)
class Own:
    """The past of one indicator at one body, as measuring takes it."""

    rule: Any
    direction: Any
    years: tuple[PastYear, ...]


def own_years() -> list[Own]:
    """Every indicator's years, from scorecards that were in force. Four queries."""
    newest: dict[tuple[int, int], tuple[Scorecard, Kpi]] = {}
    kpis = Kpi.objects.filter(
        scorecard__state=State.IN_FORCE,
        template__method=IndicatorVersion.Method.LADDER,
        cancelled="",
    ).select_related("scorecard", "template")
    for kpi in kpis.order_by(F("scorecard__fiscal_year").asc()):
        newest[kpi.scorecard.body_id, kpi.template.indicator_id] = (kpi.scorecard, kpi)
    past = past_values(list(newest.values()))
    return [
        Own(kpi.template.accumulation, kpi.template.direction, past.get(key, ()))
        for key, (_, kpi) in newest.items()
    ]
