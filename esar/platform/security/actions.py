"""Writes: what happens around signing in, what is carried out, and what is old is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from esar.platform.notices.actions import tell
from esar.platform.notices.queries import ALWAYS_MAILED
from esar.platform.organisations.models import Person
from esar.platform.security.models import SecurityEvent

Kind = SecurityEvent.Kind
LONGEST_AGENT, LONGEST_PATH = 200, 300  # letters


def note(kind: str, person: Person | None, request: HttpRequest | None, *, path: str = "") -> None:
    """One event, now: in real time, also of a demo."""
    meta = request.META if request is not None else {}
    SecurityEvent.objects.create(
        at=timezone.now(),
        kind=kind,
        person=person,
        origin=str(meta.get("REMOTE_ADDR", ""))[:64],
        agent=str(meta.get("HTTP_USER_AGENT", ""))[:LONGEST_AGENT],
        path=path[:LONGEST_PATH],
    )


def signed_in(request: HttpRequest, user: Person, **_signal: Any) -> None:
    note(Kind.SIGNED_IN, user, request)


def failed(credentials: dict[str, Any], request: HttpRequest | None, **_signal: Any) -> None:
    account = str(credentials.get("email") or "")
    note(Kind.FAILED, Person.objects.filter(email__iexact=account).first(), request)


def second_step_failed(request: HttpRequest, user: Person, **_signal: Any) -> None:
    note(Kind.SECOND_STEP_FAILED, user, request)


def signed_out(request: HttpRequest, user: Person | None, **_signal: Any) -> None:
    if user is not None:
        note(Kind.SIGNED_OUT, user, request)


def password_changed(request: HttpRequest, user: Person, **_signal: Any) -> None:
    _changed(Kind.PASSWORD, user, request)


def second_step_on(request: HttpRequest, user: Person, **_signal: Any) -> None:
    _changed(Kind.SECOND_STEP_ON, user, request)


def second_step_off(request: HttpRequest, user: Person, **_signal: Any) -> None:
    _changed(Kind.SECOND_STEP_OFF, user, request)


def _changed(kind: str, person: Person, request: HttpRequest) -> None:
    """The way in was changed: its owner is told by mail, for it may have been somebody else."""
    note(kind, person, request)
    at = timezone.now()
    code = f"{ALWAYS_MAILED}{kind}"
    path = reverse("security:own")
    tell([person], code, path=path, key=f"{code}:{at.isoformat()}", at=at)


def forget(*, before: datetime) -> int:
    """Remove what is older. How many."""
    return SecurityEvent.objects.filter(at__lt=before).delete()[0]
