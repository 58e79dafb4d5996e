"""Pages of visits: OPDC plans, finds or advises; the body answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import sort_key
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.assessments import permissions
from esar.judge.assessments import visits as acting
from esar.judge.assessments.forms import AdviceForm, ChecklistForm, FindingForm, VisitForm
from esar.judge.assessments.life import FINDING_LIFE, VISIT_LIFE
from esar.judge.assessments.models import Finding, Visit
from esar.judge.assessments.queries import companions_of, findings_of, visible_visits
from esar.judge.assessments.views import assessment_or_404
from esar.kernel.problems import Refused
from esar.law.rules.kinds import Statement
from esar.platform.calendars.queries import entry
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.lists import text_of
from esar.platform.ui.telling import tell
from esar.platform.ui.year import listed_year


def _visit(request: HttpRequest, pk: int) -> Visit:
    return get_object_or_404(visible_visits(request.user, clock.today()), pk=pk)


@signed_in(Role.ASSESSOR, Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def advise(request: HttpRequest) -> HttpResponse:
    """Plan a meeting to advise on a scorecard of the year worked in."""
    year = listed_year(request) or books.year_of(clock.today())
    cards = Scorecard.objects.filter(fiscal_year=year).select_related("body")
    data = request.POST if request.method == "POST" else None
    people = companions_of(request.user, clock.today())
    form = AdviceForm(data, people=people, cards=cards.order_by("body__name_key"))
    if request.method == "POST" and form.is_valid():
        meeting = form.cleaned_data
        with form.refusing():
            visit = acting.plan(
                meeting["scorecard"],
                held_on=meeting["held_on"],
                place=meeting["place"],
                party=meeting["party"],
                **by_at_on(request),
            )
            tell(request, "page.advice_planned")
            return redirect("assessments:visit", visit.pk)
    context = {"form": form, "year": year, "window": entry(year, "calendar.advice")}
    return form_page(request, form, "assessments/advise.html", context)


@signed_in(Role.ASSESSOR, Role.ANALYST)
@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = assessment_or_404(request, pk)
    people = companions_of(request.user, clock.today())
    form = VisitForm(request.POST, people=people)
    if form.is_valid():
        with form.refusing():
            visit = acting.plan(
                assessment,
                held_on=form.cleaned_data["held_on"],
                place=form.cleaned_data["place"],
                party=form.cleaned_data["party"],
                **by_at_on(request),
            )
            tell(request, "page.visit_planned")
            return redirect("assessments:visit", visit.pk)
    context = {"assessment": assessment, "form": form}
    return render(request, "assessments/plan_visit.html", context, status=422)


@signed_in()
@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visit(request, pk))


def _page(
    request: HttpRequest,
    visit: Visit,
    checklist: ChecklistForm | None = None,
    finding: FindingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    day = clock.today()
    may_plan = bool(permissions.may_visit(request.user, visit.assessment or visit.scorecard, day))
    findings = findings_of([visit]).get(visit.pk, [])
    context = {
        "visit": visit,
        "card": visit.scorecard,
        "may_plan": may_plan,
        "rows": [
            {
                "finding": row,
                "seen": FINDING_LIFE.seen(row),
                "answers": bool(FINDING_LIFE.may(request.user, row, "answer", day)),
            }
            for row in findings
        ],
        "day": day,
        "events": timeline(visit)[:50],
        "checklist_form": checklist or _checklist_form(visit, None),
        "finding_form": finding or FindingForm(numbers=_numbers(visit)),
    }
    return render(request, "assessments/visit.html", context, status=status)


def _numbers(visit: Visit) -> list[str]:
    """The KPIs that a finding may be about. One query."""
    numbers = Kpi.objects.filter(scorecard=visit.scorecard_id).values_list("number", flat=True)
    return sorted(numbers, key=sort_key)


def _checklist_form(visit: Visit, data: Any) -> ChecklistForm:
    """The rulebook's list where a report is assessed; who took part where advice is given."""
    advises = visit.about == "advice"
    rule = None if advises else rules_of(visit.scorecard)[1].get("visit-checklist", Statement)
    items = rule.value.items if rule else ()
    return ChecklistForm(data, items=items, language=get_language() or "th", names_all=advises)


@signed_in(Role.ASSESSOR, Role.ANALYST)
@require_POST
def move_visit(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    visit, record = _visit(request, pk), {}
    if name == "done":
        form = _checklist_form(visit, request.POST)
        if not form.is_valid():
            return _page(request, visit, checklist=form, status=422)
        record = {"checklist": form.checklist(), "took_part": form.cleaned_data["took_part"]}
    post_move(request, VISIT_LIFE, visit, name, **record)
    tell(request, "page.visit_moved")
    return redirect("assessments:visit", pk)


@signed_in(Role.ASSESSOR, Role.ANALYST)
@require_POST
def add_finding(request: HttpRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk)
    form = FindingForm(request.POST, numbers=_numbers(visit))
    if not form.is_valid():
        return _page(request, visit, finding=form, status=422)
    try:
        acting.add_finding(visit, **by_at_on(request), **form.cleaned_data)
    except Refused as refused:
        form.refuse(refused.problems)
        return _page(request, visit, finding=form, status=422)
    tell(request, "page.finding_added")
    return redirect("assessments:visit", pk)


@signed_in()
@require_POST
def move_finding(request: HttpRequest, pk: int, finding: int, name: str) -> HttpResponse:
    row = get_object_or_404(Finding, pk=finding, visit=_visit(request, pk))
    post_move(
        request,
        FINDING_LIFE,
        row,
        name,
        reason=text_of(request, "text", FINDING_LIFE.max_reason),
    )
    tell(request, "page.visit_moved")
    return redirect("assessments:visit", pk)
