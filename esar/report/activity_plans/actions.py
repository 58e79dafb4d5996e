"""Writes to a plan, and to a request to change one: begun and saved. Their lives move them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import is_new_edit_session, record
from esar.platform.lifecycle.drafts import is_new_text
from esar.platform.organisations.models import Body, Person
from esar.report.activity_plans import permissions
from esar.report.activity_plans.content import clean, totals
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.life import PLAN_CHANGE_LIFE, PLAN_LIFE, touched
from esar.report.activity_plans.models import Plan, PlanChange
from esar.report.activity_plans.queries import law_of


@transaction.atomic
def open_plan(
    body: Body, fiscal_year: int, *, by: Person, at: datetime, on: date, is_demo: bool = False
) -> Plan:
    """Begin a body's plan of a year. Errors: Refused, also when it is there already."""
    require(permissions.may_open(by, body, fiscal_year, on))
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                body=body,
                fiscal_year=fiscal_year,
                since=at,
                content=clean({}),
                rules_of=on,
                is_demo=is_demo,
            )
    except IntegrityError as error:
        there = PLAN_LIFE.address(Plan.objects.get(body=body, fiscal_year=fiscal_year))
        raise Refused([Problem("plan.is_there", {"year": fiscal_year}, there=there)]) from error
    record("plan.opened", plan, by=by, at=at, body=body.code)
    return plan


@transaction.atomic
def save_plan(
    plan: Plan, raw: dict[str, Any], *, revision: int, by: Person, at: datetime, on: date
) -> Plan:
    """Keep what is written, half-finished or not.

    `revision` is that of the plan the writer had before them. Errors: Refused; Conflict when
    another has saved since: nothing is overwritten.
    """
    locked = PLAN_LIFE.locked(plan)
    require(PLAN_LIFE.may(by, locked, "edit", on))
    content, before = clean(raw), locked.content
    marks = {"seen": revision, "now": locked.revision}
    if not is_new_text(before, content, **marks, by=by, saved=locked, kind="plan"):
        return locked
    is_new_session = is_new_edit_session(locked, by, at)
    locked.content, locked.revision = content, locked.revision + 1
    locked.saved_by, locked.saved_at = by, at
    locked.save()
    if is_new_session:
        record(
            "plan.saved",
            locked,
            by=by,
            at=at,
            body=locked.body.code,
            before=_in_short(locked, PlanContent.from_json(before), on),
            after=_in_short(locked, locked.planned, on),
        )
    return locked


def _in_short(plan: Plan, content: PlanContent, on: date) -> dict[str, Any]:
    """A content in short, for the log."""
    months = law_of(plan, on).months
    return {"activities": len(content.activities), "totals": totals(content, months)}


@transaction.atomic
def ask_change(plan: Plan, *, by: Person, at: datetime, on: date) -> PlanChange:
    """Begin a request: the plan in force, to be written anew."""
    locked = PLAN_LIFE.locked(plan)
    require(permissions.may_ask_change(by, locked, on))
    change = PlanChange.objects.create(
        plan=locked, base_version=locked.version, old=locked.content, new=locked.content, since=at
    )
    record("plan_change.asked", change, by=by, at=at, body=locked.body.code)
    return change


@transaction.atomic
def save_change(
    change: PlanChange,
    raw: dict[str, Any],
    reason: str,
    *,
    revision: int,
    by: Person,
    at: datetime,
    on: date,
) -> PlanChange:
    """Keep what is written of a request, half-finished or not. Errors: as of a plan."""
    locked = PLAN_CHANGE_LIFE.locked(change)
    require(PLAN_CHANGE_LIFE.may(by, locked, "edit", on))
    if len(reason.strip()) > PLAN_CHANGE_LIFE.max_reason:
        raise Refused([Problem("form.too_long", {"most": PLAN_CHANGE_LIFE.max_reason})])
    stored, typed = (locked.new, locked.reason), (clean(raw), reason.strip())
    marks = {"seen": revision, "now": locked.revision}
    if not is_new_text(stored, typed, **marks, by=by, saved=locked, kind="plan"):
        return locked
    is_new_session = is_new_edit_session(locked, by, at)
    locked.new, locked.reason = typed
    locked.revision, locked.saved_by, locked.saved_at = locked.revision + 1, by, at
    locked.save()
    if is_new_session:
        after = {"reason": locked.reason, "numbers": touched(locked.planned_before, locked.planned)}
        record("plan_change.saved", locked, by=by, at=at, body=locked.plan.body.code, after=after)
    return locked
