"""The page of all lists: how many a reader finds in each, as the list itself says."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from django.http import HttpRequest, QueryDict
from django.urls import resolve

from esar.platform.ui.year_address import parted
from esar.show.worklist.menu import Link, LinkGroup


def counted(groups: Sequence[LinkGroup], request: HttpRequest) -> list[LinkGroup]:
    """The groups with how many each declared list holds. One query a list, however long."""
    return [
        replace(group, links=tuple(_counted(link, request) for link in group.links))
        for group in groups
    ]


def _counted(link: Link, request: HttpRequest) -> Link:
    list_page = getattr(resolve(link.href).func, "list_page", None)
    if list_page is None:
        return link
    there = copy(request)  # as if the list were opened, in the year that its link leads to
    there.GET = QueryDict()
    year, _rest = parted(link.href.removeprefix("/"))
    there.year_of_address = year  # type: ignore[attr-defined]
    return replace(link, count=list_page(there).total())
