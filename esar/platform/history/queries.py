"""Reads of the log: a thing's timeline, and the whole chain for verification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from esar.kernel.chain import FIELDS, Head, Record
from esar.platform.history import models
from esar.platform.history.models import DailyHead, Event


def timeline(*subjects: Any) -> QuerySet[Event]:
    """What happened to these things, newest first. One query."""
    events = Event.objects.none()
    for subject in subjects:
        kind = subject._meta.model_name
        events = events | Event.objects.filter(subject_kind=kind, subject_id=str(subject.pk))
    return events.order_by("-number")


def records() -> Iterator[Record]:
    """Every event as the chain hashes it, in order of number; read in portions."""
    fields = (*FIELDS, "previous", "hash")
    yield from Event.objects.order_by("number").values(*fields).iterator(chunk_size=2000)


def heads() -> list[Head]:
    """The end of the chain now, and every day's."""
    now = [Head(one.number, one.hash) for one in models.Head.objects.filter(number__gt=0)]
    return now + [Head(one.number, one.hash) for one in DailyHead.objects.filter(number__gt=0)]
