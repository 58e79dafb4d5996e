"""What is kept for a stated time and then removed: by kind, how long, and how it is removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from esar.platform.notices.models import Notice
from esar.platform.security import actions as security

Remover = Callable[[datetime], int]


def forget_sessions(before: datetime) -> int:
    """Sessions that lapsed before a moment, and what their owners read of them."""
    count, _ = Session.objects.filter(expire_date__lt=before).delete()
    there = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=there).delete()
    return count


def forget_tasks(before: datetime) -> int:
    """Tasks that the worker finished before a moment."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()[0]


def forget_notices(before: datetime) -> int:
    """Notices that were read, and are of before a moment."""
    return Notice.objects.filter(read_at__isnull=False, at__lt=before).delete()[0]


def forget_security_events(before: datetime) -> int:
    return security.forget(before=before)


REMOVERS: Mapping[str, Remover] = {
    "security": forget_security_events,
    "sessions": forget_sessions,
    "tasks": forget_tasks,
    "notices": forget_notices,
}


def forget_what_is_old(*, at: datetime) -> dict[str, int]:
    """Remove of each kind what is older than it is kept for. How many of each."""
    return {
        kind: remove(at - timedelta(days=settings.KEEP_DAYS[kind]))
        for kind, remove in REMOVERS.items()
    }
