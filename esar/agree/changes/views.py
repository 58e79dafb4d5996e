"""Pages of change requests."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.changes import actions
from esar.agree.changes.content import changed_values, fields_of, grounds
from esar.agree.changes.forms import ChangeForm
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.permissions import may_edit_change, may_move_change
from esar.agree.changes.queries import change_list, visible_changes
from esar.agree.changes.states import CHANGE_MOVES, ChangeState
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import kpis_of
from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.permissions import may_ask_change
from esar.agree.scorecards.queries import visible_scorecards
from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.kernel.wording import Word
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import person_of
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.lists import asked_for, page_of
from esar.platform.ui.telling import tell


@signed_in()
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request, "-since")
    state = request.GET.get("state", "")
    known = state if state in ChangeState.values else ""
    found = change_list(request.user, clock.today(), text=asked["text"], state=known)
    context = asked | {
        "page": page_of(request, found),
        "state": state,
        "states": ChangeState.values,
    }
    return render(request, "changes/changes.html", context)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Ask to change one KPI of a scorecard in force."""
    day = clock.today()
    card = get_object_or_404(visible_scorecards(request.user, day), pk=pk)
    kpi = get_object_or_404(
        Kpi.objects.select_related("template__indicator"), scorecard=card, number=number
    )
    require(may_ask_change(request.user, card, day))
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, rules=rules_of(card)[1], kpi=kpi, others=kpis_of(card))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(
                card,
                kpi,
                form.cleaned_data,
                by=person_of(request),
                at=clock.now(),
                on=day,
            )
            tell(request, "page.asked")
            return redirect("changes:change", made.pk)
        except Refused as refused:
            form.refuse(refused.problems)
    context = {"card": card, "kpi": kpi, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "changes/ask.html", context, status=status)


@signed_in()
@require_safe
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A request with the old and new values and its effect, before anyone decides."""
    day = clock.today()
    one = get_object_or_404(visible_changes(request.user, day), pk=pk)
    ground = grounds(rules_of(one.scorecard)[1]).get(one.ground)
    context = {
        "change": one,
        "card": one.scorecard,
        "ground": ground,
        "events": timeline(one),
        "moves": _moves(request.user, one, day),
        "values": changed_values(one.old, one.new),
        "may_edit": bool(may_edit_change(request.user, one, day)),
    }
    return render(request, "changes/change.html", context)


def _moves(person: Any, one: ChangeRequest, day: Any) -> list[tuple[str, bool]]:
    return [
        (name, move.needs_reason)
        for name, move in CHANGE_MOVES.items()
        if not move.needs_resolution
        and one.state in move.sources
        and may_move_change(person, one, name, day)
    ]


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_change(request: HttpRequest, pk: int) -> HttpResponse:
    day = clock.today()
    one = get_object_or_404(visible_changes(request.user, day), pk=pk)
    require(may_edit_change(request.user, one, day))
    kpi = get_object_or_404(
        Kpi.objects.select_related("template__indicator"),
        scorecard=one.scorecard,
        number=one.number,
    )
    new = one.new or {}
    kept = {
        "ground": one.ground,
        "reason": one.reason,
        "evidence": one.evidence,
        "achieved": one.achieved,
        "cancels": one.cancels,
        "seen": actions.seen(one),
        "other": new.get("moved", {}).get("number", ""),
    }
    kept |= {name: new[name] for name in fields_of(rules_of(one.scorecard)[1]) if new}
    kept |= {f"target_{n}": value for n, value in enumerate(new.get("targets", []), start=1)}
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(
        data, rules=rules_of(one.scorecard)[1], kpi=kpi, others=kpis_of(one.scorecard)
    )
    form.initial = {**form.initial, **kept}
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(one, form.cleaned_data, by=person_of(request), at=clock.now(), on=day)
            tell(request, "page.asked")
            return redirect("changes:change", pk)
        except Refused as refused:
            form.refuse(refused.problems)
    context = {"card": one.scorecard, "kpi": kpi, "form": form, "change": one}
    status = 422 if request.method == "POST" else 200
    return render(request, "changes/ask.html", context, status=status)


@signed_in()
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in CHANGE_MOVES:
        raise Http404
    one = get_object_or_404(visible_changes(request.user, clock.today()), pk=pk)
    actions.move_change(
        one,
        name,
        by=person_of(request),
        at=clock.now(),
        on=clock.today(),
        reason=request.POST.get("reason", "")[:2000],
    )
    tell(request, "page.moved", action=Word(f"action.{name}"))
    return redirect("changes:change", pk)
