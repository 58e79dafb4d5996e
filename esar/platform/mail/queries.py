"""Reads of mail that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from esar.platform.mail.models import WaitingMail

TRIED_FOR = timedelta(days=7)
LONG = timedelta(minutes=10)  # mail that waits longer is told to whoever can do something


@dataclass(frozen=True)
class Waiting:
    """How much mail waits, since when the oldest, what was answered last; what was given up."""

    count: int
    oldest: datetime | None
    answer: str
    given_up: int


def due(at: datetime) -> QuerySet[WaitingMail]:
    """What is to be tried now, whatever has waited longest for its turn first."""
    return WaitingMail.objects.filter(due__lte=at, at__gt=at - TRIED_FOR)


def waiting(at: datetime) -> Waiting:
    """Two queries."""
    is_tried = Q(at__gt=at - TRIED_FOR)
    counts = WaitingMail.objects.aggregate(
        count=Count("pk", filter=is_tried),
        oldest=Min("at", filter=is_tried),
        given_up=Count("pk", filter=~is_tried),
    )
    answers = WaitingMail.objects.exclude(answer="").order_by("-due")
    return Waiting(**counts, answer=answers.values_list("answer", flat=True).first() or "")
