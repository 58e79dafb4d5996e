"""What comes of moving a day of the calendar, as it is shown before anybody moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from esar.platform.calendars.queries import Entry, touched
from esar.platform.calendars.signals import Thing, open_things
from esar.platform.lifecycle.seen import seen_token
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_of


@dataclass(frozen=True)
class Preview:
    """An entry as it binds, the days it would have, and whom that touches."""

    entry: Entry
    first: date | None
    last: date
    reason: str
    bodies: list[Body]
    things: list[Thing]
    people: list[Person]

    @classmethod
    def of(
        cls,
        entry: Entry,
        first: date | None,
        last: date,
        *,
        on: date,
        body: Body | None = None,
        reason: str = "",
    ) -> Preview:
        """Whom it touches on a day. A constant number of queries, however many bodies."""
        bodies = touched(entry, body)
        people = people_of([each.pk for each in bodies], on, Role.REPORTER, Role.APPROVER)
        open_at_them = open_things(entry, bodies)
        return cls(entry, first, last, reason, bodies, open_at_them, list(people))

    @property
    def moves(self) -> bool:
        """Whether any day would be another one."""
        return (self.first, self.last) != (self.entry.first, self.entry.last)

    @property
    def rows(self) -> list[tuple[Body, list[Thing]]]:
        """Each body with what it has still to send."""
        return [
            (body, [thing for thing in self.things if thing.body.pk == body.pk])
            for body in self.bodies
        ]

    @property
    def content(self) -> Mapping[str, Any]:
        """What the page shows: part → JSON."""
        return {
            "entry": self.entry.id,
            "days": [str(self.entry.first), str(self.entry.last), str(self.first), str(self.last)],
            "reason": self.reason,
            "bodies": sorted(body.code for body in self.bodies),
            "open": sorted(thing.path for thing in self.things),
            "people": sorted(person.pk for person in self.people),
        }

    @property
    def token(self) -> str:
        """What the page that shows it carries."""
        return seen_token(self.content)
