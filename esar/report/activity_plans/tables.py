"""The list of plans of activities."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from esar.platform.organisations.tables import body_column, body_fields, body_search
from esar.platform.ui.columns import (
    received_column,
    received_fields,
    since_column,
    state_column,
    state_field,
    year_column,
    year_field,
)
from esar.platform.ui.filters import Choice, Reader, State, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import Column, Field, ListPage
from esar.platform.ui.year import listed_year
from esar.report.activity_plans.law import plan_years
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.queries import to_open, visible_changes, visible_plans
from esar.report.activity_plans.states import PlanChangeState, PlanState


def year_of_plans(request: HttpRequest) -> int | None:
    """The year asked for; where the one worked in has no plans, those of all years."""
    year = listed_year(request)
    return year if "year" in request.GET or year in plan_years() else None


def came_late(value: str, reader: Reader) -> Q:  # noqa: ARG001 as a filter asks
    return Q(received_on__gt=F("due_on"))


def only_late(value: str) -> Any:  # noqa: ARG001 there is one value
    return _("plan-page.only_late")


def activities(plan: Plan) -> int:
    return len(plan.planned.activities)


def outputs(plan: Plan) -> int:
    return sum(len(activity.outputs) for activity in plan.planned.activities)


class PlanList(ListPage[Plan]):
    """Every plan one may see. A constant number of queries."""

    title, empty = _("plan-page.plans"), _("plan-page.none")
    name, address = "esar-plans", "activity_plans:plans-export"
    sort, then, template = "body", ("body__name_key", "-fiscal_year"), "activity_plans/list.html"
    filters = (
        body_search("body__"),
        State(values=PlanState.values, words=code_words("plan-state")),
        Choice("late", _("page.received"), values=("1",), words=only_late, where=came_late),
        Year(years=plan_years, chosen=year_of_plans),
    )
    columns = (
        body_column("body", "activity_plans:plan", demo="is_demo"),
        year_column(),
        state_column("plan-state"),
        Column("activities", _("plan-page.activities"), "content.activities", len, figure=True),
        received_column(),
        since_column(),
    )
    fields = (
        year_field(),
        *body_fields("body"),
        state_field("plan-state"),
        Field("version", _("plan-page.version_number")),
        Field("activities", _("plan-page.activities"), lambda plan: len(plan.planned.activities)),
        Field("outputs", _("plan-page.outputs"), outputs),
        *received_fields(),
    )

    def rows(self) -> QuerySet[Plan]:
        return visible_plans(self.reader.person, self.reader.day)

    def around(self) -> dict[str, Any]:
        """The requests that wait, and the plans that one may begin."""
        person, day = self.reader.person, self.reader.day
        waiting = visible_changes(person, day).filter(state=PlanChangeState.ASKED)
        return {"to_open": to_open(person, day), "waiting": waiting[:50]}
