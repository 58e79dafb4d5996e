"""The first page, and the map and ranking of one kind of body in a round."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from esar.judge.results.queries import results_of, rounds_with_results
from esar.platform.calendars.queries import entries
from esar.platform.charts.files import table_file
from esar.platform.organisations.queries import evaluated_bodies
from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.filters import MAX_SEARCH
from esar.platform.ui.year import chosen_year
from esar.platform.ui.year_address import remembered_year
from esar.show.public.standings import drawings
from esar.show.public.standings.queries import KINDS, Field, field_of
from esar.show.public.standings.tables import Ranking

TOP = 10
MOVERS = 3


def round_to_show(request: HttpRequest) -> tuple[int, str] | None:
    """The round to show first: of the year that was chosen where that has results, else the newest.

    One that ends in grades goes before one that does not: while the first round of a new year is
    being published, the year before is still shown to whoever chose none. One query.
    """
    rounds = rounds_with_results()
    year = getattr(request, "year_of_address", None) or remembered_year(request)
    of_year = [each for each in rounds if each[0] == year] or rounds
    graded = [each for each in of_year if books.is_graded(*each)]
    return next(iter(graded or of_year), None)


@open_to_all
@require_safe
def home(request: HttpRequest, bodies: str = KINDS[0]) -> HttpResponse:
    """The finding of a year: grades, map, distribution, the first ten, components. Five queries."""
    year_and_round = round_to_show(request)
    if year_and_round is None:
        return render(request, "public/home.html", {"coming": _coming(chosen_year(request))})
    field = field_of(*year_and_round, bodies)
    return render(request, "public/home.html", _cockpit(request, field))


def _coming(year: int) -> dict[str, Any]:
    """What is said where nothing is published: the next day of the year's calendar. One query."""
    today = clock.today()
    ahead = [entry for entry in entries(year) if entry.last >= today]
    return {"year": year, "next": min(ahead, key=lambda entry: entry.last, default=None)}


def _cockpit(request: HttpRequest, field: Field) -> dict[str, Any]:
    chosen = chosen_year(request)
    newer = next((each for each in rounds_with_results() if each[0] == chosen > field.year), None)
    top = field.ranked[:TOP]
    moved = sorted((row for row in field.ranked if row.moved), key=lambda row: row.moved or 0)
    return {
        "field": field,
        "kinds": KINDS,
        "round": books.round_label(field.year, field.round_id),
        "waits": chosen if chosen != field.year and not newer else None,
        "newer": (newer, books.round_label(*newer)) if newer else None,
        "graded": books.is_graded(field.year, field.round_id),
        "top": [(row, drawings.spark_of(row, field.places)) for row in top],
        "lanes": drawings.lane_of(field, top),
        "rising": [row for row in moved[::-1] if (row.moved or 0) > 0][:MOVERS],
        "falling": [row for row in moved if (row.moved or 0) < 0][:MOVERS],
        **{name: draw(field) for name, draw in drawings.DRAWINGS.items()},
    }


@open_to_all
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """To the one body that has the name: to its newest result, or to its page where it has none.

    Of several names to the list of bodies, which is searched the same way. Two queries.
    """
    text = request.GET.get("q", "").strip()[:MAX_SEARCH]
    bodies = list(evaluated_bodies(text=text)[:2]) if text else []
    if len(bodies) != 1:
        return redirect(f"{reverse('public:agencies')}?{urlencode({'q': text})}")
    newest = next(iter(results_of(bodies[0])), None)
    if newest is None:
        return redirect("public:agency", bodies[0].code)
    return redirect("public:scorecard", newest.fiscal_year, newest.round_id, bodies[0].code)


@open_to_all
@require_safe
def ranking_now(request: HttpRequest) -> HttpResponse:
    """To the ranking to show first; to the first page while there are no results. One query."""
    year_and_round = round_to_show(request)
    if year_and_round is None:
        return redirect("public:home")
    return redirect("public:ranking", *year_and_round, KINDS[0])


@open_to_all
@require_safe
def ranking(request: HttpRequest, year: int, round_id: str, bodies: str) -> HttpResponse:
    """The map and the ranking. Five queries, however many bodies."""
    page = _ranking(request, year, round_id, bodies)
    chosen = list(page.matching())
    only = chosen if page.query else None
    return page.answer(
        field=page.field,
        kinds=KINDS,
        chosen=chosen,
        map=drawings.map_of(page.field, only),
        distribution=drawings.strip_of(page.field),
        round=books.round_label(year, round_id),
    )


@open_to_all
@require_safe
def ranking_export(
    request: HttpRequest, year: int, round_id: str, bodies: str, kind: str
) -> HttpResponse:
    """The same list as a file."""
    return _ranking(request, year, round_id, bodies).file(kind)


def _ranking(request: HttpRequest, year: int, round_id: str, bodies: str) -> Ranking:
    if bodies not in KINDS or (year, round_id) not in rounds_with_results():
        raise Http404
    return Ranking(request, year, round_id, bodies)


@open_to_all
@require_safe
def chart_csv(
    _request: HttpRequest, year: int, round_id: str, bodies: str, name: str
) -> HttpResponse:
    """The figures of a chart of the first page, as CSV."""
    draw = drawings.DRAWINGS.get(name)
    if draw is None or bodies not in KINDS:
        raise Http404
    drawing = draw(field_of(year, round_id, bodies))
    if drawing is None:
        raise Http404
    return table_file(f"esar-{year}-{round_id}-{bodies}-{name}", drawing.table())
