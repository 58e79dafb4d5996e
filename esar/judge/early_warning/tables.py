"""The list of early warnings."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.judge.early_warning.models import EarlyWarning
from esar.judge.early_warning.queries import visible_warnings
from esar.judge.early_warning.states import OPEN, WarningState
from esar.judge.early_warning.templatetags.warnings import percent
from esar.platform.organisations.tables import (
    NAMES,
    body_column,
    body_fields,
    body_group,
    body_kind,
)
from esar.platform.ui import clock
from esar.platform.ui.cells import demo_chip
from esar.platform.ui.columns import joined, state_column, state_field, year_field
from esar.platform.ui.filters import ReportedYear, Search, State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import day

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
    sort, then, template = "-since", (f"{BODY}name_th", "number", "pk"), "early_warning/list.html"
    filters = (
        Search(paths=(*(f"{BODY}{name}" for name in NAMES), "name")),
        State(values=WarningState.values, words=code_words("warning-state")),
        body_kind(BODY),
        body_group(BODY),
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
