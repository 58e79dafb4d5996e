"""Pages of appeals: load what is visible, ask, act, answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.judge.appeals import actions, permissions
from esar.judge.appeals.forms import AppealForm, VoteForm
from esar.judge.appeals.life import APPEAL_LIFE, rule_for
from esar.judge.appeals.models import Appeal, PanelSeat
from esar.judge.appeals.queries import (
    deadline,
    kpis_of,
    last_day,
    majority,
    rule_of,
    seats_of,
    sees_figures,
    sees_votes,
    visible_appeals,
)
from esar.judge.appeals.states import APPEAL_MOVES, DECIDED, AppealState
from esar.judge.results.models import Result
from esar.judge.results.queries import released
from esar.kernel.access import require
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, by_at_on
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.telling import tell

# Moves that a bare button makes; the others have a form of their own.
BUTTONS = ("file", "withdraw")  # of the page itself; the others have pages of their own
ROUTE = (AppealState.DRAFT, AppealState.FILED, AppealState.HEARD)


def appeal_or_404(request: HttpRequest, pk: int) -> Appeal:
    return get_object_or_404(visible_appeals(request.user, clock.today()), pk=pk)


@signed_in()
@require_safe
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: against what, why, who decides and how, and what one may do."""
    appeal = appeal_or_404(request, pk)
    return appeal_page(request, appeal, VoteForm(initial=_own_vote(request, appeal)))


def _own_vote(request: HttpRequest, appeal: Appeal) -> dict[str, Any]:
    person: Any = request.user
    seat = PanelSeat.objects.filter(appeal=appeal, person=person.pk).first()
    return {"vote": seat.vote, "reason": seat.reason} if seat else {}


def _until(appeal: Appeal, day: date) -> tuple[date | None, int | None]:
    """The day by which the next step is to be made, and how many are left."""
    due = deadline(appeal)
    return due, None if due is None else (due - day).days


def appeal_page(
    request: HttpRequest, appeal: Appeal, vote_form: VoteForm, status: int = 200
) -> HttpResponse:
    """The page of an appeal, with the vote's form as it stands."""
    day = clock.today()
    person: Any = request.user
    seats, sees = seats_of(appeal), sees_votes(person, appeal, day)
    due, left = _until(appeal, day)
    may = {name for name in APPEAL_MOVES if APPEAL_LIFE.may(person, appeal, name, day)}
    context = around(appeal) | {
        "seats": seats,
        "seen": APPEAL_LIFE.seen(appeal),
        "sees_votes": sees,
        "agreed": majority(seats) if sees else None,
        "may": may,
        "buttons": [name for name in BUTTONS if name in may],
        "due": due,
        "left": left,
        "vote_form": vote_form if "vote" in may else None,
        "events": _events(appeal, sees),
        "route": _route(appeal),
        "changes": _changes(appeal) if sees_figures(person, appeal, day) else [],
        "sees_figures": sees_figures(person, appeal, day),
        "can_vote_again": any(seat.person_id == person.pk and seat.vote for seat in seats),
    }
    return render(request, "appeals/appeal.html", context, status=status)


def around(appeal: Appeal) -> dict[str, Any]:
    """What every page of an appeal says of it: the result, the rule, the KPIs."""
    rule = rule_of(appeal.result.fiscal_year, appeal.result.body.kind)
    grounds = {ground.id: ground.label for ground in rule.value.grounds} if rule else {}
    kpis = {kpi.number: kpi for kpi in kpis_of(appeal.result.explanation)}
    return {
        "appeal": appeal,
        "result": appeal.result,
        "body": appeal.result.body,
        "rule": rule,
        "ground": grounds.get(appeal.ground, appeal.ground),
        "kpis": [kpis[number] for number in appeal.numbers if number in kpis],
        "round": books.round_label(appeal.result.fiscal_year, appeal.result.round_id),
    }


def _route(appeal: Appeal) -> list[str]:
    if appeal.state == AppealState.WITHDRAWN:
        return [*ROUTE[: 2 if appeal.filed_on else 1], AppealState.WITHDRAWN]
    return [*ROUTE, appeal.state if appeal.state in DECIDED else "decision"]


def _events(appeal: Appeal, sees: bool) -> Any:
    """The history; a body reads of the votes when all has been said."""
    events = timeline(appeal)
    return events[:50] if sees else events.exclude(verb="appeal.vote")[:50]


def _changes(appeal: Appeal) -> list[dict[str, Any]]:
    """For each KPI that the panel corrected: its result and points before and after."""
    if appeal.corrected is None:
        return []
    before, after = (
        {kpi["id"]: kpi for kpi in result.explanation["kpis"]}
        for result in (appeal.result, appeal.corrected)
    )
    old = appeal.result.stages.get("kpis", {})
    last = appeal.result.stages.get("order", ["self"])[-1]
    return [
        {
            "number": number,
            "name": before[number]["name"],
            "unit": before[number]["unit"],
            "old": old.get(number, {}).get(last, {}),
            "new": change,
            "old_points": before[number]["points"],
            "new_points": after[number]["points"],
        }
        for number, change in appeal.changes.items()
    ]


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an appeal against a released result of one's own body."""
    day = clock.today()
    person: Any = request.user
    own_results = (
        released().filter(body__in=bodies_of(person, day, Role.REPORTER)).select_related("body")
    )
    result = get_object_or_404(own_results, pk=pk)
    require(permissions.may_begin(person, result, day))
    form = _form(request, result, None)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            appeal = actions.begin(result, form.text(), **by_at_on(request))
            tell(request, "appeal.saved")
            return redirect("appeals:appeal", appeal.pk)
    return _form_page(request, result, form, None)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    appeal, day = appeal_or_404(request, pk), clock.today()
    person: Any = request.user
    require(APPEAL_LIFE.may(person, appeal, "write", day))
    form = _form(request, appeal.result, appeal)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            seen = form.cleaned_data["seen"]
            actions.write(appeal, form.text(), seen=seen, by=person, at=clock.now(), on=day)
            tell(request, "appeal.saved")
            return redirect("appeals:appeal", pk)
    return _form_page(request, appeal.result, form, appeal)


def _form(request: HttpRequest, result: Result, appeal: Appeal | None) -> AppealForm:
    data = request.POST if request.method == "POST" else None
    kpis = kpis_of(result.explanation)
    return AppealForm(data, rule=rule_for(result).value, kpis=kpis, appeal=appeal)


def _form_page(
    request: HttpRequest, result: Result, form: AppealForm, appeal: Appeal | None
) -> HttpResponse:
    day = clock.today()
    last = last_day(result)
    context = {
        "form": form,
        "result": result,
        "body": result.body,
        "appeal": appeal,
        "last": last,
        "left": None if last is None else (last - day).days,
        "rule": rule_of(result.fiscal_year, result.body.kind),
        "round": books.round_label(result.fiscal_year, result.round_id),
    }
    return form_page(request, form, "appeals/form.html", context)
