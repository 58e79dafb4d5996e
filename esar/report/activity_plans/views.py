"""Pages of plans: load what is visible, ask, act, answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.problems import Refused
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell
from esar.report.activity_plans import actions, editor, permissions
from esar.report.activity_plans.amendments.queries import amendment
from esar.report.activity_plans.checks import check
from esar.report.activity_plans.content import clean
from esar.report.activity_plans.grid import grid, rearranged
from esar.report.activity_plans.law import Law, amendment_days
from esar.report.activity_plans.life import PLAN_LIFE
from esar.report.activity_plans.models import Plan, PlanVersion
from esar.report.activity_plans.queries import (
    change_window,
    changes_of,
    due_day,
    law_of,
    open_change,
    versions_of,
    visible_plans,
)
from esar.report.activity_plans.states import PlanState


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(visible_plans(request.user, clock.today()), pk=pk)


@signed_in(Role.REPORTER)
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    own_bodies = Body.objects.filter(pk__in=bodies_of(person, clock.today(), Role.REPORTER))
    body = get_object_or_404(own_bodies, pk=number_of(request.POST.get("body", "")))
    year = number_of(request.POST.get("year", "")) or 0
    plan = actions.open_plan(body, year, **by_at_on(request))
    return redirect("activity_plans:plan", plan.pk)


def around(plan: Plan) -> dict[str, Any]:
    """What stands at the head of every page of a plan. Two queries."""
    day = clock.today()
    due = plan.due_on if plan.state == PlanState.SUBMITTED else due_day(plan, day)
    return {
        "plan": plan,
        "due": due,
        "days_left": None if due is None else (due - day).days,
        "amended": any(one <= day for one in amendment_days(plan.fiscal_year, plan.body.kind)),
    }


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: to read, and for its reporter to write. See `editor` for what POST answers."""
    activity_plan, day = plan_or_404(request, pk), clock.today()
    law = law_of(activity_plan, day)
    if request.method == "POST":
        return _save(request, activity_plan, law)
    if PLAN_LIFE.may(request.user, activity_plan, "edit", day):
        return _editor(request, activity_plan, law)
    plan_grid = grid(activity_plan.planned, law)
    context = {"grid": plan_grid, "law": law, "checked": check(activity_plan.planned, law)}
    return render(request, "activity_plans/plan.html", context | _rest(request, activity_plan))


def _editor(request: HttpRequest, plan: Plan, law: Law, **more: Any) -> HttpResponse:
    rows = number_of(request.GET.get("rows", "")) or 0
    context = editor.context(plan.planned, law, rows=rows, editing=plan, rearranges=True, **more)
    status = 409 if "theirs" in more else 200
    return render(
        request, "activity_plans/plan.html", context | _rest(request, plan), status=status
    )


def _rest(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """The moves, requests, versions and history of a plan."""
    person, day = request.user, clock.today()
    return around(plan) | {
        "moves": PLAN_LIFE.possible_moves(person, plan, day),
        "seen": PLAN_LIFE.seen(plan),
        "versions": versions_of(plan),
        "events": timeline(plan)[:50],
        "changes": changes_of(plan, person, day),
        "open_change": open_change(plan),
        "may_ask": bool(permissions.may_ask_change(person, plan, day)),
        "window": change_window(plan, day),
        "returned": PLAN_LIFE.sent_back(plan) if plan.state == PlanState.DRAFT else None,
    }


def _save(request: HttpRequest, plan: Plan, law: Law) -> HttpResponse:
    """Save what was typed; by itself (JSON) or as a form, which may also rearrange its rows."""
    raw, revision = editor.typed(request, law)
    wish = request.POST.get("do", "")
    raw = rearranged(raw, wish)

    def save() -> Plan:
        return actions.save_plan(plan, raw, revision=revision, **by_at_on(request))

    if editor.is_alone(request):
        return editor.saved_alone(request, law, save, lambda: plan_or_404(request, plan.pk).planned)
    try:
        save()
    except Refused as refused:
        if not editor.is_stale(refused):
            raise
        grid_of_the_other = grid(plan.planned, law)
        plan.content = clean(raw)
        return _editor(request, plan, law, theirs=grid_of_the_other, conflict=refused.problems)
    tell(request, "plan-page.saved")
    address = reverse("activity_plans:plan", args=[plan.pk])
    more = f"?rows={len(raw['activities']) + 1}" if wish == "add" else ""
    return redirect(address + more)


@signed_in()
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan on one landscape page, as OPDC's template has it."""
    plan = plan_or_404(request, pk)
    law = law_of(plan, clock.today())
    at_least = law.plan.value.activities
    plan_grid = grid(plan.planned, law, at_least=at_least)
    return render(
        request, "activity_plans/print.html", around(plan) | {"grid": plan_grid, "law": law}
    )


@signed_in()
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was in force as one version, beside the version before it."""
    plan = plan_or_404(request, pk)
    frozen = get_object_or_404(PlanVersion.objects.select_related("by"), plan=plan, number=number)
    beside = PlanVersion.objects.filter(plan=plan, number=number - 1).first()
    law = law_of(plan, frozen.rules_of)
    plan_grid = grid(frozen.planned, law, old=beside.planned if beside else None)
    context = around(plan) | {"version": frozen, "beside": beside, "grid": plan_grid, "law": law}
    return render(request, "activity_plans/version.html", context)


@signed_in()
@require_safe
def amended(request: HttpRequest, pk: int) -> HttpResponse:
    """What the last amendment of the rules changed for this plan."""
    plan, today = plan_or_404(request, pk), clock.today()
    days = [day for day in amendment_days(plan.fiscal_year, plan.body.kind) if day <= today]
    change = amendment(plan.planned, plan.fiscal_year, plan.body.kind, days[-1]) if days else None
    if change is None:
        raise Http404
    return render(request, "activity_plans/amendment.html", around(plan) | {"amendment": change})
