"""Pages of plans: load what is visible, ask, act, answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.problems import Refused
from esar.kernel.wording import Word
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.exports import csv_answer
from esar.platform.ui.lists import asked_for, number_of, page_of
from esar.platform.ui.telling import tell
from esar.platform.ui.year import listed_year
from esar.report.activity_plans import actions, editor, permissions
from esar.report.activity_plans.amendments import amendment
from esar.report.activity_plans.checks import check
from esar.report.activity_plans.content import clean
from esar.report.activity_plans.grid import grid, rearranged
from esar.report.activity_plans.law import Law, amendment_days, plan_years
from esar.report.activity_plans.life import PLAN_LIFE
from esar.report.activity_plans.models import Plan, PlanVersion
from esar.report.activity_plans.queries import (
    change_window,
    changes_of,
    due_day,
    law_of,
    open_change,
    plan_list,
    to_open,
    versions_of,
    visible_changes,
    visible_plans,
)
from esar.report.activity_plans.states import PlanChangeState, PlanState


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(visible_plans(request.user, clock.today()), pk=pk)


def _asked(request: HttpRequest) -> tuple[dict[str, Any], Any]:
    asked: dict[str, Any] = asked_for(request, "body")
    state, year = request.GET.get("state", ""), listed_year(request)
    if "year" not in request.GET and year not in plan_years():
        year = None  # the year chosen has no plans: those of all years
    asked |= {
        "state": state if state in PlanState.values else "",
        "year": year,
        "late": request.GET.get("late") == "1",
    }
    found = plan_list(
        request.user,
        clock.today(),
        text=asked["text"],
        state=asked["state"],
        year=asked["year"],
        late=asked["late"],
        sort=asked["sort"],
    )
    return asked, found


@signed_in()
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan one may see, the requests that wait, and those one may begin."""
    asked, found = _asked(request)
    me, day = request.user, clock.today()
    waiting = visible_changes(me, day).filter(state=PlanChangeState.ASKED)
    context = asked | {
        "page": page_of(request, found),
        "states": PlanState.values,
        "plan_years": plan_years(),
        "to_open": to_open(me, day),
        "waiting": waiting[:50],
    }
    return render(request, "activity_plans/list.html", context)


@signed_in()
@require_safe
def plans_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV that a spreadsheet opens. One query."""
    _, found = _asked(request)
    head = [
        "year",
        "code",
        "body",
        "state",
        "version",
        "activities",
        "outputs",
        "received",
        "due",
        "late",
    ]
    return csv_answer("esar-plans", head, map(_row, found))


def _row(one: Plan) -> list[object]:
    listed = one.content["activities"]
    return [
        one.fiscal_year,
        one.body.code,
        one.body.name_th,
        one.state,
        one.version,
        len(listed),
        sum(len(each["outputs"]) for each in listed),
        one.received_on,
        one.due_on,
        None if one.received_on is None else one.days_late,
    ]


@signed_in(Role.REPORTER)
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    me: Any = request.user
    mine = Body.objects.filter(pk__in=bodies_of(me, clock.today(), Role.REPORTER))
    body = get_object_or_404(mine, pk=number_of(request.POST.get("body", "")))
    year = number_of(request.POST.get("year", "")) or 0
    plan = actions.open_plan(body, year, by=me, at=clock.now(), on=clock.today())
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
    one, day = plan_or_404(request, pk), clock.today()
    law = law_of(one, day)
    if request.method == "POST":
        return _save(request, one, law)
    if PLAN_LIFE.may(request.user, one, "edit", day):
        return _editor(request, one, law)
    shown = grid(one.content, law)
    context = {"grid": shown, "law": law, "checked": check(one.content, law)}
    return render(request, "activity_plans/plan.html", context | _rest(request, one))


def _editor(request: HttpRequest, one: Plan, law: Law, **more: Any) -> HttpResponse:
    rows = number_of(request.GET.get("rows", "")) or 0
    context = editor.context(one.content, law, rows=rows, editing=one, rearranges=True, **more)
    status = 409 if "theirs" in more else 200
    return render(request, "activity_plans/plan.html", context | _rest(request, one), status=status)


def _rest(request: HttpRequest, one: Plan) -> dict[str, Any]:
    """The moves, requests, versions and history of a plan."""
    me, day = request.user, clock.today()
    return around(one) | {
        "moves": PLAN_LIFE.possible_moves(me, one, day),
        "seen": PLAN_LIFE.seen(one),
        "versions": versions_of(one),
        "events": timeline(one)[:50],
        "changes": changes_of(one, me, day),
        "open_change": open_change(one),
        "may_ask": bool(permissions.may_ask_change(me, one, day)),
        "window": change_window(one, day),
        "returned": PLAN_LIFE.sent_back(one) if one.state == PlanState.DRAFT else None,
    }


def _save(request: HttpRequest, one: Plan, law: Law) -> HttpResponse:
    """Save what was typed; by itself (JSON) or as a form, which may also rearrange its rows."""
    me: Any = request.user
    raw, revision = editor.typed(request, law)
    wish = request.POST.get("do", "")
    raw = rearranged(raw, wish)

    def save() -> Plan:
        return actions.save_plan(
            one, raw, revision=revision, by=me, at=clock.now(), on=clock.today()
        )

    if editor.is_alone(request):
        return editor.saved_alone(request, law, save, lambda: plan_or_404(request, one.pk).content)
    try:
        save()
    except Refused as refused:
        if not editor.is_stale(refused):
            raise
        theirs = grid(one.content, law)
        one.content = clean(raw)
        return _editor(request, one, law, theirs=theirs, conflict=refused.problems)
    tell(request, "plan-page.saved")
    address = reverse("activity_plans:plan", args=[one.pk])
    more = f"?rows={len(raw['activities']) + 1}" if wish == "add" else ""
    return redirect(address + more)


@signed_in()
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    post_move(request, PLAN_LIFE, plan_or_404(request, pk), name)
    tell(request, "plan-page.moved", action=Word(f"plan-action.{name}"))
    return redirect("activity_plans:plan", pk)


@signed_in()
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan on one landscape page, as OPDC's template has it."""
    one = plan_or_404(request, pk)
    law = law_of(one, clock.today())
    at_least = law.plan.value.activities
    shown = grid(one.content, law, at_least=at_least)
    return render(request, "activity_plans/print.html", around(one) | {"grid": shown, "law": law})


@signed_in()
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was in force as one version, beside the version before it."""
    one = plan_or_404(request, pk)
    held = get_object_or_404(PlanVersion.objects.select_related("by"), plan=one, number=number)
    beside = PlanVersion.objects.filter(plan=one, number=number - 1).first()
    law = law_of(one, held.rules_of)
    shown = grid(held.content, law, old=beside.content if beside else None)
    context = around(one) | {"version": held, "beside": beside, "grid": shown, "law": law}
    return render(request, "activity_plans/version.html", context)


@signed_in()
@require_safe
def amended(request: HttpRequest, pk: int) -> HttpResponse:
    """What the last amendment of the rules changed for this plan."""
    one, today = plan_or_404(request, pk), clock.today()
    days = [day for day in amendment_days(one.fiscal_year, one.body.kind) if day <= today]
    found = amendment(one.content, one.fiscal_year, one.body.kind, days[-1]) if days else None
    if found is None:
        raise Http404
    return render(request, "activity_plans/amendment.html", around(one) | {"amendment": found})
