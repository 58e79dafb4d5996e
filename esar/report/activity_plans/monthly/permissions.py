"""Who may do what to a monthly report and to what was used, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import (
    PRIME_MINISTERS_OFFICE,
    bodies_of,
    holds,
    sees_everything,
)
from esar.report.activity_plans.monthly.duties import DUTY_OF, ENERGY, MONTHLY, duty, last_of
from esar.report.activity_plans.monthly.models import MonthlyReport, Usage
from esar.report.activity_plans.monthly.queries import wrote
from esar.report.activity_plans.monthly.states import EDIT_MONTH, MONTH_MOVES


def _may(person: Any, move: Move, report: MonthlyReport, day: date) -> Verdict:
    """The right state, then the right role: the body's at the body, OPDC's anywhere."""
    if report.state not in move.sources:
        return denied("plan_month.wrong_state", state=f"plan_month-state.{report.state}")
    body = None if Role.ANALYST in move.roles else report.plan.body_id
    if not any(holds(person, day, role, body=body) for role in move.roles):
        return denied("access.wrong_role", roles=tuple(f"role.{role}" for role in move.roles))
    return ALLOWED


def may_edit(person: Any, report: MonthlyReport, day: date) -> Verdict:
    """Write in a draft on a plan in force, from the first day of the month on."""
    verdict = _may(person, EDIT_MONTH, report, day)
    if not verdict:
        return verdict
    plan = report.plan
    if plan.version == 0:
        return denied("plan_month.no_plan")
    if duty(plan.fiscal_year, plan.body.kind, MONTHLY, report.month) is None:
        return denied("plan_month.not_due")
    if day < report.month:
        return denied("plan_month.not_begun", day=report.month)
    return ALLOWED


def may_move(person: Any, report: MonthlyReport, name: str, day: date) -> Verdict:
    """Make a move of MONTH_MOVES. Nobody sends in what they wrote, nor returns what they sent."""
    verdict = _may(person, MONTH_MOVES[name], report, day)
    if not verdict:
        return verdict
    if name not in ("propose", "withdraw") and wrote(person, report, or_submitted=name == "return"):
        return denied("access.own_work")
    last = last_of(report.month)
    if name in ("propose", "submit") and day <= last:
        return denied("plan_month.not_over", day=last)
    return ALLOWED


def may_enter(person: Any, body: Body, thing: str, day: date) -> Verdict:
    """Enter what was used: energy by the province's energy office, the rest by its reporters."""
    role = Role.CENTRAL_OWNER if DUTY_OF[Usage.Thing(thing)] == ENERGY else Role.REPORTER
    if holds(person, day, role, body=body.pk):
        return ALLOWED
    return denied("access.wrong_role", roles=(f"role.{role}",))


def may_read_summary(person: Any, day: date) -> Verdict:
    """The quarterly summary is OPDC's and the Prime Minister's office's, which passes it on."""
    if sees_everything(person, day):
        return ALLOWED
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    if offices and Body.objects.filter(pk__in=offices, code=PRIME_MINISTERS_OFFICE).exists():
        return ALLOWED
    return denied("access.wrong_role", roles=("role.analyst", "role.auditor"))
