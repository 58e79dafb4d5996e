"""Notes what somebody carries out as a file, wherever it is given; and a line for each request."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from esar.platform.security.actions import Kind, note
from esar.platform.ui.doors import LIBRARY

log = logging.getLogger("esar.access")
Answer = Callable[[HttpRequest], HttpResponseBase]
SECRETS = ("token", "key", "uidb36")  # what an address lets in by; no log may hold it
HIDDEN = "…"


def address_without_secrets(request: HttpRequest) -> str:
    """The path that was asked for, without what was searched for and without what lets in."""
    match, path = request.resolver_match, request.path
    for name, value in (match.kwargs if match else {}).items():
        if name in SECRETS and value:
            path = path.replace(str(value), HIDDEN)
    return path


class CarriedOutMiddleware:
    """Notes every file that a person who is signed in is given: a list's is exported.

    One's own recovery codes, which the sign-in library gives, are no data of others.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        person: Any = request.user
        disposition = response.headers.get("Content-Disposition", "")
        if disposition.startswith("attachment") and person.is_authenticated:
            match = request.resolver_match
            if match and not match.func.__module__.startswith(LIBRARY):
                kind = Kind.EXPORTED if "kind" in match.kwargs else Kind.DOWNLOADED
                note(kind, person, request, path=request.path)
        return response


class AccessLogMiddleware:
    """One line a request: from where, whose, what was asked, how it was answered, how long."""

    def __init__(self, get_response: Answer) -> None:
        if not settings.ACCESS_LOG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        response = self.get_response(request)
        log.info(
            "%s %s %s %s %d %dms",
            request.META.get("REMOTE_ADDR") or "-",
            getattr(getattr(request, "user", None), "pk", None) or "-",
            request.method,
            address_without_secrets(request),
            response.status_code,
            (time.monotonic() - began) * 1000,
        )
        return response
