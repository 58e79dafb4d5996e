"""The quarterly summary for the Deputy Prime Minister: a page, a document, a CSV."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from esar.kernel.access import require
from esar.law.rules.years import FiscalYear
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.exports import csv_answer
from esar.platform.ui.lists import asked_for
from esar.report.activity_plans.law import plan_years
from esar.report.activity_plans.monthly.deadlines.queries import months_of
from esar.report.activity_plans.monthly.permissions import may_read_summary
from esar.report.activity_plans.monthly.summary.queries import (
    OUTCOMES,
    STANDINGS,
    Summary,
    summary_of,
)

READERS = (
    Role.ANALYST,
    Role.ADMINISTRATOR,
    Role.ASSESSOR,
    Role.AUDITOR,
    Role.MINISTERS_OFFICE,
)


def _summary_or_404(request: HttpRequest, year: int, quarter: int, **chosen: Any) -> Summary:
    require(may_read_summary(request.user, clock.today()))
    if not 1 <= quarter <= 4 or year not in plan_years():
        raise Http404
    quarter_summary = summary_of(year, quarter, on=clock.today(), **chosen)
    if quarter_summary is None:
        raise Http404
    return quarter_summary


def _chosen(request: HttpRequest) -> dict[str, Any]:
    choice = asked_for(request, "")
    standing = request.GET.get("standing", "")
    return {"text": choice["text"], "standing": standing if standing in STANDINGS else ""}


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
    chosen = _chosen(request)
    quarter_summary = _summary_or_404(request, year, quarter, **chosen)
    context = chosen | {
        "summary": quarter_summary,
        "year": year,
        "standings": STANDINGS,
        "outcomes": OUTCOMES,
        "quarters": range(1, 5),
        "query": request.GET.urlencode(),
    }
    return render(request, "monthly/summary.html", context)


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
def summary_csv(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The list as a CSV that a spreadsheet opens."""
    quarter_summary = _summary_or_404(request, year, quarter, **_chosen(request))
    months = [f"{month:%Y-%m}" for month in quarter_summary.months]
    head = ["code", "province", "standing", *months, "planned", *OUTCOMES]
    rows = []
    for province in quarter_summary.provinces:
        states: list[str | None] = [state for _, state in province.months]
        states = states or [None] * 3
        figures = [getattr(province.tally, name) for name in ("planned", *OUTCOMES)]
        cells = figures if province.plan else [None] * len(figures)
        rows.append([province.body.code, province.body.name_th, province.standing, *states, *cells])
    return csv_answer(f"esar-plan-summary-{year}-q{quarter}", head, rows)
