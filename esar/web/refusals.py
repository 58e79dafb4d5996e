"""A refusal raised in any view becomes a page with its sentences; nothing was half done."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from esar.problems import Refused
from esar.web.views import refusal


class RefusalMiddleware:
    """Views let `Refused` through; only a form that shows it beside its fields catches it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error) if isinstance(error, Refused) else None
