"""Pages of change requests."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.changes import actions
from esar.agree.changes.achieved import known_figures
from esar.agree.changes.content import (
    changed_values,
    fields_of,
    findings_of_change,
    grounds,
    request_texts,
)
from esar.agree.changes.forms import ChangeForm, TellForm
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.offers import filled_in
from esar.agree.changes.queries import visible_changes
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import kpis_of
from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.permissions import may_ask_change, window_for
from esar.agree.scorecards.queries import last_year_of, visible_scorecards
from esar.kernel.access import require
from esar.kernel.wording import Word
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell


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
    form = ChangeForm(
        data,
        rules=rules_of(card)[1],
        kpi=kpi,
        kpis=kpis_of(card),
        figures=known_figures(card, number),
    )
    form.initial.update(filled_in(kpi, number_of(request.GET.get("host_change", ""))))
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            change_request = actions.ask(card, kpi, form.cleaned_data, **by_at_on(request))
            tell(request, "page.asked")
            return redirect("changes:change", change_request.pk)
    elif request.method == "POST":
        form.refuse(form.also_wrong(card, kpi))
    context = {"card": card, "kpi": kpi, "form": form}
    return form_page(request, form, "changes/ask.html", context)


@signed_in()
@require_safe
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A request with the old and new values and its effect, before anyone decides."""
    return _page(request, get_object_or_404(visible_changes(request.user, clock.today()), pk=pk))


def _page(
    request: HttpRequest, change_request: ChangeRequest, telling: TellForm | None = None
) -> HttpResponse:
    """The request's page; `telling` is the notice to OPDC that was refused."""
    day = clock.today()
    moves = CHANGE_LIFE.possible_moves(request.user, change_request, day)
    may_tell = any(move.name == "tell" for move in moves)
    card, old, new = change_request.scorecard, change_request.old, change_request.new
    ground = grounds(rules_of(card)[1]).get(change_request.ground)
    context = {
        "change": change_request,
        "card": card,
        "ground": ground,
        "events": timeline(change_request),
        "moves": [move for move in moves if move.name != "tell"],
        "telling": telling or (TellForm(initial={"told_on": day}) if may_tell else None),
        "window": window_for(card, day),
        "seen": CHANGE_LIFE.seen(change_request),
        "values": changed_values(old, new),
        "findings": findings_of_change(old, new, last_year_of([card])[card.pk]),
        "may_edit": bool(CHANGE_LIFE.may(request.user, change_request, "edit", day)),
    }
    return render(request, "changes/change.html", context, status=422 if telling else 200)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_change(request: HttpRequest, pk: int) -> HttpResponse:
    day = clock.today()
    change_request = get_object_or_404(visible_changes(request.user, day), pk=pk)
    require(CHANGE_LIFE.may(request.user, change_request, "edit", day))
    kpi = get_object_or_404(
        Kpi.objects.select_related("template__indicator"),
        scorecard=change_request.scorecard,
        number=change_request.number,
    )
    card = change_request.scorecard
    rules = rules_of(card)[1]
    texts = request_texts(vars(change_request), fields_of(rules))
    targets = {f"target_{n}": value for n, value in enumerate(texts.get("targets", []), start=1)}
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(
        data, rules=rules, kpi=kpi, kpis=kpis_of(card), figures=known_figures(card, kpi.number)
    )
    lists = form.initial_of(texts["rounds"]) if change_request.new else {}
    lists |= form.initial_of_items(texts["items"])
    form.initial = {**form.initial, **texts, **targets, **lists, "seen": mark_of(texts)}
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            actions.edit(change_request, form.cleaned_data, **by_at_on(request))
            tell(request, "page.asked")
            return redirect("changes:change", pk)
    elif request.method == "POST":
        form.refuse(form.also_wrong(card, kpi))
    context = {"card": card, "kpi": kpi, "form": form, "change": change_request}
    return form_page(request, form, "changes/ask.html", context)


@signed_in()
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    change = get_object_or_404(visible_changes(request.user, clock.today()), pk=pk)
    if name == "tell":
        return _tell_opdc(request, change)
    post_move(request, CHANGE_LIFE, change, name)
    tell(request, "page.moved", action=Word(f"action.{name}"))
    return redirect("changes:change", pk)


def _tell_opdc(request: HttpRequest, change: ChangeRequest) -> HttpResponse:
    """Record the committee's notice to OPDC; what is refused stays typed."""
    form = TellForm(request.POST)
    if form.is_valid():
        with form.refusing():
            post_move(request, CHANGE_LIFE, change, "tell", **form.notice)
            tell(request, "page.moved", action=Word("action.tell"))
            return redirect("changes:change", change.pk)
    return _page(request, change, form)
