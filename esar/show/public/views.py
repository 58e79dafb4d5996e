"""Public pages: load what is asked for, show it. Nothing here writes or computes points."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from esar.judge.appeals.queries import appealable
from esar.judge.results.models import Result
from esar.judge.results.queries import (
    HEAVY,
    grade_counts,
    numbers_of,
    released,
    results_of,
    rounds_with_results,
)
from esar.law.rules.book import Rulebook
from esar.law.rules.kinds import Component
from esar.law.scoring.scorecard import status_of_all
from esar.law.scoring.simulation import Simulated
from esar.platform.charts.bars import Bars, bars
from esar.platform.charts.figures import Item, Missing, look_of_rank
from esar.platform.evidence.downloads import download_response
from esar.platform.evidence.models import StoredFile
from esar.platform.evidence.states import GIVEN_OUT
from esar.platform.organisations.models import Body
from esar.platform.ui import books, clock
from esar.platform.ui.day_asked import day_asked
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.exports import csv_answer
from esar.platform.ui.unchanged import given_once
from esar.platform.ui.year import chosen_year
from esar.report.self_evaluations.queries import put_before
from esar.show.public.citing import calculation_of
from esar.show.public.history.queries import regimes_of
from esar.show.public.open_data.queries import Package, package_of
from esar.show.public.queries import (
    Group,
    by_committees,
    by_component,
    full_mark,
    grouped,
    plans_of,
    points_lost,
    rescored,
    silent_among,
    simulations,
    stage_rows,
    status_of,
    unreported,
    whole,
)
from esar.show.public.result_charts import (
    bullets_of,
    fall_of,
    losses_of,
    parts_of,
    ruler_of,
    trend_of,
    years_of,
)
from esar.show.public.standings.drawings import strip_of
from esar.show.public.standings.facts import facts_of
from esar.show.public.standings.queries import figures_before, peers_of
from esar.show.public.standings.views import round_to_show
from esar.show.public.tables import AgencyList, ResultList


def _grades(year: int, round_id: str, counts: dict[str, int]) -> Bars:
    """Each grade with how many have it, leading to them."""
    address = reverse("public:results", args=[year, round_id])
    return bars(
        [
            Item(
                grade.band.label,
                Decimal(counts.get(name, 0)),
                look_of_rank(grade.rank),
                grade.shape,
                f"{address}?grade={name}",
            )
            for name, grade in books.grades(year).items()
        ]
    )


@open_to_all
@require_safe
def rules_now(request: HttpRequest) -> HttpResponse:
    """To the rules of the year worked in."""
    return redirect("public:rules", chosen_year(request))


@open_to_all
@require_safe
def rules(request: HttpRequest, year: int) -> HttpResponse:
    """A year's rulebook as it binds on `?on=` (default: the year's last day). No query."""
    book = _book_or_404(year)
    day = day_asked(request, book.year.last_day)
    sections = books.sections(year, day, get_language() or "th")
    context = {"book": book, "day": day, "sections": sections}
    return render(request, "public/rules.html", context)


def _book_or_404(year: int) -> Rulebook:
    book = books.book(year)
    if book is None:
        raise Http404
    return book


@open_to_all
@require_safe
def assumptions(request: HttpRequest, year: int) -> HttpResponse:
    book = _book_or_404(year)
    context = {"book": book, "assumptions": list(book.assumptions())}
    return render(request, "public/assumptions.html", context)


@open_to_all
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Every body that is evaluated: search, filter, sort. Three queries, however many rows."""
    return AgencyList(request).answer()


@open_to_all
@require_safe
def newest_results(request: HttpRequest) -> HttpResponse:
    """To the results to show first; to the first page while there are none. One query."""
    year_and_round = round_to_show(request)
    return (
        redirect("public:results", *year_and_round) if year_and_round else redirect("public:home")
    )


@open_to_all
@require_safe
def results(request: HttpRequest, year: int, round_id: str) -> HttpResponse:
    """A round's results: search, filter, sort. Five queries, however many rows."""
    results_of_round = _results(request, year, round_id)
    return results_of_round.answer(
        year=year,
        round=books.round_label(year, round_id),
        is_demo=any(line.row.result.is_demo for line in results_of_round.lines),
        rounds=_other_rounds(year, round_id),
        apart=put_before(year, round_id),
    )


@open_to_all
@require_safe
def results_export(request: HttpRequest, year: int, round_id: str, kind: str) -> HttpResponse:
    """The same list as a file. Two queries."""
    return _results(request, year, round_id).file(kind)


@open_to_all
@require_safe
def scorecard(request: HttpRequest, year: int, round_id: str, code: str) -> HttpResponse:
    context = _score_context(year, round_id, code)
    result = context["result"]
    context |= {
        "stage_rows": stage_rows(result),
        "evidence": _public_files(result),
        "earlier": numbers_of(result),
        "may_appeal": next(
            (one for one in appealable(request.user, clock.today()) if one.pk == result.pk), None
        ),
    }
    return render(request, "public/scorecard.html", context | _drawings(context))


def _drawings(context: dict[str, Any]) -> dict[str, Any]:
    """The result as pictures. Ten queries: its years, those beside it, its KPIs a year before."""
    result, regimes = context["result"], regimes_of(context["body"])
    past = [row.result for regime in regimes for row in regime.rows]
    silent = unreported(past)
    years = years_of(regimes, result, silent)
    last = years.points[-2].year.figure if years else Missing.NONE
    peers = peers_of(result)
    return {
        "released_on": timezone.localdate(result.released_at) if result.released_at else None,
        "ruler": ruler_of(result, context["status"], last),
        "fall": fall_of(result, context["lost"], context["grade"]),
        "losses": losses_of(context["lost"]),
        "bullets": bullets_of(context["score"]["kpis"], figures_before(result)),
        "trend": trend_of(regimes, result, silent),
        "part_years": parts_of(regimes, result, silent),
        "calculation": calculation_of(context["score"]),
        "peers": peers,
        "among": strip_of(peers.field, peers.beside or (peers.standing,)) if peers else None,
    }


def _public_files(result: Result) -> list[dict[str, Any]]:
    """The files that the body marked as public, as they were sent in with this result's report."""
    if result.assessment is None:
        return []
    return [
        file.to_json() | {"number": claim.number}
        for claim in result.assessment.version.sent_in.claims
        for file in claim.files
        if file.is_public
    ]


@open_to_all
@require_safe
def public_evidence(
    request: HttpRequest, year: int, round_id: str, code: str, sha256: str
) -> HttpResponseBase:
    """A public file of a released result, as a download."""
    result = _result_or_404(year, round_id, code)
    attachment = next((one for one in _public_files(result) if one["sha256"] == sha256), None)
    if attachment is None:
        raise Http404
    file = get_object_or_404(StoredFile, sha256=sha256, state__in=GIVEN_OUT)
    return download_response(request, file, attachment["name"])


@open_to_all
@require_safe
def compare(request: HttpRequest, year: int, round_id: str, code: str) -> HttpResponse:
    """A body's past years under their own rules, and this year's facts under other years'."""
    context = _score_context(year, round_id, code)
    result = context["result"]
    past = [one for one in results_of(result.body) if one.round_id == round_id]
    context["unreported"] = unreported(past)
    simulated = [(one, _rank(one)) for one in simulations(result)]
    context |= {"past": [_with_grade(one) for one in past], "simulated": simulated}
    return render(request, "public/compare.html", context)


def _rank(simulation: Simulated) -> books.Grade | None:
    return books.grades(simulation.year).get(simulation.grade.id) if simulation.grade else None


@open_to_all
@require_safe
def overview(request: HttpRequest, year: int, round_id: str) -> HttpResponse:
    """A round as a whole: grades, ministries and regions, components. Five queries."""
    if (year, round_id) not in rounds_with_results():
        raise Http404
    released_results = released().filter(fiscal_year=year, round_id=round_id)
    results_of_round = list(released_results.select_related("body__parent").defer(*HEAVY))
    counts, places = grade_counts(year, round_id), books.total_places(year)
    context = {
        "year": year,
        "round_id": round_id,
        "round": books.round_label(year, round_id),
        "whole": whole(results_of_round, places),
        "places": places,
        "grade_bars": _grades(year, round_id, counts),
        "is_graded": books.is_graded(year, round_id),
        "groups": grouped(results_of_round, get_language() or "th", places),
        "committees": _by_committees(results_of_round, year),
        "grades": books.grades(year),
        "parts": by_component(
            released_results.values_list("explanation__components", flat=True), year
        ),
        "is_demo": any(one.is_demo for one in results_of_round),
        "rounds": _other_rounds(year, round_id),
        "silent": silent_among(unreported(results_of_round)),
        "apart": put_before(year, round_id),
    }
    return render(request, "public/overview.html", context)


def _by_committees(results: list[Result], year: int) -> list[Group]:
    book = books.book(year)
    if book is None:
        return []
    return by_committees(results, book.on(book.year.last_day), get_language() or "th")


@open_to_all
@require_safe
def data(request: HttpRequest, year: int) -> HttpResponse:
    """The year's open data package: what is in it, its hash, and how to check it."""
    package = _package_or_404(year)
    return render(request, "public/data.html", {"year": year, "package": package})


@open_to_all
@require_safe
def data_package(request: HttpRequest, year: int) -> HttpResponseBase:
    """The package; 304 to who has just this one."""
    package = _package_or_404(year)
    headers = {"Content-Disposition": f'attachment; filename="esar-{year}.zip"'}

    def give() -> HttpResponse:
        return HttpResponse(package.content, "application/zip", headers=headers)

    return given_once(request, package.sha256, give)


def _package_or_404(year: int) -> Package:
    try:
        package = package_of(year)
    except LookupError:  # the rulebook it was computed under was not kept: `esar doctor` says so
        package = None
    if package is None:
        raise Http404
    return package


@open_to_all
@require_safe
def explanation(request: HttpRequest, year: int, round_id: str, code: str) -> HttpResponse:
    context = _score_context(year, round_id, code)
    is_late = any(step["code"] == "step.late" for step in context["score"]["steps"])
    context["scored"] = rescored(context["result"]) if is_late else None
    context |= {"plans": plans_of(context["score"]), "days": books.round_days(year, round_id)}
    return render(request, "public/explanation.html", context)


@open_to_all
@require_safe
def scorecard_json(request: HttpRequest, year: int, round_id: str, code: str) -> HttpResponseBase:
    result = _result_or_404(year, round_id, code)
    words = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(result.explanation, json_dumps_params=words)
    return given_once(request, hashlib.sha256(response.content).hexdigest(), lambda: response)


@open_to_all
@require_safe
def scorecard_csv(_request: HttpRequest, year: int, round_id: str, code: str) -> HttpResponse:
    """A body's KPIs with targets, results and points, as CSV. Two queries."""
    result = _result_or_404(year, round_id, code)
    head = ["number", "name", "unit", "direction", "targets", "actual", "status"]
    head += ["points", "weight", "weighted"]
    rows = (
        (
            kpi.number,
            kpi.name,
            kpi.unit,
            "lower" if kpi.is_lower_better else "higher",
            " / ".join(f"{target:f}" for target in kpi.targets),
            kpi.actual if isinstance(kpi.actual, Decimal) else None,
            kpi.status,
            kpi.points,
            kpi.weight,
            kpi.weighted,
        )
        for kpi in facts_of([result])[result.pk].kpis
    )
    return csv_answer(f"esar-{code}-{year}-{round_id}", head, rows)


@open_to_all
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Whom to write to, how the site can be used, and of which day its data are. Two queries."""
    newest = released().aggregate(newest=Max("released_at"))["newest"]
    context = {
        "controller": settings.CONTROLLER,
        "contact": settings.PRIVACY_CONTACT,
        "day": timezone.localdate(newest) if newest else None,
        "years": sorted({year for year, _ in rounds_with_results()}, reverse=True),
    }
    return render(request, "public/about.html", context)


@open_to_all
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers. One query."""
    Body.objects.exists()
    return HttpResponse("ok", "text/plain")


def _results(request: HttpRequest, year: int, round_id: str) -> ResultList:
    if (year, round_id) not in rounds_with_results():
        raise Http404
    return ResultList(request, year, round_id)


def _other_rounds(year: int, round_id: str) -> list[tuple[int, str, object]]:
    """(year, round, its name) of the other rounds that have results. One query."""
    return [
        (*one, books.round_label(*one)) for one in rounds_with_results() if one != (year, round_id)
    ]


def _with_grade(result: Result) -> tuple[Result, books.Grade | None]:
    return result, books.grades(result.fiscal_year).get(result.grade_id)


def _result_or_404(year: int, round_id: str, code: str) -> Result:
    results = released().select_related("body__parent", "assessment__version")
    return get_object_or_404(results, fiscal_year=year, round_id=round_id, body__code=code)


def _score_context(year: int, round_id: str, code: str) -> dict[str, Any]:
    """A body's score with its KPIs under their components. One query."""
    result = _result_or_404(year, round_id, code)
    score = result.explanation
    parts = []
    components = score["components"] or _named(year, score["kpis"])
    for part in components:
        kpis = [kpi for kpi in score["kpis"] if kpi["component"] == part["id"]]
        parts.append(
            {
                "component": part,
                "full": full_mark(part.get("weight", "0"), year),
                "kpis": kpis,
                "status": status_of_all(kpi["status"] for kpi in kpis),
            }
        )
    component_ids = {part["id"] for part in components}
    elsewhere = [kpi for kpi in score["kpis"] if kpi["component"] not in component_ids]
    return {
        "result": result,
        "body": result.body,
        "score": score,
        "parts": parts,
        "others": elsewhere,
        "grade": books.grades(year).get(result.grade_id),
        "year": year,
        "round_id": round_id,
        "round": books.round_label(year, round_id),
        "lost": points_lost(score),
        "status": status_of(score["kpis"], year),
    }


def _named(year: int, kpis: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The components that the KPIs lie in, where the year adds none of them up."""
    book = books.book(year)
    rules = book.on(book.year.last_day).of_kind(Component) if book else []
    used = {kpi["component"] for kpi in kpis}
    return [
        {"id": rule.id, "number": rule.value.number, "label": rule.label}
        for rule in rules
        if rule.id in used
    ]
