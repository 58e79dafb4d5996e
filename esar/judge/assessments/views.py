"""Pages of assessments: load what is visible, ask, act, answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.indexes.queries import indexes_by_code
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.slips import Slip, measured, slips_in
from esar.judge.assessments import actions, permissions
from esar.judge.assessments.forms import DeclareForm, JudgeForm, VisitForm, steps_of
from esar.judge.assessments.levels import SELF, Layer, Layers, layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE, IN_A_LIST, parts_of
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import (
    companions_of,
    declarations_of,
    declared,
    levels_of,
    visible_assessments,
    visits_of,
)
from esar.judge.assessments.risk import sampling_rule
from esar.judge.assessments.states import Stage
from esar.judge.assessments.tables import AssessmentList, SamplingList
from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.kernel.wording import Word
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on, may_enter, person_of
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.lists import numbers_of
from esar.platform.ui.telling import tell, tell_many
from esar.report.reports.frozen import SentClaim
from esar.report.reports.models import NARRATIVE
from esar.report.reports.queries import attachments_of, round_of, used_elsewhere
from esar.report.self_evaluations.life import put_seen_by

WHO = (Role.ASSESSOR, Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.MINISTERS_OFFICE)
SAMPLES = (Role.ASSESSOR, Role.ANALYST, Role.AUDITOR)


def assessment_or_404(request: HttpRequest, pk: int) -> Assessment:
    return get_object_or_404(visible_assessments(request.user, clock.today()), pk=pk)


@signed_in(*WHO)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment one may see. A constant number of queries."""
    passes = reverse("assessments:assessments-pass")
    page = AssessmentList(request, picks=may_enter(request.user, clock.today(), passes))
    sampled = page.reader.year or books.reported_year(clock.today())
    rounds = [
        round_id
        for round_id in (books.reported_rounds(sampled) if sampling_rule(sampled) else [])
        if may_enter(
            request.user,
            clock.today(),
            reverse("assessments:sampling", args=[sampled, round_id]),
        )
    ]
    apart = put_seen_by(request.user, clock.today(), sampled)
    return page.answer(sampled_year=sampled, sampled=rounds, apart=apart)


@signed_in(*WHO)
@require_safe
def assessments_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a file. One query."""
    return AssessmentList(request).file(kind)


@signed_in(*WHO)
@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment: what each level makes of each KPI, and what one may do."""
    return _page(request, assessment_or_404(request, pk), DeclareForm())


def _page(
    request: HttpRequest, assessment: Assessment, declare_form: DeclareForm, status: int = 200
) -> HttpResponse:
    person, day = person_of(request), clock.today()
    layers, report = layers_of(assessment), assessment.report
    files = attachments_of(report)
    used = used_elsewhere([file.file_id for group in files.values() for file in group], report)
    may_declare = ASSESSMENT_LIFE.may(person, assessment, "declare", day)
    context = {
        "assessment": assessment,
        "report": report,
        "card": report.scorecard,
        "round": round_of(report),
        "layers": layers.reached(assessment.state),
        "rows": _rows(layers, assessment.state, files, used),
        "narrative": NARRATIVE,
        "moves": ASSESSMENT_LIFE.possible_moves(person, assessment, day),
        "seen": ASSESSMENT_LIFE.seen(assessment, parts_of(assessment, layers)),
        "may_judge": bool(ASSESSMENT_LIFE.may(person, assessment, "judge", day)),
        "declare_form": (
            declare_form if may_declare and declared(assessment, person) is None else None
        ),
        "declarations": declarations_of(assessment),
        "events": timeline(assessment)[:50],
        "visits": visits_of(assessment),
        "may_visit": bool(permissions.may_visit(person, assessment, day)),
        "visit_form": VisitForm(None, people=companions_of(person, day)),
        "route": [*(level.id for level in levels_of(assessment)), Stage.DONE],
    }
    return render(request, "assessments/assessment.html", context, status=status)


def _rows(layers: Layers, state: str, files: Any, used: Any) -> list[dict[str, Any]]:
    """A row for each KPI: its claim, and each layer's outcome, points and judgement so far."""
    kpis = {kpi.number: kpi for kpi in layers.version.agreed.kpis}
    weights = layers.weights(state)
    return [
        {
            "kpi": kpis[number],
            "weight": weights[number],
            "basis": layers.bases[number],
            "claim": layers.claims.get(number),
            "has_words": _has_words(layers.claims.get(number)),
            "central": number in layers.central,
            "waits": number in layers.waiting,
            "files": files.get(number, []),
            "reused": [
                other for file in files.get(number, []) for other in used.get(file.file_id, [])
            ],
            "cells": [
                {
                    "level": layer.level,
                    "outcome": layer.outcomes.get(number),
                    "score": layer.scores.get(number),
                    "judgement": layer.judged.get(number),
                    "slips": _slips(layers, layer, kpis[number]),
                }
                for layer in layers.reached(state)
            ],
        }
        for number in layers.numbers
    ]


def _slips(layers: Layers, layer: Layer, kpi: AgreedKpi) -> list[Slip]:
    """What looks like a slip of the hand in what a level has a KPI come to.

    What its body reports and OPDC gives points for is a result at the body alone.
    """
    number, outcome = kpi.number, layer.outcomes.get(kpi.number, Outcome())
    actual, claim = measured(kpi, outcome.actual), layers.claims.get(number)
    if number in layers.waiting and layer.level == SELF and claim is not None and claim.actual:
        actual = Decimal(claim.actual)
    return slips_in(kpi, actual, outcome.items, layers.bases[number].targets)


def _has_words(claim: SentClaim | None) -> bool:
    """Whether the body wrote anything of a KPI."""
    return claim is not None and any(getattr(claim, name) for name in ("why", *NARRATIVE))


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """An assessor's word on a conflict of interest."""
    assessment, form = assessment_or_404(request, pk), DeclareForm(request.POST)
    if not form.is_valid():
        return _page(request, assessment, form, status=422)
    try:
        actions.declare(
            assessment,
            has_conflict=form.cleaned_data["has_conflict"],
            detail=form.cleaned_data["detail"],
            **by_at_on(request),
        )
    except Refused as refused:
        form.refuse(refused.problems)
        return _page(request, assessment, form, status=422)
    tell(request, "page.declared")
    return redirect("assessments:assessment", pk)


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Put another result of a KPI on top of the former one."""
    assessment, is_sent = assessment_or_404(request, pk), request.method == "POST"
    require(ASSESSMENT_LIFE.may(request.user, assessment, "judge", clock.today()))
    layers, report = layers_of(assessment), assessment.report
    if number not in layers.numbers:
        raise Http404
    layer = layers.at(assessment.state)
    kpi = next(kpi for kpi in layers.version.agreed.kpis if kpi.number == number)
    form = JudgeForm(
        request.POST if is_sent else None,
        kpi=kpi,
        outcome=layer.outcomes[number],
        steps=steps_of(rules_of(report.scorecard)[1], round_of(report)),
        reason=layer.judged[number].reason if number in layer.judged else "",
        waits=number in layers.waiting,
        typed=layers.typed_points.get(number, ""),
    )
    if is_sent and form.is_valid() and _is_judged(request, assessment, number, form):
        tell(request, "page.judged", number=number)
        return redirect("assessments:assessment", pk)
    rows = _rows(layers, assessment.state, attachments_of(report), {})
    context = {
        "assessment": assessment,
        "card": report.scorecard,
        "report": report,
        "kpi": kpi,
        "indexes": list(indexes_by_code(kpi.indexes).values()),
        "form": form,
        "row": next(row for row in rows if row["kpi"] is kpi),
        "typed_as_points": number in layers.typed_points,
        "gives_points": number in layers.waiting,
        "seen": ASSESSMENT_LIFE.seen(assessment, actions.kpi_part(assessment, layers, number)),
    }
    return render(request, "assessments/judge.html", context, status=422 if is_sent else 200)


def _is_judged(request: HttpRequest, assessment: Assessment, number: str, form: JudgeForm) -> bool:
    """Record the judgement; a refusal is shown on the form, which keeps what was typed."""
    try:
        actions.judge(
            assessment,
            number,
            form.outcome(),
            reason=form.cleaned_data["reason"],
            **by_at_on(request),
            seen=request.POST.get("seen", ""),
        )
    except Refused as refused:
        form.refuse(refused.problems)
        return False
    return True


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Make a move, and go on with what one still sees."""
    post_move(request, ASSESSMENT_LIFE, assessment_or_404(request, pk), name)
    tell(request, "page.report_moved", action=Word(f"assessment-action.{name}"))
    if visible_assessments(request.user, clock.today()).filter(pk=pk).exists():
        return redirect("assessments:assessment", pk)
    return redirect("assessments:assessments")


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_POST
def pass_many(request: HttpRequest) -> HttpResponse:
    """Pass on many, each with the checks of a single one, as the list showed it."""
    person, at, on = person_of(request), clock.now(), clock.today()
    passed, failed = 0, []
    chosen = visible_assessments(person, on).filter(pk__in=numbers_of(request, "assessment"))
    for assessment in chosen:
        seen = request.POST.get(f"seen-{assessment.pk}", "")
        try:
            ASSESSMENT_LIFE.move(
                assessment, "pass_on", by=person, at=at, on=on, seen=seen, parts=IN_A_LIST
            )
            passed += 1
        except Refused as refused:
            failed.append((assessment.report.scorecard.body.name_th, refused.problems))
    tell_many(request, passed, failed)
    return redirect("assessments:assessments")


@signed_in(*SAMPLES)
@require_safe
def sampling(request: HttpRequest, year: int, round_id: str) -> HttpResponse:
    """Whom to visit, by risk, each with its reasons."""
    sampled, rule = _sampling(request, year, round_id)
    chosen = sum(1 for risk in sampled.ranked if risk.chosen)
    return sampled.answer(rule=rule, chosen=chosen, all=len(sampled.ranked))


@signed_in(*SAMPLES)
@require_safe
def sampling_export(request: HttpRequest, year: int, round_id: str, kind: str) -> HttpResponse:
    """The same as a file."""
    return _sampling(request, year, round_id)[0].file(kind)


def _sampling(request: HttpRequest, year: int, round_id: str) -> tuple[SamplingList, Any]:
    rule = sampling_rule(year)
    if rule is None or round_id not in books.reported_rounds(year):
        raise Http404
    return SamplingList(request, year, round_id), rule
