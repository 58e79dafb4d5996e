"""Lists that are not declared (see `list_page`): what the reader asked for, and one page of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from esar.kernel import spelling
from esar.kernel.problems import Problem, Refused

PAGE_SIZE = 50


def asked_for(request: HttpRequest, sort: str) -> dict[str, str]:
    """What the reader asked a list for, as clean text."""
    get = request.GET.get
    query = request.GET.copy()
    for name in ("page", "sort"):
        query.pop(name, None)
    return {
        "text": get("q", "").strip()[:100],
        "kind": get("kind", ""),
        "group": get("group", ""),
        "grade": get("grade", ""),
        "sort": get("sort", sort),
        "query": query.urlencode(),
    }


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any]) -> Page[Any]:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def text_of(request: HttpRequest, name: str, most: int) -> str:
    """What was typed in a field beside a button. Errors: as of `whole`."""
    return whole(request.POST.get(name, ""), most)


def whole(text: str, most: int) -> str:
    """A text in the normal form. Errors: Refused where it is longer: nothing is cut off unseen."""
    text = spelling.normal(text)
    if len(text) > most:
        raise Refused([Problem("form.too_long", {"most": most})])
    return text


def numbers_of(request: HttpRequest, name: str) -> list[int]:
    """The numbers that a form posted under one name; what is no number of a row is left out."""
    return [found for text in request.POST.getlist(name) if (found := number_of(text)) is not None]


def chosen_of(request: HttpRequest, name: str, there: Collection[int]) -> list[int]:
    """The rows that were ticked. Errors: Refused where one of them is no more among those there."""
    chosen = numbers_of(request, name)
    if count := sum(row not in there for row in chosen):
        raise Refused([Problem("form.chosen_is_gone", {"count": count})])
    return chosen


def number_of(text: str) -> int | None:
    """A row's number, or None: ASCII digits only, and no more than a database holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
