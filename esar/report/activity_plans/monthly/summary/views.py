"""The quarterly summary for the Deputy Prime Minister: a page, a document, a CSV."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from esar.kernel.access import require
from esar.law.rules.years import FiscalYear
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.report.activity_plans.law import plan_years
from esar.report.activity_plans.monthly.deadlines.queries import months_of
from esar.report.activity_plans.monthly.permissions import may_read_summary
from esar.report.activity_plans.monthly.summary.queries import OUTCOMES, Summary, summary_of
from esar.report.activity_plans.monthly.summary.tables import ProvinceList

READERS = (
    Role.ANALYST,
    Role.ADMINISTRATOR,
    Role.ASSESSOR,
    Role.AUDITOR,
    Role.MINISTERS_OFFICE,
)


def _summary_or_404(request: HttpRequest, year: int, quarter: int) -> Summary:
    require(may_read_summary(request.user, clock.today()))
    if not 1 <= quarter <= 4 or year not in plan_years():
        raise Http404
    quarter_summary = summary_of(year, quarter, on=clock.today())
    if quarter_summary is None:
        raise Http404
    return quarter_summary


@signed_in(*READERS)
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The quarter one is in; where the year is over, its last."""
    require(may_read_summary(request.user, clock.today()))
    day = clock.today()
    year = max((one for one in plan_years() if FiscalYear(one).first_day <= day), default=None)
    if year is None:
        raise Http404
    begun = sum(month <= day for month in months_of(year)[::3])
    return redirect("monthly:plan-summary", year, begun)


@signed_in(*READERS)
@require_safe
def summary(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """Every province, exceptions first, with the totals. A constant number of queries."""
    quarter_summary = _summary_or_404(request, year, quarter)
    provinces = ProvinceList(request, quarter_summary)
    return provinces.answer(
        summary=quarter_summary, year=year, quarters=range(1, 5), outcomes=OUTCOMES
    )


@signed_in(*READERS)
@require_safe
def summary_document(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The same as an official document, for the printer."""
    quarter_summary = _summary_or_404(request, year, quarter)
    cites = quarter_summary.rule.cites if quarter_summary.rule else ()
    watched = ("no_plan", "no_report", "late", "behind")
    context = {
        "summary": quarter_summary,
        "year": year,
        "clauses": [str(one) for one in cites],
        "to_follow": [one for one in quarter_summary.provinces if one.standing in watched],
        "outcomes": OUTCOMES,
        "today": clock.today(),
    }
    return render(request, "monthly/document.html", context)


@signed_in(*READERS)
@require_safe
def summary_export(request: HttpRequest, year: int, quarter: int, kind: str) -> HttpResponse:
    """The provinces that the list shows, as a file."""
    return ProvinceList(request, _summary_or_404(request, year, quarter)).file(kind)
