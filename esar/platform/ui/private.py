"""What somebody who is signed in is given stays in no cache; public pages are as they were."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NOT_KEPT = "private, no-store"


class PrivateMiddleware:
    """Says so of every answer to a person; a public page too holds the person's own menu."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Without the cookie nobody asks who it is: a public answer must not vary by it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            response.headers["Cache-Control"] = NOT_KEPT
        return response
