"""Text that no database can hold is refused at the door."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class CleanTextMiddleware:
    """400 for a NUL in path, query or form: PostgreSQL refuses it, and no one types it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        sent = [request.path_info, *(v for _, values in request.GET.lists() for v in values)]
        if request.method == "POST":
            sent += [value for _, values in request.POST.lists() for value in values]
        if any("\x00" in text for text in sent if isinstance(text, str)):
            raise BadRequest("NUL")
