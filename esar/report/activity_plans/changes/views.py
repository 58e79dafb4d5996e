"""Pages of requests to change a plan: old and new side by side, written, and decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.telling import tell
from esar.report.activity_plans import actions, editor
from esar.report.activity_plans.content import clean
from esar.report.activity_plans.grid import grid
from esar.report.activity_plans.law import Law
from esar.report.activity_plans.life import (
    PLAN_CHANGE_LIFE,
    problems_of_change,
    touched,
)
from esar.report.activity_plans.models import PlanChange
from esar.report.activity_plans.queries import (
    OPEN_CHANGES,
    law_of,
    open_change,
    visible_changes,
)
from esar.report.activity_plans.states import PlanChangeState
from esar.report.activity_plans.views import around, plan_or_404


def change_or_404(request: HttpRequest, pk: int) -> PlanChange:
    return get_object_or_404(visible_changes(request.user, clock.today()), pk=pk)


@signed_in(Role.REPORTER)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a request, or go on with the draft that another tab has begun."""
    plan = plan_or_404(request, pk)
    begun = open_change(plan)
    if begun is not None and PLAN_CHANGE_LIFE.may(request.user, begun, "edit", clock.today()):
        return redirect("activity_plans:plan-change-edit", begun.pk)
    change = actions.ask_change(plan, **by_at_on(request))
    return redirect("activity_plans:plan-change-edit", change.pk)


@signed_in()
@require_safe
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: the plan before and after, side by side, and what one may do."""
    request_to_change, day = change_or_404(request, pk), clock.today()
    law = law_of(request_to_change.plan, day)
    is_open = request_to_change.state in OPEN_CHANGES
    context = around(request_to_change.plan) | {
        "change": request_to_change,
        "law": law,
        "grid": grid(request_to_change.planned, law, old=request_to_change.planned_before),
        "touched": touched(request_to_change.planned_before, request_to_change.planned),
        "moves": PLAN_CHANGE_LIFE.possible_moves(request.user, request_to_change, day),
        "seen": PLAN_CHANGE_LIFE.seen(request_to_change),
        "problems": problems_of_change(request_to_change, day) if is_open else [],
        "may_edit": bool(PLAN_CHANGE_LIFE.may(request.user, request_to_change, "edit", day)),
        "events": timeline(request_to_change)[:50],
        "returned": PLAN_CHANGE_LIFE.sent_back(request_to_change)
        if request_to_change.state == PlanChangeState.DRAFT
        else None,
    }
    return render(request, "activity_plans/change.html", context)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan that is asked for, on the grid of the plan itself; rows keep their numbers."""
    change, day = change_or_404(request, pk), clock.today()
    require(PLAN_CHANGE_LIFE.may(request.user, change, "edit", day))
    law = law_of(change.plan, day)
    if request.method == "POST":
        return _save(request, change, law)
    return _editor(request, change, law)


def _editor(request: HttpRequest, change: PlanChange, law: Law, **more: Any) -> HttpResponse:
    context = editor.context(change.planned, law, editing=change, change=change, **more)
    status = 409 if more else 200
    return render(
        request, "activity_plans/change_edit.html", around(change.plan) | context, status=status
    )


def _save(request: HttpRequest, change: PlanChange, law: Law) -> HttpResponse:
    raw, revision = editor.typed(request, law)
    reason = request.POST.get("reason", "")

    def save() -> PlanChange:
        return actions.save_change(change, raw, reason, revision=revision, **by_at_on(request))

    if editor.is_alone(request):
        return editor.saved_alone(
            request, law, save, lambda: change_or_404(request, change.pk).planned
        )
    try:
        save()
    except Refused as refused:
        if not editor.is_stale(refused):
            raise
        grid_of_the_other = grid(change.planned, law)
        change.new, change.reason = clean(raw), reason
        return _editor(request, change, law, theirs=grid_of_the_other, conflict=refused.problems)
    tell(request, "plan-page.saved")
    return redirect("activity_plans:plan-change", change.pk)
