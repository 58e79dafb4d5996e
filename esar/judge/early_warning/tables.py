"""The lists of early warnings, of a look ahead, and of KPIs against their basic target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.queries import visible_scorecards
from esar.agree.scorecards.states import State as ScorecardState
from esar.judge.early_warning import permissions
from esar.judge.early_warning.kpi_status import DIMENSIONS, KpiStatus, counted, statuses_of
from esar.judge.early_warning.models import EarlyWarning, Look, Outlook
from esar.judge.early_warning.queries import Standing, outlook_of, visible_warnings
from esar.judge.early_warning.states import OPEN, WarningState
from esar.judge.early_warning.templatetags.warnings import exact, percent, short
from esar.law.rules import kinds
from esar.platform.organisations.tables import (
    body_column,
    body_fields,
    body_group,
    body_kind,
    body_search,
    committee_group,
)
from esar.platform.ui import books, clock
from esar.platform.ui.cells import demo_chip
from esar.platform.ui.columns import joined, state_column, state_field, year_field
from esar.platform.ui.filters import (
    BoundFilter,
    Choice,
    Given,
    Reader,
    ReportedYear,
    State,
    code_words,
)
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import day, with_unit
from esar.platform.ui.year import chosen_year

BODY = "scorecard__body__"
chip = demo_chip("scorecard.is_demo")
PROJECTED = "early_warning/_projected.html"


def year_and_chip(warning: EarlyWarning) -> SafeString:
    return format_html(" {}{}", warning.scorecard.fiscal_year, chip(warning))


def kpi(warning: EarlyWarning) -> str:
    return f"{warning.number} {warning.name}"


def plan_due(warning: EarlyWarning) -> Any:
    """The day the plan is due, in red where it is over and there is no plan yet."""
    due, waits = day(warning.plan_due), warning.state in OPEN and warning.state != "accepted"
    late = waits and warning.plan_due < clock.today()
    return format_html('<span class="late">{}</span>', due) if late else due


class WarningList(ListPage[EarlyWarning]):
    """Every warning one may see. A constant number of queries."""

    title, empty = _("page.warnings"), _("page.no_warnings")
    name, address = "esar-warnings", "early_warning:warnings-export"
    sort, then, template = "-since", (f"{BODY}name_key", "number", "pk"), "early_warning/list.html"
    filters = (
        body_search(BODY, paths=("name",)),
        State(values=WarningState.values, words=code_words("warning-state")),
        body_kind(BODY),
        body_group(BODY),
        committee_group(BODY),
        ReportedYear(path="scorecard__fiscal_year"),
    )
    columns = (
        body_column("scorecard.body", "early_warning:warning", also=year_and_chip),
        Column("kpi", _("page.kpi"), "", kpi, phone=FIRST, css="targets"),
        Column("projected", _("page.projected"), cell=PROJECTED, figure=True),
        Column("miss", _("page.miss"), as_=percent, sort="miss", figure=True),
        state_column("warning-state"),
        Column("due", _("page.plan_due"), "", plan_due, sort="plan_due"),
    )
    fields = (
        year_field("scorecard.fiscal_year"),
        *body_fields("scorecard.body"),
        Field("kpi", _("page.kpi"), "number"),
        Field("name", _("page.name")),
        Field("unit", _("label.unit")),
        *(Field(name, _(f"label.{name}")) for name in ("projected", "low", "high")),
        Field("miss", _("page.miss")),
        Field("targets", _("page.targets"), joined("targets")),
        state_field("warning-state"),
        Field("asked_on", _("label.asked_on")),
        Field("plan_due", _("page.plan_due")),
        *(Field(name, _(f"label.{name}")) for name in ("cause", "remedy", "remedy_owner")),
        Field("remedy_by", _("label.remedy_by")),
        Field("note", _("page.closing_note")),
    )

    def rows(self) -> QuerySet[EarlyWarning]:
        return visible_warnings(self.reader.person, self.reader.day)

    def around(self) -> dict[str, Any]:
        """The fiscal year worked in, where its rules warn anyone and the reader may."""
        year = chosen_year(self.request)
        book = books.book(year)
        warns = book and book.on(book.year.last_day).of_kind(kinds.EarlyWarning)
        may_warn = permissions.may_warn(self.reader.person, self.reader.day)
        return {"outlook_year": year if warns and may_warn else None}


def kpi_of(row: KpiStatus) -> str:
    return f"{row.kpi.number} {row.kpi.template.name}"


def scorecard_of(row: KpiStatus) -> str:
    return reverse("scorecards:scorecard-work", args=[row.scorecard.pk])


@dataclass(frozen=True)
class OutlookRow:
    """A KPI as a look saw it, and what that means now; `means` is the code of it, or nothing."""

    kpi: Outlook
    means: str

    @property
    def pk(self) -> int:
        return self.kpi.pk


TO_WARN, UNKNOWN = "warns", "unknown"
SHOWN: dict[str, Q] = {TO_WARN: Q(warns=True), "all": Q(), UNKNOWN: ~Q(reason="")}


@dataclass(frozen=True)
class ShownOutlook(Choice):
    """Which of a look's KPIs: those to be warned of where nothing else is asked for."""

    def value(self, reader: Reader) -> str:
        return super().value(reader) or TO_WARN

    def bound(self, reader: Reader) -> BoundFilter:
        return BoundFilter(self.name, self.label, self.value(reader), list(self.options(reader)))


def kpi_in_outlook(row: OutlookRow) -> str:
    return f"{row.kpi.number} {row.kpi.name}"


def projected_range(row: OutlookRow) -> str | None:
    return None if row.kpi.reason else f"{short(row.kpi.low)}–{short(row.kpi.high)}"


def target_of(row: OutlookRow) -> str | None:
    if row.kpi.reason:
        return None
    sign = "≥" if row.kpi.direction == "higher" else "≤"
    return f"{sign} {with_unit(exact(row.kpi.target), row.kpi.unit)}"


def chance(share: Any) -> str | None:
    return None if share is None else percent(share)


def meaning(row: OutlookRow) -> Any:
    """Why it cannot be projected, or what it means now."""
    if row.kpi.reason:
        return _(row.kpi.reason)
    words = _(f"outlook-means.{row.means}") if row.means else ""
    return format_html("<strong>{}</strong>", words) if row.means == "to_warn" else words


def scorecard_in_outlook(row: OutlookRow) -> str:
    return reverse("scorecards:scorecard-work", args=[row.kpi.scorecard_id])


class OutlookList(ListPage[OutlookRow]):
    """A look's KPIs, the likeliest misses first; what cannot be projected last. Two queries."""

    sort, then = "-miss", ("pk",)
    filters = (
        ShownOutlook(
            "show",
            _("page.show"),
            values=SHOWN,
            words=code_words("outlook-show"),
            where=lambda value, _reader: SHOWN[value],
        ),
        Given("kpi", _("page.kpi"), "name"),
    )
    columns = (
        replace(body_column("kpi.scorecard.body", scorecard_in_outlook), sort=f"{BODY}name_key"),
        Column("kpi", _("page.kpi"), "", kpi_in_outlook, phone=FIRST, css="targets"),
        Column("projected", _("page.projected"), "kpi.projected", short, figure=True),
        Column("range", _("page.projected_range"), "", projected_range, figure=True),
        Column("target", _("page.target"), "", target_of, figure=True),
        Column("miss", _("page.miss"), "kpi.miss", chance, sort=F("miss"), figure=True),
        Column("means", _("page.state"), "", meaning),
    )

    def __init__(self, request: HttpRequest, look: Look, now: Standing) -> None:
        super().__init__(request)
        self.look, self.now = look, now
        self.title = _("page.outlook", (("year", look.fiscal_year),))

    def rows(self) -> QuerySet[Outlook]:
        return outlook_of(self.look)

    def shown(self, rows: list[Any]) -> Sequence[OutlookRow]:
        return [OutlookRow(row, self.now.means(row)) for row in rows]


def is_repeated(value: str, reader: Reader) -> Q:  # noqa: ARG001 as a filter asks
    """KPIs whose indicator the body had in force a year before, or those that are new."""
    before = Kpi.objects.filter(
        scorecard__body=OuterRef("scorecard__body"),
        scorecard__fiscal_year=OuterRef("scorecard__fiscal_year") - 1,
        scorecard__state=ScorecardState.IN_FORCE,
        template__indicator=OuterRef("template__indicator"),
        cancelled="",
    )
    return Q(Exists(before)) if value == "yes" else ~Q(Exists(before))


class StatusList(ListPage[KpiStatus]):
    """Every KPI in force of a year against its basic target. A constant number of queries."""

    title, empty = _("page.kpi_statuses"), _("page.no_kpis")
    name, address = "esar-kpi-status", "early_warning:statuses-export"
    sort, then, template = "body", ("number", "pk"), "early_warning/statuses.html"
    filters = (
        body_search(BODY, paths=("template__name",)),
        Choice(
            "dimension",
            _("label.dimension"),
            "template__dimension",
            values=DIMENSIONS[:-1],
            words=code_words("choice"),
        ),
        Choice(
            "repeated",
            _("label.repeated"),
            values=("yes", "no"),
            words=code_words("kpi-repeated"),
            where=is_repeated,
        ),
        body_kind(BODY),
        body_group(BODY),
        committee_group(BODY),
        ReportedYear(path="scorecard__fiscal_year"),
    )
    columns = (
        body_column("scorecard.body", scorecard_of),
        Column("kpi", _("page.kpi"), "", kpi_of, phone=FIRST, css="targets"),
        Column("value", _("page.newest_figure"), "value", short, figure=True),
        Column("basic", _("page.basic_target"), "basic", figure=True),
        Column("status", _("page.state"), "status", code_words("kpi-status"), css="text-nowrap"),
    )
    fields = (
        year_field("scorecard.fiscal_year"),
        *body_fields("scorecard.body"),
        Field("kpi", _("page.kpi"), "kpi.number"),
        Field("name", _("page.name"), "kpi.template.name"),
        Field("dimension", _("label.dimension"), "kpi.template.dimension", code_words("choice")),
        Field("unit", _("label.unit"), "kpi.template.unit"),
        Field("direction", _("label.direction"), "kpi.template.direction", code_words("choice")),
        Field("basic", _("page.basic_target"), figure=True),
        Field("value", _("page.newest_figure")),
        Field("month", _("page.month"), "of_month"),
        Field("status", _("page.state"), "status", code_words("kpi-status")),
    )

    def rows(self) -> QuerySet[Kpi]:
        cards = visible_scorecards(self.reader.person, self.reader.day)
        kpis = Kpi.objects.filter(
            scorecard__in=cards.filter(state=ScorecardState.IN_FORCE).order_by().values("pk")
        )
        return kpis.select_related("scorecard__body__parent", "template")

    def shown(self, rows: list[Any]) -> Sequence[KpiStatus]:
        return statuses_of(rows)

    @cached_property
    def statuses(self) -> list[KpiStatus]:
        """All that were asked for, not only those of the page."""
        return statuses_of(list(self.matching()))

    def exported(self) -> Iterable[KpiStatus]:
        return self.statuses

    def around(self) -> dict[str, Any]:
        return {"counts": counted(self.statuses)}
