"""Pages of assessments: load what is visible, ask, act, answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.judge.assessments import actions, permissions
from esar.judge.assessments.forms import DeclareForm, VisitForm, YearDeclarationForm
from esar.judge.assessments.levels import layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE, IN_A_LIST, checks_of, parts_of
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import (
    companions_of,
    conflicts_declared,
    declarations_of,
    declared_conflict,
    levels_of,
    visible_assessments,
    visits_of,
    year_declarations,
)
from esar.judge.assessments.risk import sampling_rule
from esar.judge.assessments.rows import rows_of, unchecked
from esar.judge.assessments.states import LEVELS, Stage
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
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.lists import number_of, numbers_of
from esar.platform.ui.telling import tell, tell_many
from esar.platform.ui.year import chosen_year
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
    contents = [file.file_id for group in files.values() for file in group]
    rows = rows_of(layers, assessment.state, files, checks_of(assessment, layers))
    left = unchecked(rows)
    may_declare = ASSESSMENT_LIFE.may(person, assessment, "declare", day)
    context = {
        "assessment": assessment,
        "report": report,
        "card": report.scorecard,
        "round": round_of(report),
        "layers": layers.reached(assessment.state),
        "rows": rows,
        "used": used_elsewhere(contents, report),
        "is_judged": assessment.state in LEVELS,
        "due": sum(row.is_due for row in rows),
        "checked": sum(row.is_due for row in rows) - len(left),
        "left": left,
        "moves": ASSESSMENT_LIFE.possible_moves(person, assessment, day),
        "seen": ASSESSMENT_LIFE.seen(assessment, parts_of(assessment, layers)),
        "may_judge": bool(ASSESSMENT_LIFE.may(person, assessment, "judge", day)),
        "declare_form": declare_form if may_declare else None,
        "has_declared": declared_conflict(assessment, person) is not None,
        "declarations": declarations_of(assessment),
        "events": timeline(assessment)[:50],
        "visits": visits_of(assessment),
        "may_visit": bool(permissions.may_visit(person, assessment, day)),
        "visit_form": VisitForm(None, people=companions_of(person, day)),
        "route": [*(level.id for level in levels_of(assessment)), Stage.DONE],
    }
    return render(request, "assessments/assessment.html", context, status=status)


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
def declare_for_year(request: HttpRequest) -> HttpResponse:
    """Declare once for every body of a year; afterwards back to the assessment one came from."""
    person, year = person_of(request), chosen_year(request)
    require(permissions.may_declare(person, clock.today()))
    back = number_of(request.GET.get("back", ""))
    before = year_declarations(person, year).first()
    form = YearDeclarationForm(posted(request))
    if form.is_valid():
        with form.refusing():
            actions.declare_for_year(year, **form.cleaned_data, **by_at_on(request))
            tell(request, "page.declared_for_year", year=year)
            if back and visible_assessments(person, clock.today()).filter(pk=back).exists():
                return redirect("assessments:assessment", back)
            return redirect("assessments:assessments")
    conflicts = conflicts_declared(person, year)
    context = {"year": year, "before": before, "conflicts": conflicts}
    return form_page(request, form, "assessments/declare.html", context)


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
