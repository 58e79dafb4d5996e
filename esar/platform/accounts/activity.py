"""When and from where a session was used last, as its owner reads it among their sessions."""

from __future__ import annotations

import hashlib
import logging

from allauth.account.adapter import get_adapter
from allauth.usersessions.middleware import UserSessionsMiddleware
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from esar.platform.ui.refusals import is_full

log = logging.getLogger(__name__)

WRITTEN_EVERY = 60  # seconds; a page more in the same minute tells its owner nothing


class ActivityMiddleware(UserSessionsMiddleware):  # type: ignore[misc]
    """Writes the use of a session once a minute, and at once where it is used from elsewhere."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key is not None:
            use = _use(request)
            due = cache.add(_as_key(use), True, WRITTEN_EVERY)
            try:
                if due:
                    self._write(request, use)
            except DatabaseError as error:
                if not is_full(error):
                    raise
                log.error("no room to write that a session was used")  # reading goes on
        response: HttpResponseBase = self.get_response(request)
        return response

    def _write(self, request: HttpRequest, use: dict[str, str | None]) -> None:
        is_there = UserSession.objects.filter(**use).update(last_seen_at=timezone.now())
        if not is_there and request.user.is_authenticated:  # new, or from elsewhere
            UserSession.objects.create_from_request(request)


def _use(request: HttpRequest) -> dict[str, str | None]:
    """The session, and the address and the browser it is used from."""
    longest = UserSession._meta.get_field("user_agent").max_length
    return {
        "session_key": request.session.session_key,
        "ip": get_adapter().get_client_ip(request),
        "user_agent": request.META.get("HTTP_USER_AGENT", "")[:longest],
    }


def _as_key(use: dict[str, str | None]) -> str:
    return "session-used:" + hashlib.sha256(repr(use).encode()).hexdigest()
