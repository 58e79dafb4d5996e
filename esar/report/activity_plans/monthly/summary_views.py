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
from esar.report.activity_plans.monthly.duties import months_of
from esar.report.activity_plans.monthly.permissions import may_read_summary
from esar.report.activity_plans.monthly.summary import OUTCOMES, STANDINGS, Summary, summary_of

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
    found = summary_of(year, quarter, on=clock.today(), **chosen)
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest) -> dict[str, Any]:
    asked = asked_for(request, "")
    standing = request.GET.get("standing", "")
    return {"text": asked["text"], "standing": standing if standing in STANDINGS else ""}


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
    found = _summary_or_404(request, year, quarter, **chosen)
    context = chosen | {
        "summary": found,
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
    found = _summary_or_404(request, year, quarter)
    cites = found.rule.cites if found.rule else ()
    watched = ("no_plan", "no_report", "late", "behind")
    context = {
        "summary": found,
        "year": year,
        "clauses": [str(one) for one in cites],
        "to_follow": [one for one in found.provinces if one.standing in watched],
        "outcomes": OUTCOMES,
        "today": clock.today(),
    }
    return render(request, "monthly/document.html", context)


@signed_in(*READERS)
@require_safe
def summary_csv(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The list as a CSV that a spreadsheet opens."""
    found = _summary_or_404(request, year, quarter, **_chosen(request))
    months = [f"{month:%Y-%m}" for month in found.months]
    head = ["code", "province", "standing", *months, "planned", *OUTCOMES]
    rows = []
    for one in found.provinces:
        states: list[str | None] = [state for _, state in one.months]
        states = states or [None] * 3
        figures = [getattr(one.tally, name) for name in ("planned", *OUTCOMES)]
        known = figures if one.plan else [None] * len(figures)
        rows.append([one.body.code, one.body.name_th, one.standing, *states, *known])
    return csv_answer(f"esar-plan-summary-{year}-q{quarter}", head, rows)
