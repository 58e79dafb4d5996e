"""The KPI explorer: the list, a KPI, its figures as a file, and its picture for other sites."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from esar.judge.results.queries import rounds_with_results
from esar.platform.ui import books
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.exports import csv_answer
from esar.show.public.measures import drawings
from esar.show.public.measures.queries import Measure, measure_of
from esar.show.public.measures.tables import MeasureList
from esar.show.public.standings.views import round_to_show

EMBED = '<iframe src="{address}" width="100%" height="640" title="{name}"></iframe>'
VIEWS = ("per_cent", "figures")


@open_to_all
@require_safe
def explore_now(request: HttpRequest) -> HttpResponse:
    """To the KPIs to show first; to the first page while there are no results. One query."""
    year_and_round = round_to_show(request)
    if year_and_round is None:
        return redirect("public:home")
    return redirect("public:measures", *year_and_round)


@open_to_all
@require_safe
def measures(request: HttpRequest, year: int, round_id: str) -> HttpResponse:
    """Every KPI of a round. Three queries, however many."""
    return _list(request, year, round_id).answer(round=books.round_label(year, round_id))


@open_to_all
@require_safe
def measures_export(request: HttpRequest, year: int, round_id: str, kind: str) -> HttpResponse:
    """The same list as a file."""
    return _list(request, year, round_id).file(kind)


def _list(request: HttpRequest, year: int, round_id: str) -> MeasureList:
    if (year, round_id) not in rounds_with_results():
        raise Http404
    return MeasureList(request, year, round_id)


@open_to_all
@require_safe
def measure(request: HttpRequest, year: int, round_id: str, key: str) -> HttpResponse:
    """Who has a KPI, targets and results, and the map. Two queries, however many bodies."""
    return render(request, "public/measures/measure.html", _context(request, year, round_id, key))


@open_to_all
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # of any arguments
def embedded(request: HttpRequest, year: int, round_id: str, key: str) -> HttpResponse:
    """The picture alone, which any site may show in a frame: no script, nobody is followed."""
    return render(request, "public/measures/embedded.html", _context(request, year, round_id, key))


@open_to_all
@require_safe
def holders_csv(_request: HttpRequest, year: int, round_id: str, key: str) -> HttpResponse:
    """The bodies that have a KPI, as CSV: targets, result, points. Two queries."""
    shared = _measure_or_404(year, round_id, key)
    head = ["code", "body", "kind", "number", "targets", "actual", "unit", "status", "points"]
    rows = (
        (
            row.body.code,
            row.body.name_th,
            row.body.kind,
            row.fact.number,
            " / ".join(f"{target:f}" for target in row.fact.targets),
            row.fact.actual if isinstance(row.fact.actual, Decimal) else None,
            row.fact.unit,
            row.fact.status,
            row.fact.points,
        )
        for row in shared.ordered
    )
    return csv_answer(f"esar-{year}-{round_id}-kpi-{key}", head, rows)


def _context(request: HttpRequest, year: int, round_id: str, key: str) -> dict[str, Any]:
    shared = _measure_or_404(year, round_id, key)
    view = request.GET.get("view", "")
    if view not in VIEWS:
        view = "per_cent" if shared.is_far_apart else "figures"
    days = [row.result.released_at for row in shared.holders if row.result.released_at]
    return {
        "measure": shared,
        "year": year,
        "round_id": round_id,
        "round": books.round_label(year, round_id),
        "view": view,
        "views": VIEWS,
        "dumbbells": drawings.dumbbells_of(shared, in_per_cent=view == "per_cent"),
        "points": drawings.points_of(shared, year),
        "map": drawings.map_of(shared),
        "day": max((timezone.localdate(day) for day in days), default=None),
        "embed_code": EMBED.format(
            address=request.build_absolute_uri(
                reverse("public:measure-embedded", args=[year, round_id, key])
            ),
            name=shared.name.replace('"', ""),
        ),
        "is_demo": any(row.result.is_demo for row in shared.holders),
    }


def _measure_or_404(year: int, round_id: str, key: str) -> Measure:
    shared = measure_of(year, round_id, key)
    if shared is None:
        raise Http404
    return shared
