"""Which reports had come by which day, against the year before, as far from its last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from esar.kernel.wording import Phrase
from esar.platform.charts.arrivals import Arrivals, Coming, arrivals
from esar.show.nation.under_way import BodyUnderWay, address_of


@dataclass(frozen=True)
class RoundOfYear:
    """A round of a year with the last day to report on it, and where its bodies are."""

    year: int
    round_id: str
    due: date
    rows: Sequence[BodyUnderWay]

    def days(self) -> tuple[int, ...]:
        """When reports came, in days from the last one; of those that are still sent."""
        came = [row.received_on for row in self.rows if row.is_sent]
        return tuple(sorted((day - self.due).days for day in came if day is not None))

    def coming(self, day: int) -> Coming:
        """Them as a line; it leads to the list of what had come by a day."""
        by = self.due + timedelta(days=day)
        href = address_of(self.year, self.round_id, by=by.isoformat())
        return Coming(Phrase("page.year", {"year": self.year}), self.days(), href)


@dataclass(frozen=True)
class Pace:
    """The drawing, and by how many more than the year before; None where nothing came in it."""

    drawing: Arrivals
    sent: int
    ahead: int | None

    @property
    def behind(self) -> int:
        return -(self.ahead or 0)


def pace(current: RoundOfYear, last: RoundOfYear | None, today: date) -> Pace | None:
    """The reports of a round until a day; a year in which none came is no comparison, and of none
    at all nothing is drawn.
    """
    day = (today - current.due).days
    before = [last.coming(day)] if last is not None and last.days() else []
    drawing = arrivals(current.coming(day), before, due=current.due, day=day, all=len(current.rows))
    sent = drawing.climbs[0].count
    if not sent and not before:
        return None
    return Pace(drawing, sent, sent - drawing.climbs[1].count if before else None)
