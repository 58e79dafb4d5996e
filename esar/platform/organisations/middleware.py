"""Asks the door of every view before it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from esar.platform.organisations.queries import owes_second_step, roles_of
from esar.platform.ui.clock import today
from esar.platform.ui.doors import EVERYONE, door_of, is_of_the_library
from esar.platform.ui.views import second_step_due, signed_out


class DoorMiddleware:
    """A visitor is asked to sign in; a person without the role finds nothing there (404).

    Who owes a second step is led to where it is set up: the sign-in library's own pages stay open.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        door = door_of(view, match.url_name or "" if match else "")
        if door is None:
            raise Http404(f"no door: {getattr(view, '__module__', view)}")
        audience, roles = door
        if audience == EVERYONE:
            return None
        person: Any = request.user
        if not person.is_authenticated:
            return signed_out(request)
        if owes_second_step(person, today()) and not is_of_the_library(view):
            return second_step_due(request)
        if roles and not roles_of(person, today()) & set(roles):
            raise Http404
        return None
