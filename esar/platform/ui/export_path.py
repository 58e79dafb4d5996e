"""The addresses of a list: its page, and `letters/letters.csv` and `letters/letters.xlsx`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter
from django.views.decorators.http import require_safe

from esar.platform.ui.list_page import ListPage

Door = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]


class TableKind:
    """The kinds of files that a list is given out as."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TableKind, "table")


def export_path(route: str, view: Callable[..., HttpResponse], *, name: str) -> URLPattern:
    """One address for every kind of file of a list."""
    return path(f"{route}.<table:kind>", view, name=name)


def list_paths(
    route: str,
    page: type[ListPage[Any]],
    door: Door,
    *,
    name: str,
    file: str = "",
    file_name: str = "",
) -> list[URLPattern]:
    """The page of a declared list, and its files at `file`: `name` and `name`-export.

    The list gives whatever its reader may see, so these views have nothing to decide.
    """

    @door
    @require_safe
    def rows(request: HttpRequest) -> HttpResponse:
        return page(request).answer()

    rows.list_page = page  # type: ignore[attr-defined]

    @door
    @require_safe
    def rows_as_file(request: HttpRequest, kind: str) -> HttpResponse:
        return page(request).file(kind)

    files = [export_path(file, rows_as_file, name=file_name or f"{name}-export")] if file else []
    return [path(route, rows, name=name), *files]
