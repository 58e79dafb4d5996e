"""What others are asked before a day of the calendar moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.dispatch import Signal

from esar.platform.calendars.models import Extension
from esar.platform.calendars.queries import Entry
from esar.platform.organisations.models import Body

open_asked = Signal()  # entry, bodies: a receiver gives what is still to be sent by that day
relied_asked = Signal()  # entry, bodies, after: a receiver gives what came after a day, and in time


@dataclass(frozen=True)
class Thing:
    """What a body sends by a day of the calendar; `path` is its page."""

    body: Body
    path: str


def open_things(entry: Entry, bodies: Collection[Body]) -> list[Thing]:
    """What bodies have still to send by the last day of an entry."""
    answers = open_asked.send(Extension, entry=entry, bodies=bodies)
    return [thing for _receiver, things in answers for thing in things]  # type: ignore[misc, union-attr]


def relied_on(entry: Entry, bodies: Collection[Body], *, after: date) -> list[Thing]:
    """What came after a day because the entry ends later."""
    answers = relied_asked.send(Extension, entry=entry, bodies=bodies, after=after)
    return [thing for _receiver, things in answers for thing in things]  # type: ignore[misc, union-attr]
