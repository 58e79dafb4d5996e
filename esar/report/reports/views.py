"""Pages of reports: load what is visible, ask, act, answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.indexes.queries import indexes_by_code
from esar.agree.scorecards.checks import rules_of
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word, problem_words
from esar.law.rules.kinds import Milestones
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.drafts import Conflict
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import OF_OPDC, Role
from esar.platform.organisations.queries import by_at_on, person_of, roles_of
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell
from esar.report.reports import writing
from esar.report.reports.content import Line, Sheet, full_mark_of, if_sent, line_of, sheet_of
from esar.report.reports.drawing import bullet_of
from esar.report.reports.forms import ClaimForm, MonthsForm
from esar.report.reports.frozen import SentClaim, SentReport
from esar.report.reports.life import (
    REPORT_LIFE,
    UNDECLARED,
    checked_parts_of,
    gaps_of,
    missing_of,
    parts_of,
)
from esar.report.reports.models import NARRATIVE, Report, ReportVersion
from esar.report.reports.queries import (
    agreed,
    due_day,
    narrates,
    next_report,
    packs_of,
    receipt_stands,
    round_of,
    used_elsewhere,
    versions_of,
    visible_reports,
)
from esar.report.reports.states import ReportState

CHECKED = ("propose", "submit")  # moves that a page with every answer goes before


def report_or_404(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(visible_reports(request.user, clock.today()), pk=pk)


@signed_in()
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report with everything on it, and what one may do."""
    report, day = report_or_404(request, pk), clock.today()
    sheet = sheet_of(report)
    person: Any = request.user
    moves = REPORT_LIFE.possible_moves(person, report, day)
    missing = missing_of(sheet)
    saved_at = [line.claim.saved_at for line in sheet.lines if line.claim.saved_at]
    context = _around(report) | {
        "sheet": sheet,
        "missing": missing,
        "missing_count": sum(len(codes) for codes in missing.values()),
        "first_missing": next((line.number for line in sheet.due if line.number in missing), None),
        "complete": sum(_is_complete(line, missing) for line in sheet.due),
        "file_count": sum(len(line.files) for line in sheet.lines),
        "saved_last": max(saved_at, default=None),
        "narrative": NARRATIVE,
        "versions": versions_of(report),
        "events": timeline(report)[:50],
        "moves": [move for move in moves if move.name not in CHECKED],
        "checked_first": [move.name for move in moves if move.name in CHECKED],
        "seen": REPORT_LIFE.seen(report, parts_of(sheet)),
        "may_edit": bool(REPORT_LIFE.may(person, report, "edit", day)),
        "packs": packs_of(report, person)[:3],
        "elsewhere": _elsewhere(person, sheet),
        "if_sent": None if report.state == ReportState.SUBMITTED else if_sent(sheet, day),
    }
    return render(request, "reports/report.html", context)


def _is_complete(line: Line, missing: Mapping[str, list[str]]) -> bool:
    """Whether nothing is missing of a KPI that is due, here or at who else tells it."""
    return line.says_something and line.number not in missing


def _around(report: Report) -> dict[str, Any]:
    due = report.due_on or due_day(report)
    return {
        "report": report,
        "card": report.scorecard,
        "round": round_of(report),
        "due": due,
        "narrates": narrates(report),
        "days_left": None if due is None else (due - clock.today()).days,
        "returned": REPORT_LIFE.sent_back(report) if report.state == ReportState.DRAFT else None,
    }


def _elsewhere(person: Any, sheet: Sheet) -> dict[int, Any]:
    """Files that others use too: shown to OPDC only."""
    if not roles_of(person, clock.today()) & set(OF_OPDC):
        return {}
    return used_elsewhere([one.file_id for line in sheet.lines for one in line.files], sheet.report)


@signed_in()
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A move of the report; it is sent in with a declaration in the approver's name."""
    report = report_or_404(request, pk)
    answers: dict[str, Any] = {
        word: request.POST.get(word) == "1" for word in ("declared", "acknowledged")
    }
    try:
        post_move(request, REPORT_LIFE, report, name, **answers)
    except Refused as refused:
        if any(problem.code in UNDECLARED for problem in refused.problems):
            return _check_page(request, sheet_of(report), name, refused.problems)
        raise
    tell(request, "page.report_moved", action=Word(f"report-action.{name}"))
    return redirect("reports:report-receipt" if name == "submit" else "reports:report", pk)


@signed_in()
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """That the report was sent in: its number and day, what comes next, what can be changed."""
    report = report_or_404(request, pk)
    if report.state != ReportState.SUBMITTED:
        return redirect("reports:report", pk)
    later = next_report(report)
    context = _around(report) | {
        "sending": versions_of(report).latest("number"),
        "stands": receipt_stands(report),
        "next_due": {"round": round_of(later), "day": due_day(later)} if later else None,
    }
    return render(request, "reports/receipt.html", context)


@signed_in()
@require_safe
def check_answers(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Every answer on one page before it is proposed or sent in, with what is missing on top."""
    report = report_or_404(request, pk)
    may = REPORT_LIFE.may(request.user, report, name, clock.today()) if name in CHECKED else None
    if not may:
        return redirect("reports:report", pk)
    return _check_page(request, sheet_of(report), name)


def _check_page(
    request: HttpRequest, sheet: Sheet, name: str, problems: Sequence[Problem] = ()
) -> HttpResponse:
    report = sheet.report
    context = _around(report) | {
        "sheet": sheet,
        "name": name,
        "gaps": gaps_of(sheet),
        "seen": REPORT_LIFE.seen(report, checked_parts_of(sheet, clock.today())),
        "problems": problems,
        "answers": request.POST,
        "by": person_of(request),
        "if_sent": if_sent(sheet, clock.today()),
    }
    status = 422 if problems else 200
    return render(request, "reports/check.html", context, status=status)


def line_or_404(sheet: Sheet, number: str) -> Line:
    line = next((one for one in sheet.lines if one.number == number), None)
    if line is None:
        raise Http404
    return line


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """One KPI of a report: to read, and for its reporter to write.

    A page that saves by itself asks for JSON; a plain form gets a page back.
    """
    report = report_or_404(request, pk)
    if request.method == "POST":
        return _save(request, report, number)
    sheet = sheet_of(report)
    line = line_or_404(sheet, number)
    may_edit = bool(REPORT_LIFE.may(request.user, report, "edit", clock.today()))
    return _claim_page(request, report, sheet, line, may_edit=may_edit)


def _claim_page(
    request: HttpRequest,
    report: Report,
    sheet: Sheet,
    line: Line,
    *,
    may_edit: bool,
    form: ClaimForm | None = None,
    status: int = 200,
    stale: bool = False,
) -> HttpResponse:
    writable = may_edit and line.is_written_here
    numbers = [
        each.number
        for each in sheet.lines
        if not may_edit or each.is_written_here or each.number == line.number
    ]
    place = numbers.index(line.number)
    months = _months_form(report, line, None)
    context = _around(report) | {
        "sheet": sheet,
        "line": line,
        "may_edit": writable,
        "steps": _steps(report),
        "form": (form or _form(report, line, None)) if writable else None,
        "months": months if writable and line.has_months else None,
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "place": place + 1,
        "places": len(numbers),
        "bullet": bullet_of(line),
        "others": [each for each in sheet.due if each.number != line.number and not each.central],
        "elsewhere": _elsewhere(request.user, sheet),
        "most_megabytes": settings.MAX_BYTES // 1024**2,
        "theirs": line.claim if stale else None,
        "months_mark": writing.mark_of_months(line.months),
        "indexes": list(indexes_by_code(line.kpi.indexes).values()),
    }
    return render(request, "reports/claim.html", context, status=status)


def _steps(report: Report) -> int:
    rule = rules_of(report.scorecard)[1].the(Milestones)
    return len(rule.value.points) if rule else 0


def _form(report: Report, line: Line, data: Any) -> ClaimForm:
    return ClaimForm(data, line=line, steps=_steps(report), narrates=narrates(report))


def _save(request: HttpRequest, report: Report, number: str) -> HttpResponse:
    """Save what was typed; by itself (JSON) or as a form."""
    line = line_of(report, number)
    if line is None:
        raise Http404
    alone, stale = request.headers.get("X-Autosave") == "1", False
    form = _form(report, line, request.POST)
    person: Any = request.user
    if form.is_valid():
        try:
            saved = writing.save_claim(
                report,
                line.number,
                form.cleaned_data,
                revision=form.cleaned_data["revision"],
                **by_at_on(request),
            )
        except Refused as refused:
            if alone:
                return _not_saved(request, report, line.number, refused)
            form.refuse(refused.problems)
            stale = isinstance(refused, Conflict)
        else:
            if alone:
                return JsonResponse(
                    {
                        "revision": saved.revision,
                        "figures": form.figures(),
                        "html": _preview(request, report, line.number),
                    }
                )
            return _on_from(request, report, line.number)
    elif alone:
        return JsonResponse({"problems": form.told_errors()}, status=422)
    require(REPORT_LIFE.may(person, report, "edit", clock.today()))
    sheet = sheet_of(report)
    return _claim_page(
        request,
        report,
        sheet,
        line_or_404(sheet, line.number),
        may_edit=True,
        form=form,
        status=422,
        stale=stale,
    )


def _on_from(request: HttpRequest, report: Report, number: str) -> HttpResponse:
    """Where a saved page goes on to: another KPI or the report, else to itself."""
    onward = request.POST.get("then", "")
    if onward == "report":
        return redirect("reports:report", report.pk)
    if onward in {kpi.number for kpi in agreed(report.scorecard).agreed.kpis}:
        return redirect("reports:report-claim", report.pk, onward)
    tell(request, "page.claim_saved", number=number)
    return redirect("reports:report-claim", report.pk, number)


def _not_saved(request: HttpRequest, report: Report, number: str, refused: Refused) -> JsonResponse:
    """Why it was not saved; when another was faster, 409 and what they wrote."""
    language = get_language() or "th"
    sentences = [problem_words(problem, language) for problem in refused.problems]
    stale = isinstance(refused, Conflict)
    answer: dict[str, Any] = {"problems": sentences}
    if stale:
        line = line_of(report, number)
        context = {"claim": line.claim if line else None, "narrative": NARRATIVE}
        answer["html"] = render_to_string("reports/_theirs.html", context, request)
    return JsonResponse(answer, status=409 if stale else 422)


def _preview(request: HttpRequest, report: Report, number: str) -> str:
    """The points of what was just saved, and what is missing for the next level."""
    sheet = sheet_of(report)
    line = line_or_404(sheet, number)
    context = {"line": line, "sheet": sheet, "report": report, "bullet": bullet_of(line)}
    return render_to_string("reports/_preview.html", context, request)


@signed_in(Role.REPORTER)
@require_POST
def save_months(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    report = report_or_404(request, pk)
    require(REPORT_LIFE.may(request.user, report, "edit", clock.today()))
    line = line_of(report, number)
    if line is None:
        raise Http404
    form = _months_form(report, line, request.POST)
    if not form.is_valid():
        return _months_page(request, report, line, form)
    try:
        changed = writing.save_months(
            report,
            number,
            form.said(),
            seen=request.POST.get("seen", ""),
            replaces_typed=bool(form.cleaned_data.get("replaces_typed", True)),
            **by_at_on(request),
        )
    except Refused as refused:
        form.refuse(refused.problems)
        status = 409 if isinstance(refused, Conflict) else 422
        return _months_page(request, report, line, form, status=status)
    saved = "page.quarters_saved" if line.by_quarter else "page.months_saved"
    tell(request, saved, count=changed)
    return redirect("reports:report-claim", pk, number)


def _months_form(report: Report, line: Line, data: Any) -> MonthsForm:
    """The months of a round; with a question where they would replace what was typed."""
    days, today = round_of(report).value, clock.today()
    replaces = writing.months_replace_typed(report, line.number, days)
    return MonthsForm(data, line=line, days=days, today=today, replaces=replaces)


def _months_page(
    request: HttpRequest, report: Report, line: Line, form: MonthsForm, status: int = 422
) -> HttpResponse:
    """The months as they were typed; where another was faster, beside what is kept now."""
    context = _around(report) | {
        "line": line,
        "months": form,
        "months_mark": writing.mark_of_months(line.months),
        "theirs": writing.month_words(line.months) if status == 409 else None,
    }
    return render(request, "reports/months.html", context, status=status)


@signed_in()
@require_safe
def sar_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The e-SAR card: the report on one page."""
    report = report_or_404(request, pk)
    context = _around(report) | {"sheet": sheet_of(report), "narrative": NARRATIVE}
    return render(request, "reports/card.html", context)


@signed_in()
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was sent in, beside what was sent before it (`?with=`; default: the one before)."""
    report = report_or_404(request, pk)
    frozen = get_object_or_404(
        ReportVersion.objects.select_related("by"), report=report, number=number
    )
    other_number = number_of(request.GET.get("with", "")) or number - 1
    beside = ReportVersion.objects.filter(report=report, number=other_number).first()
    context = _around(report) | {
        "version": frozen,
        "beside": beside,
        "full_mark": full_mark_of(frozen.sent_in, report.scorecard),
        "full_mark_beside": full_mark_of(beside.sent_in, report.scorecard) if beside else None,
        "versions": versions_of(report),
        "rows": compared(frozen.sent_in, beside.sent_in if beside else None),
        "narrative": NARRATIVE,
    }
    return render(request, "reports/version.html", context)


def compared(now: SentReport, then: SentReport | None) -> list[dict[str, Any]]:
    """Each claim as it was sent, with the names of what differs from the other sending."""
    before = then.by_number() if then else {}
    names = [part.name for part in fields(SentClaim) if part.name != "absent"]
    rows = []
    for claim in now.claims:
        old = before.get(claim.number)
        changed = [name for name in names if old and getattr(old, name) != getattr(claim, name)]
        rows.append({"claim": claim, "old": old, "changed": changed})
    return rows
