"""The address of a list's files: `letters/letters.csv` and `letters/letters.xlsx` are one view."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter


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
