"""The fiscal year that a reader works in: theirs until the browser is closed, else today's.

Lists begin with it. The page of one thing shows that thing's own year, and says so.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.lists import number_of

COOKIE = "year"
# Every year has such a page.
OF_A_YEAR = ("calendars:calendar", "public:rules", "public:assumptions", "public:year")


def chosen_year(request: HttpRequest, default: int | None = None) -> int:
    """The year chosen; where none is, the default, or the year that today lies in."""
    chosen = number_of(request.COOKIES.get(COOKIE, ""))
    if chosen is not None and chosen in books.years():
        return chosen
    return default or books.year_of(clock.today())


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


def _same_page(request: HttpRequest, back: str, chosen: int | None) -> str:
    """Where the reader was: a page of a year becomes the chosen one's, a list forgets its year."""
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    if not here or not back.startswith("/"):
        return reverse("public:home")
    parts = urlsplit(back)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return reverse("public:home")
    if match.view_name in OF_A_YEAR:
        return reverse(match.view_name, args=[chosen])
    if match.view_name in ("public:results", "public:overview"):
        return reverse("public:newest-results")
    query = QueryDict(parts.query, mutable=True)
    for name in ("year", "page"):
        query.pop(name, None)
    return f"{parts.path}?{query.urlencode()}" if query else parts.path
