"""What people send comes without the sign that no database can hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class CleanTextMiddleware:
    """Takes every NUL out of what was sent, as the forms take out all that nobody can see.

    It comes with what is copied from PDF; PostgreSQL refuses it. An address with one is no address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if NUL in request.path_info:
            raise BadRequest("NUL")
        if _has_nul(request.GET):
            request.GET = _without_nul(request.GET)
        if request.method == "POST" and _has_nul(request.POST):
            request.POST = _without_nul(request.POST)


def _has_nul(sent: QueryDict) -> bool:
    return any(NUL in text for name, texts in sent.lists() for text in (name, *texts))


def _without_nul(sent: QueryDict) -> Any:
    """The same names and texts, in their order."""
    return QueryDict(sent.urlencode().replace("%00", ""))
