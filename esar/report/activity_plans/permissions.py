"""Who may begin a plan, or ask to change one, and why not; their lives say the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from esar.kernel.access import ALLOWED, Verdict, denied, is_there_already
from esar.kernel.wording import Word
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import holds
from esar.report.activity_plans.law import years_with_plans
from esar.report.activity_plans.life import within_window
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.queries import open_change
from esar.report.activity_plans.states import PlanState


def may_open(person: Any, body: Body, year: int, day: date) -> Verdict:
    """Open a year's plan, once its rules bind and until the year is over."""
    if not holds(person, day, Role.REPORTER, body=body.pk):
        return denied("access.wrong_role", roles=(Word("role.reporter"),))
    if year not in years_with_plans(body.kind, day):
        return denied("plan.no_law", year=year, day=day)
    return ALLOWED


def may_ask_change(person: Any, plan: Plan, day: date) -> Verdict:
    """Ask to change a plan in force, within the window of its year."""
    if not holds(person, day, Role.REPORTER, body=plan.body_id):
        return denied("access.wrong_role", roles=(Word("role.reporter"),))
    if plan.state != PlanState.SUBMITTED:
        return denied("plan.wrong_state", state=Word(f"plan-state.{plan.state}"))
    if change := open_change(plan):
        there = reverse("activity_plans:plan-change", args=[change.pk])
        return is_there_already("plan_change.one_is_open", there)
    return within_window(plan, day)
