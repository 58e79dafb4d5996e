"""The list of appeals."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.judge.appeals.models import Appeal
from esar.judge.appeals.queries import BODY, appealable, deadline, is_open, listed_appeals
from esar.judge.appeals.states import AppealState
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of
from esar.platform.organisations.tables import (
    body_column,
    body_fields,
    body_group,
    body_kind,
    body_search,
    committee_group,
)
from esar.platform.ui import clock
from esar.platform.ui.columns import (
    joined,
    round_field,
    since_column,
    state_column,
    state_field,
    year_field,
)
from esar.platform.ui.filters import ROUND, ReportedYear, State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import Column, Field, ListPage
from esar.platform.ui.templatetags.words import day, say_code, total_of


def round_and_year(appeal: Appeal) -> str:
    return f"{say_code(appeal.result.round_id, 'round')} {appeal.result.fiscal_year}"


def kpi_numbers(appeal: Appeal) -> str:
    return ", ".join(appeal.numbers)


def next_due(appeal: Appeal) -> SafeString | None:
    """The day by which the next step is to be made, and how many are left."""
    due = deadline(appeal)
    if due is None:
        return None
    left = render_to_string("ui/_days.html", {"left": (due - clock.today()).days})
    return format_html("{}<br>{}", day(due), left)


def total(appeal: Appeal) -> str:
    return total_of(appeal.result.total, appeal.result.fiscal_year)


def corrected_total(appeal: Appeal) -> str:
    """What the panel made of it, once that may be seen."""
    corrected = appeal.corrected
    if corrected is None or not is_open(corrected):
        return ""
    return total_of(corrected.total, corrected.fiscal_year)


class AppealList(ListPage[Appeal]):
    """Every appeal one may see. A constant number of queries."""

    title, empty = _("page.appeals"), _("appeal.none")
    name, address, template = "esar-appeals", "appeals:appeals-export", "appeals/list.html"
    sort, then = "-since", (f"{BODY}name_key", "pk")
    filters = (
        body_search(BODY),
        State(values=AppealState.values, words=code_words("appeal-state")),
        body_kind(BODY),
        body_group(BODY),
        committee_group(BODY),
        ReportedYear(path="result__fiscal_year"),
    )
    columns = (
        body_column("result.body", "appeals:appeal", demo="result.is_demo"),
        Column("round", ROUND, "", round_and_year),
        Column("kpis", _("page.kpis"), "", kpi_numbers),
        state_column("appeal-state"),
        Column("due", _("appeal.next_due"), "", next_due, ("decide_by", "file_by")),
        since_column(),
    )
    fields = (
        year_field("result.fiscal_year"),
        round_field("result.round_id"),
        *body_fields("result.body"),
        state_field("appeal-state"),
        Field("ground", _("label.ground")),
        Field("kpis", _("page.kpis"), joined("numbers")),
        Field("file_by", _("appeal.file_by_day")),
        Field("filed_on", _("appeal.filed_on")),
        Field("decide_by", _("appeal.decide_by_day")),
        Field("decided_on", _("appeal.decided_on")),
        Field("total", _("page.total"), total, figure=True),
        Field("corrected_total", _("page.correction"), corrected_total, figure=True),
        Field("text", _("label.text")),
        Field("decision", _("label.decision")),
    )

    def rows(self) -> QuerySet[Appeal]:
        return listed_appeals(self.reader.person, self.reader.day)

    def around(self) -> dict[str, Any]:
        """One's results that can still be appealed, the days left, and whether one may begin."""
        person, day = self.reader.person, self.reader.day
        own_bodies = bodies_of(person, day, Role.REPORTER)
        chances = [
            (result, (result.appeal_by - day).days, result.body_id in own_bodies)  # type: ignore[attr-defined]
            for result in appealable(person, day)
        ]
        return {"chances": chances}
