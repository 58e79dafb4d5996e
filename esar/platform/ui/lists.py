"""Lists: what the reader asked for, one page of it, and the same as a CSV for a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 50
FIGURE = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


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


def numbers_of(request: HttpRequest, name: str) -> list[int]:
    """The numbers that a form posted under one name; what is no number of a row is left out."""
    return [found for text in request.POST.getlist(name) if (found := number_of(text)) is not None]


def number_of(text: str) -> int | None:
    """A row's number, or None: ASCII digits only, and no more than a database holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def harmless(value: object) -> str:
    """Text that a spreadsheet will not take for a formula; a plain figure stays one."""
    text = str(value)
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\r") and not FIGURE.fullmatch(text)
    return f"'{text}" if risky else text


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A CSV file that a spreadsheet opens in Thai, with nothing in it that it takes for a formula.

    None is an empty cell.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow("" if cell is None else harmless(cell) for cell in row)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", headers=headers)
