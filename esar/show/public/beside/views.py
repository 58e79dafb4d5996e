"""The page that compares, and the search that puts one more body beside."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from esar.judge.results.queries import rounds_with_results
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import evaluated_bodies
from esar.platform.ui import books
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.filters import MAX_SEARCH
from esar.show.public.beside.queries import MOST, Beside
from esar.show.public.standings.queries import field_of
from esar.show.public.standings.views import round_to_show

BETWEEN = "+"  # of the codes in an address
OFFERED = 8  # bodies that a search puts up for choice


@open_to_all
@require_safe
def compare_now(request: HttpRequest) -> HttpResponse:
    """The search for the first body; to the first page while there are no results. Two queries."""
    year_and_round = round_to_show(request)
    if year_and_round is None:
        return redirect("public:home")
    return _page(request, *year_and_round, [])


@open_to_all
@require_safe
def compare(request: HttpRequest, year: int, round_id: str, codes: str) -> HttpResponse:
    """Bodies beside each other, in the order of the address. Five queries, however many.

    Bodies of two kinds, one without a result, one named twice or more than four are 404.
    """
    return _page(request, year, round_id, codes.upper().split(BETWEEN))


def _page(request: HttpRequest, year: int, round_id: str, codes: list[str]) -> HttpResponse:
    beside = _beside(year, round_id, codes) if codes else None
    text = request.GET.get("q", "").strip()[:MAX_SEARCH]
    offers = _offers(text, beside) if text else []
    if len(offers) == 1:
        return redirect("public:beside", year, round_id, BETWEEN.join([*codes, offers[0].code]))
    context: dict[str, Any] = {
        "year": year,
        "round_id": round_id,
        "round": books.round_label(year, round_id),
        "beside": beside,
        "chosen": _chosen(beside),
        "may_add": len(codes) < MOST,
        "text": text,
        "offers": [(body, BETWEEN.join([*codes, body.code])) for body in offers],
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "public/beside.html", context)


def _beside(year: int, round_id: str, codes: list[str]) -> Beside:
    if (year, round_id) not in rounds_with_results() or not 1 <= len(codes) <= MOST:
        raise Http404
    kinds = set(Body.objects.filter(code__in=codes).values_list("kind", flat=True))
    if len(kinds) != 1 or len(set(codes)) != len(codes):
        raise Http404
    field = field_of(year, round_id, kinds.pop())
    standings = {standing.body.code: standing for standing in field.standings}
    if not set(codes) <= standings.keys():
        raise Http404
    return Beside(field, tuple(standings[code] for code in codes))


def _offers(text: str, beside: Beside | None) -> list[Body]:
    """Bodies that have the name, may stand beside those that are there, and have a result."""
    if beside is None:
        return list(evaluated_bodies(text=text)[:OFFERED])
    there = {standing.body.pk for standing in beside.standings}
    published = {standing.body.pk for standing in beside.field.standings}
    bodies = evaluated_bodies(text=text, kind=beside.field.kind)
    return [body for body in bodies if body.pk in published - there][:OFFERED]


def _chosen(beside: Beside | None) -> list[tuple[Any, str]]:
    """Each body with the codes that are left without it."""
    if beside is None:
        return []
    codes = [standing.body.code for standing in beside.standings]
    return [
        (standing, BETWEEN.join(code for code in codes if code != standing.body.code))
        for standing in beside.standings
    ]
