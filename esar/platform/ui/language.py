"""Thai unless the reader has chosen English; the choice is one cookie."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "language"
KNOWN = ("th", "en")
ONE_YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """Sets the language of a request from its cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE)
        with translation.override(chosen if chosen in KNOWN else "th"):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "th")
        response.headers["Vary"] = ", ".join(filter(None, (response.get("Vary"), "Cookie")))
        return response


def language(request: HttpRequest) -> dict[str, str]:
    """`language`, the other one and `here`, for every template.

    `here` is an address that can be opened: after a form was sent, the page it was on.
    """
    now = translation.get_language() or "th"
    came = urlsplit(request.headers.get("Referer", "")).path
    here = request.get_full_path() if request.method == "GET" else came
    return {"language": now, "other_language": "th" if now == "en" else "en", "here": here}
