"""Pages of those who decide: the panel is named, votes, and its chair writes the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.slips import Slip, measured, slips_in
from esar.judge.appeals import actions
from esar.judge.appeals.correcting import layers_under
from esar.judge.appeals.forms import PanelForm, RejectForm, UpholdForm, VoteForm
from esar.judge.appeals.life import APPEAL_LIFE, rule_for, wrong_with_panel
from esar.judge.appeals.models import Appeal
from esar.judge.appeals.queries import barred_from, may_sit, seats_of
from esar.judge.appeals.views import appeal_or_404, appeal_page, around
from esar.judge.assessments.forms import steps_of
from esar.judge.assessments.levels import Layers
from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.kernel.wording import Word
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.telling import tell
from esar.report.reports.queries import round_of


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the panel among those who may sit, or another one in its place."""
    appeal, day = appeal_or_404(request, pk), clock.today()
    analyst: Any = request.user
    require(APPEAL_LIFE.may(analyst, appeal, "name_panel", day))
    seats, many = seats_of(appeal), rule_for(appeal.result).value.panel
    free = [person for person in may_sit(appeal, day) if person.pk != analyst.pk]
    free_ids = {person.pk for person in free}
    voted = [seat.person for seat in seats if seat.vote and seat.person_id not in free_ids]
    data = request.POST if request.method == "POST" else None
    form = PanelForm(data, many=many, people=[*voted, *free], seats=seats)
    if request.method == "POST":
        can_be_read = form.is_valid()
        reason, people = form.cleaned_data.get("reason", ""), form.chosen()
        with form.refusing():
            if not can_be_read:  # what else is wrong is told with it
                raise Refused(wrong_with_panel(appeal, people, reason=reason, by=analyst, on=day))
            post_move(request, APPEAL_LIFE, appeal, "name_panel", reason=reason, people=people)
            tell(request, "page.moved", action=Word("appeal-action.name_panel"))
            return redirect("appeals:appeal", pk)
    barred = barred_from(appeal, day)
    context = around(appeal) | {
        "form": form,
        "many": many,
        "seats": seats,
        "seen": APPEAL_LIFE.seen(appeal),
        "enough": len(form.people) >= many,
        "barred": [
            (person, barred[person.pk])
            for person in Person.objects.filter(pk__in=barred).order_by("name_key")
            if barred[person.pk] in ("appeal.bar_assessed", "appeal.bar_conflict")
        ],
    }
    return form_page(request, form, "appeals/panel.html", context)


@signed_in(Role.ASSESSOR)
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's vote; a refusal is shown on the appeal's page, which keeps what was typed."""
    appeal, day = appeal_or_404(request, pk), clock.today()
    person: Any = request.user
    require(APPEAL_LIFE.may(person, appeal, "vote", day))
    form = VoteForm(request.POST)
    if not form.is_valid():
        return appeal_page(request, appeal, form, status=422)
    fields = form.cleaned_data
    reason, vote = fields["reason"], fields["vote"]
    post_move(request, APPEAL_LIFE, appeal, "vote", reason=reason, vote=vote)
    tell(request, "page.moved", action=Word("appeal-action.vote"))
    return redirect("appeals:appeal", pk)


@signed_in(Role.ASSESSOR)
@require_http_methods(["GET", "HEAD", "POST"])
def uphold(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair writes what counts instead and why; "preview" shows the total only."""
    appeal, day = appeal_or_404(request, pk), clock.today()
    person: Any = request.user
    require(APPEAL_LIFE.may(person, appeal, "uphold", day))
    layers = layers_under(appeal)
    assert appeal.result.assessment is not None  # no other result can be appealed
    report = appeal.result.assessment.report
    steps = steps_of(rules_of(report.scorecard)[1], round_of(report))
    posted = request.method == "POST"
    form = UpholdForm(request.POST if posted else None, appeal=appeal, layers=layers, steps=steps)
    foreseen = None
    if posted and form.is_valid():
        with form.refusing():
            if "preview" not in request.POST:
                return _upheld(request, appeal, form)
            seen = request.POST.get("seen", "")
            foreseen = actions.foreseen(appeal, form.outcomes(), **by_at_on(request), seen=seen)
    context = around(appeal) | {
        "form": form,
        "layers": layers,
        "foreseen": foreseen,
        "slips": _slips(form, layers) if foreseen is not None else [],
        "seen": APPEAL_LIFE.seen(appeal),
        "seats": seats_of(appeal),
    }
    status = 422 if posted and foreseen is None else 200
    return render(request, "appeals/uphold.html", context, status=status)


def _slips(form: UpholdForm, layers: Layers) -> list[Slip]:
    """What looks like a slip of the hand in what is to count instead."""
    outcomes = form.outcomes()
    return [
        slip
        for kpi in form.kpis
        for outcome in [outcomes.get(kpi.number, Outcome())]
        for slip in slips_in(
            kpi,
            measured(kpi, outcome.actual),
            outcome.items,
            layers.bases[kpi.number].targets,
        )
    ]


def _upheld(request: HttpRequest, appeal: Appeal, form: UpholdForm) -> HttpResponse:
    reason, outcomes = form.cleaned_data["decision"], form.outcomes()
    act = post_move(request, APPEAL_LIFE, appeal, "uphold", reason=reason, outcomes=outcomes)
    tell(request, "appeal.now_corrected", total=act.content.total)
    return redirect("appeals:appeal", appeal.pk)


@signed_in(Role.ASSESSOR)
@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair writes why the result stays as it is."""
    appeal, day = appeal_or_404(request, pk), clock.today()
    person: Any = request.user
    require(APPEAL_LIFE.may(person, appeal, "reject", day))
    posted = request.method == "POST"
    form = RejectForm(request.POST if posted else None)
    if posted and form.is_valid():
        with form.refusing():
            reason = form.cleaned_data["decision"]
            post_move(request, APPEAL_LIFE, appeal, "reject", reason=reason)
            tell(request, "page.moved", action=Word("appeal-action.reject"))
            return redirect("appeals:appeal", pk)
    seen = APPEAL_LIFE.seen(appeal)
    context = around(appeal) | {"form": form, "seats": seats_of(appeal), "seen": seen}
    return render(request, "appeals/reject.html", context, status=422 if posted else 200)
