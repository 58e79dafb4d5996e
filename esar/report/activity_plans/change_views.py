"""Pages of requests to change a plan: old and new side by side, written, and decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.telling import tell
from esar.report.activity_plans import changes, editor, permissions
from esar.report.activity_plans.content import clean
from esar.report.activity_plans.grid import grid
from esar.report.activity_plans.law import Law
from esar.report.activity_plans.models import PlanChange
from esar.report.activity_plans.queries import OPEN_CHANGES, law_of, sent_back, visible_changes
from esar.report.activity_plans.states import PLAN_CHANGE_MOVES, PlanChangeState
from esar.report.activity_plans.views import around, plan_or_404


def change_or_404(request: HttpRequest, pk: int) -> PlanChange:
    return get_object_or_404(visible_changes(request.user, clock.today()), pk=pk)


@signed_in(Role.REPORTER)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    one = plan_or_404(request, pk)
    me: Any = request.user
    change = changes.ask(one, by=me, at=clock.now(), on=clock.today())
    return redirect("activity_plans:plan-change-edit", change.pk)


@signed_in()
@require_safe
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: the plan before and after, side by side, and what one may do."""
    one, day = change_or_404(request, pk), clock.today()
    law = law_of(one.plan, day)
    is_open = one.state in OPEN_CHANGES
    context = around(one.plan) | {
        "change": one,
        "law": law,
        "grid": grid(one.new, law, old=one.old),
        "touched": changes.touched(one.old, one.new),
        "moves": _moves(request.user, one),
        "problems": changes.problems_of(one, day) if is_open else [],
        "may_edit": bool(permissions.may_edit_change(request.user, one, day)),
        "events": timeline(one)[:50],
        "returned": sent_back(one) if one.state == PlanChangeState.DRAFT else None,
    }
    return render(request, "activity_plans/change.html", context)


def _moves(person: Any, one: PlanChange) -> list[tuple[str, bool]]:
    """(name, needs a reason) of the moves one may make."""
    day = clock.today()
    return [
        (name, table.needs_reason)
        for name, table in PLAN_CHANGE_MOVES.items()
        if one.state in table.sources and permissions.may_move_change(person, one, name, day)
    ]


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan that is asked for, on the grid of the plan itself; rows keep their numbers."""
    one, day = change_or_404(request, pk), clock.today()
    require(permissions.may_edit_change(request.user, one, day))
    law = law_of(one.plan, day)
    if request.method == "POST":
        return _save(request, one, law)
    return _editor(request, one, law)


def _editor(request: HttpRequest, one: PlanChange, law: Law, **more: Any) -> HttpResponse:
    context = editor.context(one.new, law, editing=one, change=one, **more)
    status = 409 if more else 200
    return render(
        request, "activity_plans/change_edit.html", around(one.plan) | context, status=status
    )


def _save(request: HttpRequest, one: PlanChange, law: Law) -> HttpResponse:
    me: Any = request.user
    raw, revision = editor.typed(request, law)
    reason = request.POST.get("reason", "")

    def save() -> PlanChange:
        return changes.save_change(
            one, raw, reason, revision=revision, by=me, at=clock.now(), on=clock.today()
        )

    if editor.is_alone(request):
        return editor.saved_alone(request, law, save, lambda: change_or_404(request, one.pk).new)
    try:
        save()
    except Refused as refused:
        if not editor.is_stale(refused):
            raise
        theirs = grid(one.new, law)
        one.new, one.reason = clean(raw), reason
        return _editor(request, one, law, theirs=theirs, conflict=refused.problems)
    tell(request, "plan-page.saved")
    return redirect("activity_plans:plan-change", one.pk)


@signed_in()
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in PLAN_CHANGE_MOVES:
        raise Http404
    one = change_or_404(request, pk)
    me: Any = request.user
    changes.move_change(
        one,
        name,
        by=me,
        at=clock.now(),
        on=clock.today(),
        reason=request.POST.get("reason", "")[:2000],
    )
    tell(request, "plan-page.moved", action=f"plan_change-action.{name}")
    return redirect("activity_plans:plan-change", pk)
