"""Pages of monthly reports and of what they make of a plan: load, ask, act, answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word, problem_words
from esar.platform.evidence import actions as files
from esar.platform.evidence.attachments import RestsOn, tell_attached
from esar.platform.evidence.downloads import download_response
from esar.platform.evidence.models import StoredFile
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, by_at_on, sees_everything
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.telling import tell
from esar.report.activity_plans.checks import month_words
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly import actions
from esar.report.activity_plans.monthly.content import Sheet, sheet_of
from esar.report.activity_plans.monthly.deadlines.queries import MONTHLY, due_day, months_of
from esar.report.activity_plans.monthly.forms import MonthForm
from esar.report.activity_plans.monthly.life import MONTH_LIFE, parts_of
from esar.report.activity_plans.monthly.models import MonthlyEvidence, MonthlyReport, MonthlyVersion
from esar.report.activity_plans.monthly.queries import report_on, reports_of, versions_of
from esar.report.activity_plans.monthly.round_scores.queries import rounds_of
from esar.report.activity_plans.monthly.states import MonthState
from esar.report.activity_plans.queries import in_force, visible_plans


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(visible_plans(request.user, clock.today()), pk=pk)


def _month_or_404(plan: Plan, text: str) -> date:
    """The month of an address; only those on which a report is due are there."""
    month = next((one for one in months_of(plan.fiscal_year) if f"{one:%Y-%m}" == text), None)
    if month is None or due_day(plan.fiscal_year, plan.body.kind, MONTHLY, month) is None:
        raise Http404
    return month


def _report_or_404(request: HttpRequest, pk: int, text: str) -> MonthlyReport:
    """The report on a month: the body's own and OPDC's at any time, else as it was sent in."""
    plan = plan_or_404(request, pk)
    report = report_on(plan, _month_or_404(plan, text))
    person, day = request.user, clock.today()
    near = sees_everything(person, day) or plan.body_id in bodies_of(
        person, day, Role.REPORTER, Role.APPROVER
    )
    if plan.version == 0 or not (near or report.state == MonthState.SUBMITTED):
        raise Http404
    return report


@signed_in()
@require_safe
def months(request: HttpRequest, pk: int) -> HttpResponse:
    """The twelve months: what was planned, by when to report, and how it was."""
    plan, day = plan_or_404(request, pk), clock.today()
    version, reports = in_force(plan), reports_of(plan)
    rows = []
    for month in months_of(plan.fiscal_year):
        due = due_day(plan.fiscal_year, plan.body.kind, MONTHLY, month)
        report = reports.get(month)
        sent = report is not None and report.received_on is not None
        rows.append(
            {
                "month": month,
                "due": due,
                "report": report,
                "has_begun": month <= day,
                "planned": _planned(version, month),
                "left": None if sent or due is None or day < month else (due - day).days,
            }
        )
    return render(request, "monthly/months.html", {"plan": plan, "rows": rows})


def _planned(version: Any, month: date) -> int:
    """How many outputs the plan has for a month."""
    month_text = f"{month:%Y-%m}"
    activities = version.planned.activities if version else ()
    return sum(output.month == month_text for one in activities for output in one.outputs)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """One month's report: to read, and for its reporter to write; saved by itself or as a form."""
    report = _report_or_404(request, pk, month)
    sheet = sheet_of(report)
    if request.method == "POST":
        return _save(request, sheet)
    return _month_page(request, sheet)


def _month_page(
    request: HttpRequest, sheet: Sheet, *, form: MonthForm | None = None, status: int = 200
) -> HttpResponse:
    report, person, day = sheet.report, request.user, clock.today()
    plan, is_kept = report.plan, report.pk is not None
    is_draft = is_kept and report.state == MonthState.DRAFT
    may_edit = bool(MONTH_LIFE.may(person, report, "edit", day))
    due = report.due_on or due_day(plan.fiscal_year, plan.body.kind, MONTHLY, report.month)
    context = {
        "plan": plan,
        "report": report,
        "sheet": sheet,
        "due": due,
        "days_left": None if due is None else (due - day).days,
        "may_edit": may_edit,
        "form": (form or MonthForm(None, sheet=sheet)) if may_edit else None,
        "moves": MONTH_LIFE.possible_moves(person, report, day) if is_kept else [],
        "seen": MONTH_LIFE.seen(report, parts_of(sheet)),
        "returned": MONTH_LIFE.sent_back(report) if is_draft else None,
        "versions": versions_of(report) if is_kept else (),
        "events": timeline(report)[:50] if is_kept else (),
    }
    return render(request, "monthly/month.html", context, status=status)


def _save(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Save what was typed; by itself (JSON) or as a form."""
    report, alone = sheet.report, request.headers.get("X-Autosave") == "1"
    require(MONTH_LIFE.may(request.user, report, "edit", clock.today()))
    form = MonthForm(request.POST, sheet=sheet)
    if not form.is_valid():
        if alone:
            return JsonResponse({"problems": form.told_errors()}, status=422)
        return _month_page(request, sheet, form=form, status=422)
    try:
        saved = actions.save_month(
            report.plan,
            report.month,
            form.said(),
            revision=form.cleaned_data["revision"],
            **by_at_on(request),
        )
    except Refused as refused:
        if alone:
            return _not_saved(request, sheet, refused)
        form.refuse(refused.problems)
        return _month_page(request, sheet, form=form, status=422)
    if alone:
        html = _silent(request, sheet_of(saved))
        return JsonResponse({"revision": saved.revision, "html": html})
    tell(request, "page.plan_month_saved", month=month_words(report.month))
    return redirect("monthly:plan-month", report.plan_id, f"{report.month:%Y-%m}")


def _not_saved(request: HttpRequest, sheet: Sheet, refused: Refused) -> JsonResponse:
    """Why it was not saved; when another was faster, 409 and what they wrote."""
    language = get_language() or "th"
    sentences = [problem_words(problem, language) for problem in refused.problems]
    stale = any(one.code.startswith("plan_month.changed") for one in refused.problems)
    answer: dict[str, Any] = {"problems": sentences}
    if stale:
        context = {"sheet": sheet, "report": sheet.report, "plan": sheet.report.plan}
        answer["html"] = render_to_string("monthly/_said.html", context, request)
    return JsonResponse(answer, status=409 if stale else 422)


def _silent(request: HttpRequest, sheet: Sheet) -> str:
    return render_to_string("monthly/_silent.html", {"sheet": sheet}, request)


@signed_in()
@require_POST
def move_month(request: HttpRequest, pk: int, month: str, name: str) -> HttpResponse:
    report = _report_or_404(request, pk, month)
    if report.pk is None:
        raise Http404
    post_move(request, MONTH_LIFE, report, name)
    tell(request, "page.plan_month_moved", action=Word(f"plan_month-action.{name}"))
    return redirect("monthly:plan-month", pk, month)


@signed_in(Role.REPORTER)
@require_POST
def add_evidence(request: HttpRequest, pk: int, month: str, number: int) -> HttpResponse:
    """A file for one activity, sent whole; looked at and scanned as every other."""
    report = _report_or_404(request, pk, month)
    at, on = clock.now(), clock.today()
    require(MONTH_LIFE.may(request.user, report, "edit", on))
    if "file" not in request.FILES:
        raise Refused([Problem("evidence.nothing_in_it", {"name": ""})])
    person: Any = request.user
    sent: Any = request.FILES["file"]

    def then(stored: StoredFile, name: str) -> RestsOn:
        attach = actions.attach
        return attach(report.plan, report.month, number, stored, name, by=person, at=at, on=on)

    subject = f"plan-month:{pk}:{month}:{number}"
    row = files.receive(sent, subject=subject, by=person, at=at, then=then)
    tell_attached(request, row, at)
    return redirect("monthly:plan-month", pk, month)


def _evidence(report: MonthlyReport, pk: int) -> MonthlyEvidence:
    files_of_report = MonthlyEvidence.objects.select_related("file", "report__plan__body")
    return get_object_or_404(files_of_report, pk=pk, report=report.pk)


@signed_in()
@require_safe
def evidence(request: HttpRequest, pk: int, month: str, attachment: int) -> HttpResponseBase:
    file = _evidence(_report_or_404(request, pk, month), attachment)
    return download_response(request, file.file, file.name)


@signed_in(Role.REPORTER)
@require_POST
def remove_evidence(request: HttpRequest, pk: int, month: str, attachment: int) -> HttpResponse:
    file = _evidence(_report_or_404(request, pk, month), attachment)
    actions.detach(file, **by_at_on(request))
    tell(request, "page.file_removed", name=file.name)
    return redirect("monthly:plan-month", pk, month)


@signed_in()
@require_safe
def version(request: HttpRequest, pk: int, month: str, number: int) -> HttpResponse:
    """What was sent in, as it was."""
    plan = plan_or_404(request, pk)
    report = report_on(plan, _month_or_404(plan, month))
    versions = MonthlyVersion.objects.select_related("by")
    frozen = get_object_or_404(versions, report=report.pk, number=number)
    context = {"plan": plan, "report": report, "version": frozen, "versions": versions_of(report)}
    return render(request, "monthly/version.html", context)


@signed_in()
@require_safe
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan has come to in each round, step by step, and which outputs counted."""
    plan = plan_or_404(request, pk)
    context = {"plan": plan, "rounds": rounds_of(plan, clock.today())}
    return render(request, "monthly/score.html", context)
