"""Reads of invitations and of what bodies wait for."""

from __future__ import annotations

from datetime import UTC, datetime

from esar.platform.history.models import Event

SENT = ("person.invited", "person.invited_again")


def recently_invited(since: datetime) -> set[int]:
    """Who was sent an invitation after a moment. One query."""
    events = Event.objects.filter(verb__in=SENT, at__gte=since.astimezone(UTC).isoformat())
    return {int(pk) for pk in events.values_list("subject_id", flat=True)}
