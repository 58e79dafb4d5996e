"""A body's own page: one address for everybody, and of each thing what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from esar.agree.agreements.queries import public_versions, public_years
from esar.agree.scorecards.models import ScorecardVersion
from esar.agree.scorecards.queries import versions_of
from esar.judge.early_warning.queries import visible_warnings
from esar.judge.early_warning.states import OPEN
from esar.judge.results.models import Result
from esar.judge.results.queries import results_of
from esar.law.scoring.scorecard import Score
from esar.platform.charts.trend import Trend
from esar.platform.organisations.models import Body, FormerName, OfficeHolder, Role
from esar.platform.organisations.queries import (
    evaluated_bodies,
    holds,
    names_at,
    office_over,
    portfolio_of,
)
from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.year import chosen_year
from esar.report.reports.content import Sheet, sheet_of
from esar.report.reports.models import Attachment
from esar.report.self_evaluations.queries import put_of
from esar.show.public.history.queries import regimes_of
from esar.show.public.hub.kpis import HubKpi, of_agreement, of_result, of_sheet
from esar.show.public.hub.lines import lines_of
from esar.show.public.hub.steps import Known, steps_of
from esar.show.public.hub.where import Papers, papers_of
from esar.show.public.queries import unreported
from esar.show.public.records import records_of
from esar.show.public.result_charts import trend_of
from esar.show.public.standings.facts import facts_of
from esar.show.public.standings.queries import figures_of, peers_of

NO_PAPERS = Papers(None, {}, {})


@open_to_all
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Everything of a body: its year as far as the reader sees it, and its results."""
    body = get_object_or_404(Body.objects.select_related("parent", "cluster"), code=code)
    day, year = clock.today(), chosen_year(request)
    results = results_of(body)
    context = {
        "body": body,
        "year": year,
        "results": [(row, books.grades(row.fiscal_year).get(row.grade_id)) for row in results],
        "unreported": unreported(results),
        "apart": put_of(body),
        "departments": evaluated_bodies(group=body.code),
        "agreements": public_years(body, day),
        "former_names": FormerName.objects.filter(body=body),
        "evaluators": _evaluators(body, day),
        "holders": OfficeHolder.objects.filter(body=body),
        "may_record_holder": holds(request.user, day, Role.ADMINISTRATOR),
    }
    if body.evaluated_from is not None:
        context |= _of_year(body, year, results, request.user, day)
    return render(request, "public/agency.html", context)


def _evaluators(body: Body, day: date) -> dict[str, Any] | None:
    """Whose offices assess a body after OPDC, and by which order; None of what is not evaluated."""
    if body.evaluated_from is None:
        return None
    offices = [office_over(body, office) for office in ("minister", "prime_minister")]
    once = dict.fromkeys(office for office in offices if office)
    return {"offices": list(once), "portfolio": portfolio_of(body, day)}


def _of_year(
    body: Body, year: int, results: Sequence[Result], person: Any, day: date
) -> dict[str, Any]:
    """The body's year as a reader sees it; the papers stand only where they are the reader's."""
    papers = papers_of([body], year, person, day)[body.pk] if person.is_authenticated else NO_PAPERS
    of_year = tuple(row for row in results if row.fiscal_year == year)
    version = _version(body, year, papers, day)
    steps = steps_of(body, year, Known(papers, version, of_year), day)
    begun = books.begun_rounds(year, day)
    place, sheet = papers.now(begun), _sheet(papers, begun)
    record = records_of([body], until=year).get(body.pk)
    kpis = _kpis(body, year, of_year, sheet, version)
    context = {
        "steps": steps,
        "step_now": next((step for step in steps if step.is_here), None),
        "place": place,
        "place_round": books.round_label(year, place.round_id) if place and place.round_id else "",
        "card": papers.card,
        "report": sheet.report if sheet else None,
        "report_round": books.round_label(year, sheet.report.round_id) if sheet else "",
        "own_total": _total(sheet.score) if sheet else None,
        "own_out_of": sheet.score.out_of if sheet and sheet.score else None,
        "record": record,
        "peers": peers_of(record.result) if record and not record.status else None,
        "kpis": kpis,
        "reached": sum(bool(kpi.is_reached) for kpi in kpis),
        "measured": sum(kpi.is_reached is not None for kpi in kpis),
        "has_last": any(isinstance(kpi.last, Decimal) for kpi in kpis),
        "is_demo": any(row.is_demo for row in of_year) or bool(papers.card and papers.card.is_demo),
        "newest": of_year[0] if of_year else None,
        "trend": _trend(body, results),
    }
    if papers.card is not None:
        warnings = visible_warnings(person, day).filter(scorecard=papers.card, state__in=OPEN)
        context |= {
            "at_risk": warnings.count(),
            "lines": lines_of(body, year, person, day),
            "evidence": sheet and Attachment.objects.filter(claim__report=sheet.report).count(),
            "people": sorted(names_at([body.pk], day, Role.REPORTER, Role.APPROVER).items()),
        }
    return context


def _trend(body: Body, results: Sequence[Result]) -> Trend | None:
    """All published years of the body, apart where the rules differ; None of a single one."""
    if len({row.fiscal_year for row in results}) < 2:
        return None
    return trend_of(regimes_of(body), results[0], unreported(results))


def _version(body: Body, year: int, papers: Papers, day: date) -> ScorecardVersion | None:
    """The newest version in force that the reader may see."""
    if papers.card is not None:
        return versions_of(papers.card).first()
    return public_versions(body, year, day).first()


def _sheet(papers: Papers, begun: Sequence[str]) -> Sheet | None:
    """The report that the year is at, where the reader sees one."""
    report = papers.reports.get(papers.round_now(begun))
    return sheet_of(report) if report else None


def _total(score: Score | None) -> Decimal | None:
    return score.total if score and score.status == "reported" else None


def _kpis(
    body: Body,
    year: int,
    results: Sequence[Result],
    sheet: Sheet | None,
    version: ScorecardVersion | None,
) -> list[HubKpi]:
    """What the reader may see of the KPIs: as judged, else as reported, else as agreed."""
    last = figures_of(body.pk, year - 1)
    if results:
        newest = results[0]
        return of_result(newest, facts_of([newest])[newest.pk].kpis, last)
    if sheet:
        return of_sheet(sheet, last)
    return of_agreement(version, last) if version else []
