"""A body of a request larger than anything we take is refused before it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

BESIDE_THE_FILE = 1024**2  # the other fields of a form, and its boundaries


class LimitMiddleware:
    """Answers 413 by the length that the sender announces."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > settings.MAX_BYTES + BESIDE_THE_FILE:
            context = {"code": "page.too_large", "value": settings.MAX_BYTES // 1024**2}
            return render(request, "ui/error.html", context, status=413)
        return self.get_response(request)
