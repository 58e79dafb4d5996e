"""Writes to a plan: it is opened, saved, and moved on its way. One function moves it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Place, Problem, Refused
from esar.platform.history.actions import is_new_edit_session, record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_with
from esar.report.activity_plans import permissions
from esar.report.activity_plans.checks import check, month_words
from esar.report.activity_plans.content import Content, clean, totals
from esar.report.activity_plans.models import Plan, PlanChange, PlanVersion
from esar.report.activity_plans.queries import due_day, law_of
from esar.report.activity_plans.signals import in_force, reported_of
from esar.report.activity_plans.states import PLAN_MOVES, PlanState

KEPT = ("name", "type", "topic", "start")  # of an activity with an output reported as done


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
        raise Refused([Problem("plan.is_there", {"year": fiscal_year})]) from error
    record("plan.opened", plan, by=by, at=at, body=body.code)
    return plan


@transaction.atomic
def save_plan(
    plan: Plan, raw: dict[str, Any], *, revision: int, by: Person, at: datetime, on: date
) -> Plan:
    """Keep what is written, half-finished or not.

    `revision` is that of the plan the writer had before them. Errors: Refused, with
    "plan.changed_meanwhile" when another has saved since: nothing is overwritten.
    """
    locked = locked_plan(plan.pk)
    require(permissions.may_edit(by, locked, on))
    check_revision(locked, revision, by)
    content, before = clean(raw), locked.content
    is_new_session = is_new_edit_session(locked, by, at)
    locked.content, locked.revision = content, revision + 1
    locked.saved_by, locked.saved_at = by, at
    locked.save()
    if is_new_session:
        record(
            "plan.saved",
            locked,
            by=by,
            at=at,
            body=locked.body.code,
            before=shown(locked, before, on),
            after=shown(locked, content, on),
        )
    return locked


def locked_plan(pk: int) -> Plan:
    found = Plan.objects.select_for_update(of=("self",))
    return found.select_related("body__parent", "saved_by").get(pk=pk)


def check_revision(thing: Plan | PlanChange, revision: int, by: Person) -> None:
    """Errors: Refused when what the writer had before them is not what is there."""
    if thing.revision != revision:
        own = thing.saved_by_id == by.pk
        code = "plan.changed_in_another_window" if own else "plan.changed_meanwhile"
        raise Refused([Problem(code, {"by": str(thing.saved_by)})])


def shown(plan: Plan, content: dict[str, Any], on: date) -> dict[str, Any]:
    """A content in short, for the log."""
    months = law_of(plan, on).months
    return {"activities": len(content["activities"]), "totals": totals(content, months)}


@transaction.atomic
def move(
    plan: Plan, name: str, *, by: Person, at: datetime, on: date, reason: str = ""
) -> PlanVersion | None:
    """Make one move of PLAN_MOVES: permission, checks, state, history and notices, or nothing.

    Gives the version when the plan is sent in. Errors: Refused. Of two at once, one wins.
    """
    locked = locked_plan(plan.pk)
    require(permissions.may_move(by, locked, name, on))
    table, old = PLAN_MOVES[name], locked.state
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    if name in ("propose", "submit"):
        check_content(locked, locked.content, on)
    changed: dict[str, Any] = {"state": table.target, "since": at}
    if name == "submit":
        changed |= {"version": locked.version + 1, "rules_of": on} | _receipt(locked, at, on)
    if not Plan.objects.filter(pk=locked.pk, state=old).update(**changed):
        raise Refused([Problem("plan.already_moved")])
    for field, value in changed.items():
        setattr(locked, field, value)
        setattr(plan, field, value)
    after: dict[str, Any] = {"state": table.target}
    version = None
    if name == "submit":
        version = freeze(locked, by=by, at=at, on=on)
        after |= {"number": version.number, "sha256": version.sha256}
    record(
        f"plan.{name}",
        locked,
        by=by,
        at=at,
        body=locked.body.code,
        before={"state": old},
        after=after,
        reason=reason,
    )
    _tell(locked, name, by=by, at=at, on=on, reason=reason)
    return version


def check_content(plan: Plan, content: dict[str, Any], on: date) -> None:
    """Errors: Refused with everything that the rules of the day refuse in a content, and with
    what was reported as done and would no longer stand in it."""
    problems = [*check(content, law_of(plan, on)).problems]
    before = PlanVersion.objects.filter(plan=plan, number=plan.version).first()
    if before is not None:
        problems += lost(plan, before.content, content)
    if problems:
        raise Refused(problems)


def lost(plan: Plan, old: Content, new: Content) -> list[Problem]:
    """What was reported as done and would no longer stand in the plan."""
    before = {one["number"]: one for one in old["activities"]}
    after = {one["number"]: one for one in new["activities"]}
    problems = []
    for number, month in sorted(reported_of(plan)):
        was, now = before.get(number), after.get(number)
        stays = was is not None and now is not None and all(was[k] == now[k] for k in KEPT)
        if not stays or _output(was, month) != _output(now, month):
            figures = {"number": number, "month": month_words(month)}
            problems.append(Problem("plan_change.reported", figures, Place(row=number)))
    return problems


def _output(activity: dict[str, Any] | None, month: date) -> dict[str, Any] | None:
    """An activity's output of a month, with what it is."""
    outputs = activity["outputs"] if activity else []
    return next((one for one in outputs if one["month"] == f"{month:%Y-%m}"), None)


def _receipt(plan: Plan, at: datetime, on: date) -> dict[str, Any]:
    """The day it was received, in Bangkok, and the due day it is held against.

    The first sending counts; one that was reopened and comes after the due day counts anew.
    """
    due, sent = due_day(plan, on), timezone.localdate(at)
    if plan.received_on is not None and (due is None or sent <= due):
        return {"due_on": due}
    return {"received_on": sent, "due_on": due}


def freeze(plan: Plan, *, by: Person, at: datetime, on: date) -> PlanVersion:
    """Keep the plan's content as its version, and tell those downstream."""
    version = PlanVersion.objects.create(
        plan=plan,
        number=plan.version,
        content=plan.content,
        sha256=digest(plan.content),
        rules_of=on,
        by=by,
        at=at,
    )
    in_force.send(Plan, plan=plan, version=version, at=at)
    return version


def _tell(plan: Plan, name: str, *, by: Person, at: datetime, on: date, reason: str) -> None:
    """Tell those whose turn it is."""
    figures = {"body": plan.body.name_th, "year": plan.fiscal_year, "reason": reason}
    if plan.state == PlanState.PROPOSED:
        people, code = people_with(on, Role.APPROVER, body=plan.body), "notice.plan_your_turn"
    elif plan.state == PlanState.SUBMITTED:
        people, code = people_with(on, Role.ANALYST), "notice.plan_submitted"
    else:
        found = people_with(on, Role.REPORTER, Role.APPROVER, body=plan.body)
        people, code = found.exclude(pk=by.pk), f"notice.plan_{name}"
    key = f"plan:{plan.pk}:{name}:{at.isoformat()}"
    tell(
        people, code, path=reverse("activity_plans:plan", args=[plan.pk]), key=key, at=at, **figures
    )
