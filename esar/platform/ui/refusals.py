"""A refusal raised in any view becomes a page with its sentences; so does a wrong method."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from esar.kernel.problems import Refused
from esar.platform.ui.views import refusal


class RefusalMiddleware:
    """Views let `Refused` through; only a form that shows it beside its fields catches it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:  # an address that only takes forms
            allowed = response.headers["Allow"]
            response = render(request, "ui/error.html", {"code": "page.not_allowed"}, status=405)
            response.headers["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error) if isinstance(error, Refused) else None
