"""What waits of plans of activities: to write, to send, to decide; what was used, to enter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, holds
from esar.platform.ui import books
from esar.platform.ui.templatetags.words import month as month_words
from esar.platform.ui.templatetags.words import name_of
from esar.report.activity_plans.models import Plan, PlanChange
from esar.report.activity_plans.monthly.deadlines.actions import ENERGY_THINGS
from esar.report.activity_plans.monthly.deadlines.queries import ENERGY, MONTHLY, due_day, months_of
from esar.report.activity_plans.monthly.models import MonthlyReport, Usage
from esar.report.activity_plans.monthly.states import MonthState
from esar.report.activity_plans.queries import due_days
from esar.report.activity_plans.states import PlanChangeState, PlanState
from esar.show.worklist.work import Waiting, Work


def work_of_plans(person: Any, day: date) -> list[Work]:
    """Everything of a plan of activities that waits for a person. Queries are a constant few."""
    writes, approves = bodies_of(person, day, Role.REPORTER), bodies_of(person, day, Role.APPROVER)
    work = [line for _, line in plans_waiting(writes, approves, day)]
    if holds(person, day, Role.ANALYST):
        work += [line for _, line in _changes(Q(state=PlanChangeState.ASKED))]
    owned = bodies_of(person, day, Role.CENTRAL_OWNER)
    return work + (_energy(owned, day) if owned else [])


def plans_waiting(writes: set[int], approves: set[int], day: date) -> list[Waiting]:
    """What waits of plans at bodies, for who writes there and who approves, each with its body."""
    if not writes and not approves:
        return []
    waits = Q(plan__body__in=writes, state=PlanChangeState.DRAFT)
    waits |= Q(plan__body__in=approves, state=PlanChangeState.PROPOSED)
    plans, months = _plans(writes, approves, day), _months(writes, approves, day)
    return [*plans, *months, *_changes(waits)]


def _plans(writes: set[int], approves: set[int], day: date) -> list[Waiting]:
    """Plans to write, for reporters; proposals for approvers."""
    waits = Q(body__in=writes, state=PlanState.DRAFT) | Q(
        body__in=approves, state=PlanState.PROPOSED
    )
    plans = list(Plan.objects.filter(waits).select_related("body"))
    due = due_days(plans, day)
    return [
        (
            plan.body_id,
            Work(
                f"{name_of(plan.body)} {plan.fiscal_year}",
                reverse("activity_plans:plan", args=[plan.pk]),
                f"plan-state.{plan.state}",
                due[plan.pk],
                plan.fiscal_year,
            ),
        )
        for plan in plans
    ]


def _changes(waits: Q) -> list[Waiting]:
    """Requests to change a plan: to write, to send, or for OPDC to decide."""
    changes = PlanChange.objects.filter(waits).select_related("plan__body")
    return [
        (
            change.plan.body_id,
            Work(
                f"{name_of(change.plan.body)} {change.plan.fiscal_year}",
                reverse("activity_plans:plan-change", args=[change.pk]),
                f"plan_change-state.{change.state}",
                None,
                change.plan.fiscal_year,
            ),
        )
        for change in changes[:50]
    ]


def _months(writes: set[int], approves: set[int], day: date) -> list[Waiting]:
    """Months that have begun to be due: to write for reporters, to send for approvers."""
    plans = list(
        Plan.objects.filter(body__in=writes | approves, version__gte=1).select_related("body")
    )
    reports = {
        (one.plan_id, one.month): one for one in MonthlyReport.objects.filter(plan__in=plans)
    }
    work = []
    for plan in plans:
        for month in months_of(plan.fiscal_year):
            due = due_day(plan.fiscal_year, plan.body.kind, MONTHLY, month)
            report = reports.get((plan.pk, month))
            state = report.state if report else MonthState.DRAFT
            turn = {MonthState.DRAFT: writes, MonthState.PROPOSED: approves}.get(MonthState(state))
            if due is not None and month <= day and turn and plan.body_id in turn:
                path = reverse("monthly:plan-month", args=[plan.pk, f"{month:%Y-%m}"])
                title = f"{name_of(plan.body)} · {month_words(month)}"
                asks = "page.plan_month_waits" if state == MonthState.PROPOSED else ""
                asks = asks or "page.plan_month_to_write"
                work.append((plan.body_id, Work(title, path, asks, due, plan.fiscal_year)))
    return work


def _energy(owned: set[int], day: date) -> list[Work]:
    """Months that are over and whose energy was not entered, for the province's energy office."""
    bodies = list(Body.objects.filter(pk__in=owned, kind=Body.Kind.PROVINCE))
    year = books.year_of(day)
    entries_of_month: dict[tuple[int, date], int] = {}
    entered = Usage.objects.filter(body__in=bodies, fiscal_year=year, thing__in=ENERGY_THINGS)
    for body_id, month in entered.values_list("body", "month"):
        entries_of_month[body_id, month] = entries_of_month.get((body_id, month), 0) + 1
    work = []
    for body in bodies:
        for month in months_of(year):
            due = due_day(year, body.kind, ENERGY, month)
            if due is not None and month <= day and entries_of_month.get((body.pk, month), 0) < 2:
                path = reverse("monthly:plan-usage", args=[year, body.code])
                title = f"{name_of(body)} · {month_words(month)}"
                work.append(Work(title, path, "page.energy_owed", due, year))
    return work
