"""The fiscal year that a reader works in: it stands in the address of every page of a year.

The year chosen last is kept until the browser is closed: where an address without one leads. The
page of one thing lies in that thing's own year.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, is_valid_path, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.lists import number_of
from esar.platform.ui.year_address import (
    COOKIE,
    in_year,
    older_address,
    parted,
    remembered_year,
    without_year,
)

# Every year has such a page.
OF_A_YEAR = ("calendars:calendar", "public:rules", "public:assumptions", "public:year")


def chosen_year(request: HttpRequest, default: int | None = None) -> int:
    """The year of the address; where it has none, chosen last, the default, or today's."""
    year: int | None = getattr(request, "year_of_address", None)
    return year or remembered_year(request) or default or books.year_of(clock.today())


def listed_year(request: HttpRequest, default: int | None = None) -> int | None:
    """The year that a list shows: the one asked for (`?year=` asks for all: None), else chosen."""
    year = request.GET.get("year")
    if year is None:
        return chosen_year(request, default)
    return number_of(year) if len(year) == 4 else None


def round_year(request: HttpRequest) -> int | None:
    """The same for what belongs to a round: where none is chosen, the year being reported on."""
    return listed_year(request, books.reported_year(clock.today()))


def year(request: HttpRequest) -> dict[str, Any]:
    """`chosen_year` and `all_years`, newest first, for every template."""
    return {"chosen_year": chosen_year(request), "all_years": books.years()[::-1]}


@open_to_all
@require_POST
def choose_year(request: HttpRequest) -> HttpResponse:
    """Remember the year until the browser is closed, and show the same page of that year."""
    chosen = number_of(request.POST.get("year", ""))
    if chosen not in books.years():
        raise Http404
    response = HttpResponseRedirect(_same_page(request, request.POST.get("next", ""), chosen))
    response.set_cookie(COOKIE, str(chosen), samesite="Lax", httponly=True)
    return response


def _same_page(request: HttpRequest, back: str, chosen: int) -> str:
    """Where the reader was: a page of a year becomes the chosen one's, a list forgets its year."""
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    parts = urlsplit(back if here and back.startswith("/") else "/")
    path = _in_year_where_it_has_one(chosen, parts.path)
    try:
        match = resolve(path)
    except Resolver404:
        return f"/{chosen}/"
    if match.view_name in OF_A_YEAR:
        return reverse(match.view_name, args=[chosen])
    is_of_a_year = path.startswith(f"/{chosen}/")
    if "year" in match.kwargs or (is_of_a_year and "pk" in match.kwargs):
        return _list_above(chosen, without_year(path))
    query = QueryDict(parts.query, mutable=True)
    for name in ("year", "page"):
        query.pop(name, None)
    return f"{path}?{query.urlencode()}" if query else path


def _in_year_where_it_has_one(year: int, path: str) -> str:
    _before, bare = parted(path.removeprefix("/"))
    older = older_address(bare)
    return in_year(year, older.path) if older else path


def _list_above(year: int, path: str) -> str:
    """The list of a year in which pages like one stand whose own year is another; else home."""
    first = path.split("/")[1]
    list_path = f"/{year}/{first}/"
    return list_path if is_valid_path(list_path) else f"/{year}/"
