"""Writes to a request to change a plan in force: asked, saved, and moved to its decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from esar.kernel.access import require
from esar.kernel.problems import Place, Problem, Refused
from esar.law.rules.kinds import Round
from esar.platform.history.actions import is_new_edit_session, record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with
from esar.platform.ui import books
from esar.report.activity_plans import permissions
from esar.report.activity_plans.actions import check_content, check_revision, freeze, locked_plan
from esar.report.activity_plans.checks import month_words
from esar.report.activity_plans.content import Content, clean
from esar.report.activity_plans.models import Plan, PlanChange
from esar.report.activity_plans.states import PLAN_CHANGE_MOVES, PlanChangeState, PlanState


@transaction.atomic
def ask(plan: Plan, *, by: Person, at: datetime, on: date) -> PlanChange:
    """Begin a request: the plan in force, to be written anew."""
    locked = locked_plan(plan.pk)
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
    """Keep what is written of a request, half-finished or not. Errors: Refused, as of a plan."""
    locked = _locked(change)
    require(permissions.may_edit_change(by, locked, on))
    check_revision(locked, revision, by)
    is_new_session = is_new_edit_session(locked, by, at)
    locked.new, locked.reason = clean(raw), reason.strip()[:2000]
    locked.revision, locked.saved_by, locked.saved_at = revision + 1, by, at
    locked.save()
    if is_new_session:
        after = {"reason": locked.reason, "numbers": touched(locked.old, locked.new)}
        record("plan_change.saved", locked, by=by, at=at, body=locked.plan.body.code, after=after)
    return locked


def _locked(change: PlanChange) -> PlanChange:
    """The request and its plan, locked; the plan first, as everywhere."""
    plan = locked_plan(change.plan_id)
    found = PlanChange.objects.select_for_update(of=("self",))
    locked = found.select_related("saved_by").get(pk=change.pk)
    locked.plan = plan
    return locked


def touched(old: Content, new: Content) -> list[int]:
    """The numbers of the activities that differ."""
    before = {one["number"]: one for one in old["activities"]}
    after = {one["number"]: one for one in new["activities"]}
    return [one for one in sorted({*before, *after}) if before.get(one) != after.get(one)]


def _moved_out_of_ended_rounds(change: PlanChange, on: date) -> list[Problem]:
    """Outputs of a round that is over: it is scored on them, so none may be added or taken away."""
    book = books.book(change.plan.fiscal_year)
    if book is None:
        return []
    rules = book.on(book.year.last_day, change.plan.body.kind)
    over = [rule.value for rule in rules.of_kind(Round) if rule.value.last < on]
    old, new = _planned(change.old), _planned(change.new)
    return [
        Problem(
            "plan_change.round_over",
            {"number": number, "month": month_words(month)},
            Place(row=number),
        )
        for number, month in sorted(old ^ new)
        if any(days.first <= month <= days.last for days in over)
    ]


def _planned(content: Content) -> set[tuple[int, date]]:
    """(activity, month) of every output of a plan."""
    return {
        (one["number"], date.fromisoformat(f"{output['month']}-01"))
        for one in content["activities"]
        for output in one["outputs"]
    }


def problems_of(change: PlanChange, on: date) -> list[Problem]:
    """Why a request cannot go on: no reason, nothing new, what is lost, or the rules of the day."""
    problems = _moved_out_of_ended_rounds(change, on)
    if not change.reason.strip():
        problems.append(Problem("plan_change.no_reason"))
    if change.new == change.old:
        problems.append(Problem("plan_change.nothing_new"))
    if change.plan.version != change.base_version or change.plan.state != PlanState.SUBMITTED:
        problems.append(Problem("plan_change.stale"))
    try:
        check_content(change.plan, change.new, on)
    except Refused as refused:
        problems += refused.problems
    return problems


@transaction.atomic
def move_change(
    change: PlanChange, name: str, *, by: Person, at: datetime, on: date, reason: str = ""
) -> None:
    """Make one move of PLAN_CHANGE_MOVES. An approved request makes the plan's next version."""
    locked = _locked(change)
    require(permissions.may_move_change(by, locked, name, on))
    table, old = PLAN_CHANGE_MOVES[name], locked.state
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    problems = problems_of(locked, on) if name in ("propose", "submit", "approve") else []
    if problems:
        raise Refused(problems)
    found = PlanChange.objects.filter(pk=locked.pk, state=old)
    if not found.update(state=table.target, since=at):
        raise Refused([Problem("plan.already_moved")])
    locked.state = change.state = table.target
    if name == "approve":
        _apply(locked, by=by, at=at, on=on)
    record(
        f"plan_change.{name}",
        locked,
        by=by,
        at=at,
        body=locked.plan.body.code,
        before={"state": old},
        after={"state": table.target},
        reason=reason,
    )
    _tell(locked, name, by=by, at=at, on=on, reason=reason)


def _apply(change: PlanChange, *, by: Person, at: datetime, on: date) -> None:
    """The request's content is the plan's from now on, as its next version."""
    plan = change.plan
    plan.content, plan.version, plan.rules_of = change.new, plan.version + 1, on
    plan.revision += 1
    plan.save()
    version = freeze(plan, by=by, at=at, on=on)
    record(
        "plan.changed",
        plan,
        by=by,
        at=at,
        body=plan.body.code,
        reason=change.reason,
        after={
            "number": version.number,
            "sha256": version.sha256,
            "numbers": touched(change.old, change.new),
        },
    )


def _tell(
    change: PlanChange, name: str, *, by: Person, at: datetime, on: date, reason: str
) -> None:
    """Tell those whose turn it is."""
    plan = change.plan
    at_the_body = people_with(on, Role.REPORTER, Role.APPROVER, body=plan.body).exclude(pk=by.pk)
    people = {
        PlanChangeState.PROPOSED: people_with(on, Role.APPROVER, body=plan.body),
        PlanChangeState.ASKED: people_with(on, Role.ANALYST),
    }.get(PlanChangeState(change.state), at_the_body)
    tell(
        people,
        f"notice.plan_change_{name}",
        path=reverse("activity_plans:plan-change", args=[change.pk]),
        key=f"plan-change:{change.pk}:{name}:{at.isoformat()}",
        at=at,
        body=plan.body.name_th,
        year=plan.fiscal_year,
        reason=reason,
    )
