"""A log as whoever holds the database can write it anew."""

from __future__ import annotations

from django.db import connection

from esar.kernel.chain import START, event_hash
from esar.platform.history import guards
from esar.platform.history.models import DailyHead, Event, Head


def write_anew() -> None:
    """As whoever holds the database can: an event changed, and every hash and head after it."""
    guards.remove(connection)
    fields = [field.name for field in Event._meta.fields]
    previous = START
    for row in list(Event.objects.order_by("number").values(*fields)):
        if row["number"] == 3:
            row["reason"] = "ปลอม"
        digest = event_hash(previous, row)
        changes = {"reason": row["reason"], "previous": previous, "hash": digest}
        Event.objects.filter(number=row["number"]).update(**changes)
        previous = digest
    last = Event.objects.latest("number")
    Head.objects.update(hash=last.hash)
    DailyHead.objects.all().delete()
