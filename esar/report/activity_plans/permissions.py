"""Who may do what to a plan or a request to change it, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import holds
from esar.report.activity_plans.law import years_with_plans
from esar.report.activity_plans.models import Plan, PlanChange
from esar.report.activity_plans.queries import change_window, due_day, open_change, wrote
from esar.report.activity_plans.states import (
    EDIT_CHANGE,
    EDIT_PLAN,
    PLAN_CHANGE_MOVES,
    PLAN_MOVES,
    PlanState,
)


def _may(person: Any, move: Move, kind: str, state: str, body: int, day: date) -> Verdict:
    """The right state, then the right role: the body's at the body, OPDC's anywhere."""
    if state not in move.sources:
        return denied(f"{kind}.wrong_state", state=f"{kind}-state.{state}")
    at_the_body = {Role.REPORTER, Role.APPROVER}
    if not any(
        holds(person, day, role, body=body if role in at_the_body else None) for role in move.roles
    ):
        return denied("access.wrong_role", roles=tuple(f"role.{role}" for role in move.roles))
    return ALLOWED


def may_open(person: Any, body: Body, year: int, day: date) -> Verdict:
    """Open a year's plan, once its rules bind and until the year is over."""
    if not holds(person, day, Role.REPORTER, body=body.pk):
        return denied("access.wrong_role", roles=("role.reporter",))
    if year not in years_with_plans(body.kind, day):
        return denied("plan.no_law", year=year, day=day)
    return ALLOWED


def may_edit(person: Any, plan: Plan, day: date) -> Verdict:
    return _may(person, EDIT_PLAN, "plan", plan.state, plan.body_id, day)


def may_move(person: Any, plan: Plan, name: str, day: date) -> Verdict:
    """Make a move of PLAN_MOVES. Nobody sends in, or back, what they wrote."""
    verdict = _may(person, PLAN_MOVES[name], "plan", plan.state, plan.body_id, day)
    if not verdict:
        return verdict
    if name in ("submit", "send_back") and wrote(person, plan):
        return denied("access.own_work")
    return _may_reopen(plan, day) if name == "reopen" else ALLOWED


def _may_reopen(plan: Plan, day: date) -> Verdict:
    """Until the end of the day it is due; after that a change is asked for."""
    due = due_day(plan, day)
    if due is None or day > due:
        return denied("plan.past_due", day=due or day)
    if open_change(plan) is not None:
        return denied("plan_change.one_is_open")
    return ALLOWED


def may_ask_change(person: Any, plan: Plan, day: date) -> Verdict:
    """Ask to change a plan in force, within the window of its year."""
    if not holds(person, day, Role.REPORTER, body=plan.body_id):
        return denied("access.wrong_role", roles=("role.reporter",))
    if plan.state != PlanState.SUBMITTED:
        return denied("plan.wrong_state", state=f"plan-state.{plan.state}")
    if open_change(plan) is not None:
        return denied("plan_change.one_is_open")
    return _window(plan, day)


def _window(plan: Plan, day: date) -> Verdict:
    window = change_window(plan, day)
    if window is None:
        return denied("plan_change.no_window")
    if not window.is_open(day):
        return denied("plan_change.closed", first=window.first or window.last, last=window.last)
    return ALLOWED


def may_edit_change(person: Any, change: PlanChange, day: date) -> Verdict:
    return _may(person, EDIT_CHANGE, "plan_change", change.state, change.plan.body_id, day)


def may_move_change(person: Any, change: PlanChange, name: str, day: date) -> Verdict:
    """Make a move of PLAN_CHANGE_MOVES. Asked within the window; decided at any time after."""
    move, plan = PLAN_CHANGE_MOVES[name], change.plan
    verdict = _may(person, move, "plan_change", change.state, plan.body_id, day)
    if not verdict:
        return verdict
    outside = name in ("approve", "reject")
    if name not in ("propose", "withdraw") and wrote(person, change, or_submitted=outside):
        return denied("access.own_work")
    return _window(plan, day) if name in ("propose", "submit") else ALLOWED
