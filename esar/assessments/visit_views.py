"""Pages of visits: OPDC plans and finds, the body answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from esar.assessments import permissions, visits
from esar.assessments.forms import ChecklistForm, FindingForm, VisitForm
from esar.assessments.models import Finding, Visit
from esar.assessments.queries import findings_of, visible_visits
from esar.assessments.states import FINDING_MOVES, VISIT_MOVES
from esar.assessments.views import assessment_or_404
from esar.history.queries import timeline
from esar.organisations.models import Role
from esar.problems import Refused
from esar.scorecards.checks import rules_of
from esar.web import clock
from esar.web.doors import signed_in
from esar.web.telling import tell


def _visit(request: HttpRequest, pk: int) -> Visit:
    return get_object_or_404(visible_visits(request.user, clock.today()), pk=pk)


@signed_in(Role.ASSESSOR, Role.ANALYST)
@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    one = assessment_or_404(request, pk)
    form = VisitForm(request.POST)
    me: Any = request.user
    if not form.is_valid():
        context = {"assessment": one, "form": form}
        return render(request, "assessments/plan_visit.html", context, status=422)
    made = visits.plan(
        one, held_on=form.cleaned_data["held_on"], place=form.cleaned_data["place"], by=me,
        at=clock.now(), on=clock.today(),
    )  # fmt: skip
    tell(request, "page.visit_planned")
    return redirect("visit", made.pk)


@signed_in()
@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visit(request, pk))


def _page(
    request: HttpRequest, one: Visit, checklist: ChecklistForm | None = None,
    finding: FindingForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    day = clock.today()
    report = one.assessment.report
    numbers = [claim["number"] for claim in one.assessment.version.content["claims"]]
    may_plan = bool(permissions.may_visit(request.user, one.assessment, day))
    context = {
        "visit": one, "report": report, "card": report.scorecard, "may_plan": may_plan,
        "findings": findings_of([one]).get(one.pk, []), "day": day, "events": timeline(one)[:50],
        "may_answer": bool(permissions.may_answer(request.user, one, day)),
        "checklist_form": checklist or _checklist_form(one, None),
        "finding_form": finding or FindingForm(numbers=numbers),
    }  # fmt: skip
    return render(request, "assessments/visit.html", context, status=status)


def _checklist_form(one: Visit, data: Any) -> ChecklistForm:
    rules = rules_of(one.assessment.report.scorecard)[1]
    rule = rules.by_id.get("visit-checklist")
    items = rule.value.items if rule else ()
    return ChecklistForm(data, items=items, language=get_language() or "th")


@signed_in(Role.ASSESSOR, Role.ANALYST)
@require_POST
def move_visit(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in VISIT_MOVES:
        raise Http404
    one = _visit(request, pk)
    form = _checklist_form(one, request.POST)
    if name == "done" and not form.is_valid():
        return _page(request, one, checklist=form, status=422)
    me: Any = request.user
    visits.move_visit(
        one, name, by=me, at=clock.now(), on=clock.today(),
        checklist=form.checklist() if name == "done" else None,
        reason=request.POST.get("reason", "")[:2000],
    )  # fmt: skip
    tell(request, "page.visit_moved")
    return redirect("visit", pk)


@signed_in(Role.ASSESSOR, Role.ANALYST)
@require_POST
def add_finding(request: HttpRequest, pk: int) -> HttpResponse:
    one = _visit(request, pk)
    numbers = [claim["number"] for claim in one.assessment.version.content["claims"]]
    form = FindingForm(request.POST, numbers=numbers)
    me: Any = request.user
    if not form.is_valid():
        return _page(request, one, finding=form, status=422)
    try:
        visits.add_finding(one, by=me, at=clock.now(), on=clock.today(), **form.cleaned_data)
    except Refused as refused:
        form.refuse(refused.problems)
        return _page(request, one, finding=form, status=422)
    tell(request, "page.finding_added")
    return redirect("visit", pk)


@signed_in()
@require_POST
def move_finding(request: HttpRequest, pk: int, finding: int, name: str) -> HttpResponse:
    if name not in FINDING_MOVES:
        raise Http404
    one = get_object_or_404(Finding, pk=finding, visit=_visit(request, pk))
    me: Any = request.user
    visits.move_finding(
        one, name, by=me, at=clock.now(), on=clock.today(), text=request.POST.get("text", "")[:4000]
    )
    tell(request, "page.visit_moved")
    return redirect("visit", pk)
