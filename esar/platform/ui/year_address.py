"""The year in the address: `/2567/reports/` are the reports of 2567 (ADR 50).

The address of a page that is of a year begins with it, and no name of an address changes: whoever
asks for one while a request is answered gets it in that request's year. An address that names a
year itself (`/results/2567/12m/`) and one of no year (`/log/`) have nothing before them. Outside a
request, as in a notice that the worker writes, an address is given without the year: it works for
ever, and leads to the year that the thing is of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import (
    Resolver404,
    ResolverMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    include,
)
from django.urls.resolvers import RoutePattern
from django.utils.encoding import iri_to_uri

from esar.platform.ui import books, clock
from esar.platform.ui.lists import number_of

COOKIE = "year"  # what the browser keeps the year chosen last in

READS = ("GET", "HEAD")
OWN_YEAR = "year"  # what an address that names its year calls it
MAX_PATHS = 1024  # of which it is kept whether they are of a year

_year: ContextVar[int | None] = ContextVar("year_of_addresses", default=None)


def year_of_addresses() -> int | None:
    """The year that addresses are given in; None outside a request."""
    return _year.get()


@contextmanager
def addresses_of(year: int | None) -> Iterator[None]:
    """Addresses are given in this year; without one, as they are for ever."""
    token = _year.set(year)
    try:
        yield
    finally:
        _year.reset(token)


def parted(path: str) -> tuple[int | None, str]:
    """("2567/reports/") → (2567, "reports/"); no year where it begins with none that has rules."""
    head, slash, rest = path[:4], path[4:5], path[5:]
    if slash == "/" and head.isascii() and head.isdigit() and int(head) in books.years():
        return int(head), rest
    return None, path


def in_year(year: int, path: str) -> str:
    """The same page of a year: its address with the year, in place of another that it has."""
    return f"/{year}/{parted(path.removeprefix('/'))[1]}"


def without_year(path: str) -> str:
    """An address as it is called for ever: it leads to the year that the thing is of."""
    return f"/{parted(path.removeprefix('/'))[1]}" if path.startswith("/") else path


class YearResolver(URLResolver):
    """The addresses of an app, each behind its year but for those that are of none.

    `default` is the year that an older address, without one, leads to on a day.
    """

    default: Callable[[date], int]
    is_outside: Callable[[URLPattern], bool]

    @cached_property
    def of_a_year(self) -> frozenset[str]:
        """The names of the addresses that are of a year."""
        patterns = [each for each in self.url_patterns if isinstance(each, URLPattern)]
        return frozenset(str(each.name) for each in patterns if not self.is_outside(each))

    @cached_property
    def _first_parts(self) -> frozenset[str]:
        return frozenset(str(each.pattern).partition("/")[0] for each in self.url_patterns)

    def resolve(self, path: str) -> ResolverMatch:
        year, rest = parted(str(path))
        match = self._resolve_bare(rest)
        if match.url_name in self.of_a_year:
            is_called_so = year is not None or year_of_addresses() is None
        else:
            is_called_so = year is None
        if not is_called_so:
            raise Resolver404({"path": path})
        return match

    def has(self, path: str) -> bool:
        """Whether an address without its year is one of those that have one."""
        try:
            return self._resolve_bare(path).url_name in self.of_a_year
        except Resolver404:
            return False

    def _resolve_bare(self, path: str) -> ResolverMatch:
        if path.partition("/")[0] not in self._first_parts:  # most apps of the site: told at once
            raise Resolver404({"path": path})
        return super().resolve(path)

    def _reverse_with_prefix(
        self, lookup_view: Any, _prefix: str, *args: Any, **kwargs: Any
    ) -> str:
        reverse_with_prefix = super()._reverse_with_prefix  # type: ignore[misc]
        address = str(reverse_with_prefix(lookup_view, _prefix, *args, **kwargs))
        year = year_of_addresses()
        if year is None or lookup_view not in self.of_a_year:
            return address
        return f"{_prefix}{year}/{address.removeprefix(_prefix)}"


def by_year(
    urlconf: str,
    *,
    default: Callable[[date], int] = books.year_of,
    outside: Collection[str] = (),
) -> YearResolver:
    """The addresses of an app behind their year, but for the names `outside`.

    One that names its year itself has it not twice.
    """

    def is_outside(pattern: URLPattern) -> bool:
        return OWN_YEAR in pattern.pattern.converters or pattern.name in outside

    module, app_name, namespace = include(urlconf)
    resolver = YearResolver(
        RoutePattern("", is_endpoint=False), module, None, app_name=app_name, namespace=namespace
    )
    resolver.default, resolver.is_outside = default, is_outside
    return resolver


@dataclass(frozen=True)
class OlderAddress:
    """An address of before the year stood in it, as it is now called but for the year."""

    path: str
    default: Callable[[date], int]


@lru_cache(MAX_PATHS)
def older_address(path: str) -> OlderAddress | None:
    """What a path without a year is called now; None for what is not of a year."""
    resolvers = [each for each in get_resolver().url_patterns if isinstance(each, YearResolver)]
    for typed in (path, f"{path}/"):
        for resolver in resolvers:
            if resolver.has(typed):
                return OlderAddress(typed, resolver.default)
    return None


class OfAnotherYear(Exception):
    """What a page shows is of another year than the one that its address begins with."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


def stay_in(year: int, request: HttpRequest) -> None:
    """A page says of which year it is. Errors: OfAnotherYear where its address says another.

    What came by a form is answered wherever it came.
    """
    here = getattr(request, "year_before_path", None)
    if here not in (None, year) and request.method in READS:
        raise OfAnotherYear(year)


class YearMiddleware:
    """Each request has its year, by its address; an older address leads to the one with its year.

    What was sent to an older address by a form is taken there, so that nobody loses what they
    typed. Where an address has no year it is the one last chosen, else today's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info.removeprefix("/")
        year, _rest = parted(path)
        list_year = _year_of_the_list(request)
        if year is None:
            older = older_address(path)
            default = older.default if older else books.year_of
            year = list_year or remembered_year(request) or default(clock.today())
            if older:
                if path and request.method in READS:
                    return _same_in(year, request, older.path)
                request.path_info = in_year(year, older.path)
        is_of_a_year = request.path_info.startswith(f"/{year}/")
        if is_of_a_year and request.method in READS and list_year not in (None, year):
            return _same_in(list_year, request, path)
        request.year_of_address = year  # type: ignore[attr-defined]
        request.year_before_path = year if is_of_a_year else None  # type: ignore[attr-defined]
        with addresses_of(year):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> None:
        """An address that names its year itself is answered in that year."""
        if kwargs.get(OWN_YEAR) in books.years():
            request.year_of_address = kwargs[OWN_YEAR]  # type: ignore[attr-defined]
            _year.set(kwargs[OWN_YEAR])

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OfAnotherYear):
            return _same_in(error.year, request, request.path_info)
        return None


def _year_of_the_list(request: HttpRequest) -> int | None:
    """The year that a list is asked for behind the question mark, where it has rules."""
    year = number_of(request.GET.get(OWN_YEAR, ""))
    return year if year in books.years() else None


def remembered_year(request: HttpRequest) -> int | None:
    """The year that a reader chose last, where it has rules."""
    year = number_of(request.COOKIES.get(COOKIE, ""))
    return year if year in books.years() else None


def _same_in(year: int, request: HttpRequest, path: str) -> HttpResponse:
    """To the same page of a year; what was asked for goes along, but for the year itself."""
    query = request.GET.copy()
    if _year_of_the_list(request):
        del query[OWN_YEAR]
    address = iri_to_uri(in_year(year, path))
    return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)
