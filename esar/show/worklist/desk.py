"""What stands on a person's desk beside the work list: their bodies, the nation, the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q

from esar.law.rules.kinds import Round
from esar.platform.calendars.queries import Entry, entries
from esar.platform.charts.gantt import Gantt, Span, gantt
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, in_charge_of
from esar.platform.ui import books
from esar.platform.ui.year_address import in_year, parted
from esar.show.public.hub.where import Place, papers_of
from esar.show.public.records import Record, records_of
from esar.show.worklist.work import SOON, Work

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """A line of the work list as of a day: how many days are left, and how urgent that is."""

    work: Work
    left: int | None

    @property
    def urgency(self) -> str:
        """late, soon, or waiting where there is time or no day is set."""
        if self.left is None or self.left > SOON:
            return "waiting"
        return "late" if self.left < 0 else "soon"


@dataclass(frozen=True)
class Pile:
    """The lines of a year, with how many are late and how many will be within a week."""

    lines: Sequence[Line]

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def late(self) -> int:
        return sum(line.urgency == "late" for line in self.lines)

    @cached_property
    def soon(self) -> int:
        return sum(line.urgency == "soon" for line in self.lines)


def pile_of(work: Sequence[Work], year: int, day: date) -> Pile:
    """What waits in a year, and what is of no year: the most urgent first."""
    return Pile(
        [Line(line, line.days_left(day)) for line in work if line.year in (None, year)],
    )


def piles_beside(work: Sequence[Work], year: int, day: date) -> list[tuple[int, Pile]]:
    """What waits in each other year, the newest first, at its addresses there."""
    beside: dict[int, list[Line]] = {}
    for line in work:
        if line.year not in (None, year):
            is_of_a_year = parted(line.path.removeprefix("/"))[0] is not None
            there = replace(line, path=in_year(line.year, line.path)) if is_of_a_year else line
            beside.setdefault(line.year, []).append(Line(there, line.days_left(day)))
    return [(other, Pile(beside[other])) for other in sorted(beside, reverse=True)]


@dataclass(frozen=True)
class OwnBody:
    """A body that a person works for or answers for: where its year is, what it came to last."""

    body: Body
    place: Place | None
    record: Record | None


def own_bodies(person: Any, year: int, day: date) -> list[OwnBody]:
    """The bodies of a reporter or an approver, and those that a minister's office is in charge of.

    A constant number of queries, however many.
    """
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    if not own and not offices:
        return []
    answers_for = in_charge_of(offices, day) if offices else Q(pk__in=[])
    rows = Body.objects.filter(Q(pk__in=own) | answers_for, evaluated_from__isnull=False)
    bodies = list(rows.order_by("kind", "name_key"))
    papers, begun = papers_of(bodies, year, person, day), books.begun_rounds(year, day)
    records = records_of(bodies)
    return [OwnBody(body, papers[body.pk].now(begun), records.get(body.pk)) for body in bodies]


def year_line(year: int, day: date) -> Gantt | None:
    """The year's days and windows under its months, with today; None without a rulebook.

    One query. A report is due from the day after its round is over.
    """
    book = books.book(year)
    if book is None:
        return None
    rounds = {
        rule.id.removeprefix("round."): rule.value.last
        for rule in book.on(book.year.last_day).of_kind(Round)
    }
    calendar = entries(year, on=day)
    spans = [_span(entry, rounds) for entry in calendar]
    if not spans:
        return None
    first = min(book.year.first_day, *(span.first for span in spans))
    last = max(book.year.last_day, *(span.last for span in spans))
    return gantt(spans, first=first, last=last, today=day)


def _span(entry: Entry, rounds: dict[str, date]) -> Span:
    over = rounds.get(entry.id.rpartition(".")[2])
    is_report = entry.id.startswith(("round.", "report-due."))
    first = over + DAY if is_report and over is not None else entry.first or entry.last
    return Span(entry.label, min(first, entry.last), entry.last)
