"""A refusal raised in any view becomes a page with its sentences; so does a wrong method.

So does what the database refuses because two wrote the same at one moment: an action that knows
better what that means says so itself, and no other ends in an error of ours.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from esar.kernel.problems import Problem, Refused
from esar.platform.ui.views import refusal

# What SQLite and PostgreSQL call it when a row is there already, and when somebody was in the way.
THERE_ALREADY = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}
FULL = {"SQLITE_FULL", "53100"}
IN_THE_WAY = {"SQLITE_BUSY", "SQLITE_LOCKED", "40001", "40P01", "55P03"}


def _name(error: DatabaseError) -> str:
    cause = error.__cause__
    return getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""


def is_full(error: DatabaseError) -> bool:
    """Whether the database's disk has no room left."""
    return _name(error) in FULL


def collision(error: DatabaseError) -> Problem | None:
    """What it means to people that another wrote at the same moment; None for any other error."""
    name = _name(error)
    if name in THERE_ALREADY:
        return Problem("form.at_once")
    return Problem("form.busy") if name in IN_THE_WAY else None


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
        if isinstance(error, Refused):
            return refusal(request, error)
        if isinstance(error, DatabaseError) and (problem := collision(error)):
            logging.getLogger(__name__).warning("%s: %s", request.path, error)
            return refusal(request, Refused([problem]), status=409)
        if isinstance(error, DatabaseError) and is_full(error):
            logging.getLogger(__name__).error("%s: %s", request.path, error)
            return refusal(request, Refused([Problem("form.disk_full")]), status=503)
        return None
