"""Pages of assessments: load what is visible, ask, act, answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.scorecards.checks import rules_of
from esar.judge.assessments import actions, permissions
from esar.judge.assessments.forms import DeclareForm, JudgeForm, VisitForm, steps_of
from esar.judge.assessments.layers import SELF, Layers, layers_of
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import (
    assessment_list,
    declarations_of,
    declared,
    levels_of,
    stages_of,
    visible_assessments,
    visits_of,
)
from esar.judge.assessments.risk import ranked, sampling_rule
from esar.judge.assessments.states import ASSESSMENT_MOVES, Stage
from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.kernel.wording import Word
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import groups
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.exports import csv_answer
from esar.platform.ui.lists import asked_for, numbers_of, page_of
from esar.platform.ui.telling import tell, tell_many
from esar.platform.ui.year import round_year
from esar.report.reports.queries import attachments_of, round_of, used_elsewhere

STAGES = (SELF, Stage.PRELIMINARY, Stage.MINISTER, Stage.PRIME_MINISTER)
WHO = (Role.ASSESSOR, Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.MINISTERS_OFFICE)


def assessment_or_404(request: HttpRequest, pk: int) -> Assessment:
    return get_object_or_404(visible_assessments(request.user, clock.today()), pk=pk)


def _asked(request: HttpRequest) -> tuple[dict[str, Any], Any]:
    asked: dict[str, Any] = asked_for(request, "since")
    state, round_id = request.GET.get("state", ""), request.GET.get("round", "")
    year = round_year(request)
    rounds, states = books.reported_rounds(year), stages_of(year)
    asked |= {
        "state": state if state in states else "",
        "states": states,
        "year": year,
        "round_id": round_id if round_id in rounds else "",
        "rounds": rounds,
    }
    found = assessment_list(
        request.user,
        clock.today(),
        text=asked["text"],
        kind=asked["kind"],
        group=asked["group"],
        sort=asked["sort"],
        state=asked["state"],
        year=asked["year"],
        round_id=asked["round_id"],
    )
    return asked, found


@signed_in(*WHO)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment one may see. A constant number of queries."""
    asked, found = _asked(request)
    sampled = asked["year"] or books.reported_year(clock.today())
    context = asked | {
        "page": page_of(request, found),
        "groups": groups(),
        "sampled_year": sampled,
        "sampled": books.reported_rounds(sampled) if sampling_rule(sampled) else [],
    }
    return render(request, "assessments/list.html", context)


@signed_in(*WHO)
@require_safe
def assessments_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV that a spreadsheet opens. One query."""
    _, found = _asked(request)
    head = ["year", "round", "code", "body", "state", *STAGES]
    return csv_answer("esar-assessments", head, map(_row, found))


def _row(one: Assessment) -> list[object]:
    card = one.report.scorecard
    row = [card.fiscal_year, one.report.round_id, card.body.code, card.body.name_th, one.state]
    said = {stage: total or "not_reported" for stage, total in one.totals.items()}
    return [*row, *(said.get(stage) for stage in STAGES)]


@signed_in(*WHO)
@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment: what each level makes of each KPI, and what one may do."""
    one, day = assessment_or_404(request, pk), clock.today()
    return _page(request, one, day, DeclareForm())


def _page(
    request: HttpRequest, one: Assessment, day: Any, declare_form: DeclareForm, status: int = 200
) -> HttpResponse:
    me: Any = request.user
    layers, report = layers_of(one), one.report
    files = attachments_of(report)
    used = used_elsewhere([each.file_id for listed in files.values() for each in listed], report)
    may_judge = bool(permissions.may_judge(me, one, day))
    declare = permissions.may_declare(me, one, day) and declared(one, me) is None
    context = {
        "assessment": one,
        "report": report,
        "card": report.scorecard,
        "round": round_of(report),
        "layers": layers.reached(one.state),
        "rows": _rows(layers, one.state, files, used),
        "moves": _moves(me, one, day),
        "may_judge": may_judge,
        "declare_form": declare_form if declare else None,
        "declarations": declarations_of(one),
        "events": timeline(one)[:50],
        "visits": visits_of(one),
        "may_visit": bool(permissions.may_visit(me, one, day)),
        "visit_form": VisitForm(),
        "route": [*(level.id for level in levels_of(one)), Stage.DONE],
    }
    return render(request, "assessments/assessment.html", context, status=status)


def _rows(layers: Layers, state: str, files: Any, used: Any) -> list[dict[str, Any]]:
    """A row for each KPI: its claim, and each layer's outcome, points and judgement so far."""
    kpis = {kpi.number: kpi for kpi in layers.version.agreed.kpis}
    return [
        {
            "kpi": kpis[number],
            "claim": layers.claims.get(number),
            "central": number in layers.central,
            "files": files.get(number, []),
            "reused": [
                other for one in files.get(number, []) for other in used.get(one.file_id, [])
            ],
            "cells": [
                {
                    "level": layer.level,
                    "outcome": layer.outcomes.get(number),
                    "score": layer.scores.get(number),
                    "judgement": layer.judged.get(number),
                }
                for layer in layers.reached(state)
            ],
        }
        for number in layers.numbers
    ]


def _moves(person: Any, one: Assessment, day: Any) -> list[tuple[str, bool]]:
    return [
        (name, move.needs_reason)
        for name, move in ASSESSMENT_MOVES.items()
        if not move.by_the_system
        and one.state in move.sources
        and permissions.may_move(person, one, name, day)
    ]


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    one, day = assessment_or_404(request, pk), clock.today()
    form = DeclareForm(request.POST)
    me: Any = request.user
    if not form.is_valid():
        return _page(request, one, day, form, status=422)
    try:
        actions.declare(
            one,
            has_conflict=form.cleaned_data["has_conflict"],
            detail=form.cleaned_data["detail"],
            by=me,
            at=clock.now(),
            on=day,
        )
    except Refused as refused:
        form.refuse(refused.problems)
        return _page(request, one, day, form, status=422)
    tell(request, "page.declared")
    return redirect("assessments:assessment", pk)


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Put another result of a KPI on top of the former one."""
    one, day = assessment_or_404(request, pk), clock.today()
    require(permissions.may_judge(request.user, one, day))
    layers = layers_of(one)
    if number not in layers.numbers:
        raise Http404
    layer = layers.at(one.state)
    kpi = next(kpi for kpi in layers.version.agreed.kpis if kpi.number == number)
    steps = steps_of(rules_of(one.report.scorecard)[1], round_of(one.report))
    form = JudgeForm(
        request.POST if request.method == "POST" else None,
        kpi=kpi,
        outcome=layer.outcomes[number],
        steps=steps,
        reason=layer.judged[number].reason if number in layer.judged else "",
    )
    if request.method == "POST" and form.is_valid() and _judged(request, one, number, form):
        tell(request, "page.judged", number=number)
        return redirect("assessments:assessment", pk)
    row = next(
        row for row in _rows(layers, one.state, attachments_of(one.report), {}) if row["kpi"] is kpi
    )
    context = {
        "assessment": one,
        "card": one.report.scorecard,
        "report": one.report,
        "kpi": kpi,
        "form": form,
        "row": row,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/judge.html", context, status=status)


def _judged(request: HttpRequest, one: Assessment, number: str, form: JudgeForm) -> bool:
    """Record the judgement; a refusal is shown on the form, which keeps what was typed."""
    me: Any = request.user
    try:
        actions.judge(
            one,
            number,
            form.outcome(),
            reason=form.cleaned_data["reason"],
            by=me,
            at=clock.now(),
            on=clock.today(),
        )
    except Refused as refused:
        form.refuse(refused.problems)
        return False
    return True


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in ASSESSMENT_MOVES:
        raise Http404
    one = assessment_or_404(request, pk)
    me: Any = request.user
    actions.move(
        one,
        name,
        by=me,
        at=clock.now(),
        on=clock.today(),
        reason=request.POST.get("reason", "")[:2000],
    )
    tell(request, "page.report_moved", action=Word(f"assessment-action.{name}"))
    seen = visible_assessments(me, clock.today()).filter(pk=pk).exists()
    return redirect("assessments:assessment", pk) if seen else redirect("assessments:assessments")


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_POST
def pass_many(request: HttpRequest) -> HttpResponse:
    """Pass on many, each with the checks of a single one."""
    me: Any = request.user
    done, failed = 0, []
    chosen = numbers_of(request, "assessment")
    for one in visible_assessments(me, clock.today()).filter(pk__in=chosen):
        try:
            actions.move(one, "pass_on", by=me, at=clock.now(), on=clock.today())
            done += 1
        except Refused as refused:
            failed.append((one.report.scorecard.body.name_th, refused.problems))
    tell_many(request, done, failed)
    return redirect("assessments:assessments")


@signed_in(Role.ASSESSOR, Role.ANALYST, Role.AUDITOR)
@require_safe
def sampling(request: HttpRequest, year: int, round_id: str) -> HttpResponse:
    """Whom to visit, by risk, each with its reasons."""
    rule = sampling_rule(year)
    if rule is None or round_id not in books.reported_rounds(year):
        raise Http404
    risks = ranked(year, round_id)
    context = {
        "year": year,
        "round_id": round_id,
        "rule": rule,
        "risks": risks,
        "labels": {risk.id: risk.label for risk in rule.value.risks},
        "chosen": sum(1 for risk in risks if risk.chosen),
    }
    return render(request, "assessments/sampling.html", context)
