"""Judging: one KPI after the other, its evidence on the page, and the marks of what was seen."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from esar.agree.indexes.queries import indexes_by_code
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.past_years import years_before
from esar.judge.assessments import actions
from esar.judge.assessments.forms import JudgeForm, steps_of
from esar.judge.assessments.levels import Layers, layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE, checks_of
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.rows import Row, rows_of, unchecked
from esar.judge.assessments.views import WHO, assessment_or_404
from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.platform.evidence.previews import pages_of
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import posted
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell
from esar.report.reports.models import NARRATIVE, Attachment
from esar.report.reports.queries import attachments_of, round_of, used_elsewhere


@signed_in(*WHO)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """One KPI: each level's view, what it rests on, and another result on top of the former.

    Whoever sees the assessment reads it. A constant number of queries.
    """
    assessment, day = assessment_or_404(request, pk), clock.today()
    may_judge = ASSESSMENT_LIFE.may(request.user, assessment, "judge", day)
    if request.method == "POST":
        require(may_judge)
    layers = layers_of(assessment)
    if number not in layers.numbers:
        raise Http404
    form = _form(request, assessment, layers, number) if may_judge else None
    if form is not None and form.is_bound and form.is_valid():
        with form.refusing():
            actions.judge(
                assessment,
                number,
                form.outcome(),
                reason=form.cleaned_data["reason"],
                seen=request.POST.get("seen", ""),
                **by_at_on(request),
            )
            tell(request, "page.judged", number=number)
            return _go_on(request, assessment, number)
    context = _page(request, assessment, layers, number)
    context |= {"form": form, "why_not": may_judge.problem}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "assessments/judge.html", context, status=status)


def _form(request: HttpRequest, assessment: Assessment, layers: Layers, number: str) -> JudgeForm:
    """The form of another result, as the level has it now."""
    report, layer = assessment.report, layers.at(assessment.state)
    return JudgeForm(
        posted(request),
        kpi=next(kpi for kpi in layers.version.agreed.kpis if kpi.number == number),
        outcome=layer.outcomes[number],
        steps=steps_of(rules_of(report.scorecard)[1], round_of(report)),
        reason=layer.judged[number].reason if number in layer.judged else "",
        waits=number in layers.waiting,
        typed=layers.typed_points.get(number, ""),
    )


def _page(
    request: HttpRequest, assessment: Assessment, layers: Layers, number: str
) -> dict[str, Any]:
    """All that the page shows of a KPI beside the form."""
    report = assessment.report
    rows = rows_of(layers, assessment.state, attachments_of(report), checks_of(assessment, layers))
    row = next(row for row in rows if row.kpi.number == number)
    due = [row for row in rows if row.is_due]
    order = [one.kpi.number for one in rows if one.is_due or one is row]
    place = order.index(number)
    return {
        "assessment": assessment,
        "card": report.scorecard,
        "report": report,
        "round": round_of(report),
        "rows": rows,
        "row": row,
        "kpi": row.kpi,
        "before": order[place - 1] if place else "",
        "after": order[place + 1] if place + 1 < len(order) else "",
        "due": len(due),
        "checked": sum(row.newest.check is not None for row in due),
        "drawing": row.drawing(report.scorecard.fiscal_year),
        "years_before": years_before(row.kpi),
        "narrative": NARRATIVE,
        "indexes": list(indexes_by_code(row.kpi.indexes).values()),
        "used": used_elsewhere([file.file_id for file in row.files], report),
        "typed_as_points": number in layers.typed_points,
        "gives_points": number in layers.waiting,
        "seen": ASSESSMENT_LIFE.seen(assessment, actions.seen_of_kpi(layers, assessment, number)),
        **_evidence(request, row),
    }


def _evidence(request: HttpRequest, row: Row) -> dict[str, Any]:
    """The file that lies open: the one asked for by `?file=`, else the first."""
    pk = number_of(request.GET.get("file", ""))
    file = next((file for file in row.files if file.pk == pk), next(iter(row.files), None))
    if file is None:
        return {"file": None}
    place = row.files.index(file)
    following: Attachment = row.files[(place + 1) % len(row.files)]
    pages, problem = None, None
    try:
        pages = pages_of(file.file)
    except Refused as refused:
        problem = refused.problems[0]
    return {"file": file, "next_file": following, "shown": pages, "unshown": problem}


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_POST
def agree(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """One looked at a KPI and stands by it; on to the next."""
    assessment = assessment_or_404(request, pk)
    actions.check(assessment, number, seen=request.POST.get("seen", ""), **by_at_on(request))
    tell(request, "page.kpi_checked", number=number)
    return _go_on(request, assessment, number)


@signed_in(Role.ASSESSOR, Role.MINISTERS_OFFICE)
@require_POST
def take_back(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """A KPI is not checked after all."""
    assessment = assessment_or_404(request, pk)
    actions.uncheck(assessment, number, seen=request.POST.get("seen", ""), **by_at_on(request))
    tell(request, "page.kpi_unchecked", number=number)
    return redirect("assessments:assessment-judge", pk, number)


def _go_on(request: HttpRequest, assessment: Assessment, number: str) -> HttpResponse:
    """To the next KPI that the level has not looked at; to the whole once there is none."""
    layers = layers_of(assessment)
    left = unchecked(
        rows_of(layers, assessment.state, {}, checks_of(assessment, layers)), after=number
    )
    if left:
        return redirect("assessments:assessment-judge", assessment.pk, left[0].kpi.number)
    tell(request, "page.all_checked")
    return redirect("assessments:assessment", assessment.pk)
