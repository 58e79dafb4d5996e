"""When and from where a session was used last, as its owner reads it among their sessions."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase

WRITTEN_EVERY = 60  # seconds; a page more in the same minute tells its owner nothing


class ActivityMiddleware(UserSessionsMiddleware):  # type: ignore[misc]
    """Writes the use of a session once a minute, and at once where it is used from elsewhere."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        signed_in = request.session.session_key is not None
        if signed_in and cache.add(_use(request), True, WRITTEN_EVERY):
            response: HttpResponseBase = super().__call__(request)
            return response
        response = self.get_response(request)
        return response


def _use(request: HttpRequest) -> str:
    """The session, the address and the browser it is used from, as a key."""
    address = get_adapter().get_client_ip(request)
    browser = request.META.get("HTTP_USER_AGENT", "")
    use = repr((request.session.session_key, address, browser))
    return "session-used:" + hashlib.sha256(use.encode()).hexdigest()
