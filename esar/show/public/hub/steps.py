"""A body's year as steps, from its rulebook's calendar: what is done, where it is, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from esar.agree.scorecards.models import ScorecardVersion
from esar.judge.results.models import Result
from esar.kernel.wording import Word
from esar.platform.calendars.queries import Entry, entries
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.report.reports.states import ReportState
from esar.show.public.hub.where import Papers

AGREED = ("acknowledgement", "calendar.signing")  # by which the year's KPIs are agreed
CHANGES = ("changes.window.", "4.2.plan-changes")
REPORTS = ("report-due.", "round.")
DONE, NOW, LATE, TO_COME = "done", "now", "late", "to-come"
OVER, OPEN, AHEAD = "over", "open", "ahead"  # of a window, which nobody is at
LOOKS = {OVER: DONE, OPEN: NOW, AHEAD: TO_COME}


@dataclass(frozen=True)
class Step:
    """A step of the year: what it is called, how it stands, by when it is to be, when it was."""

    label: Any
    standing: str
    last: date | None = None
    done_on: date | None = None

    @property
    def look(self) -> str:
        return LOOKS.get(self.standing, self.standing)

    @property
    def is_here(self) -> bool:
        """Whether the year is at this step; a window that is open is none to be at."""
        return self.standing in (NOW, LATE)


@dataclass(frozen=True)
class Known:
    """What is known of a body's year: the papers that the reader sees, and what is public."""

    papers: Papers
    version: ScorecardVersion | None
    results: tuple[Result, ...]

    def released_on(self, round_id: str) -> date | None:
        """The day on which the result of a round was published."""
        days = [row.released_at for row in self.results if row.round_id == round_id]
        return timezone.localdate(days[0]) if days and days[0] else None

    def is_sent(self, round_id: str) -> bool:
        """Whether the reader knows that a report came in, by itself or by its result."""
        report = self.papers.reports.get(round_id)
        is_sent = report is not None and report.state == ReportState.SUBMITTED
        return is_sent or self.released_on(round_id) is not None


def steps_of(body: Body, year: int, seen: Known, day: date) -> list[Step]:
    """The steps of a body's year in their order. One query.

    The first that is not done is where it is now, or late where its day has passed. A window is
    open or over by its days alone, and what lies before a published result is over.
    """
    steps = list(_steps(body, year, seen, day))
    if seen.released_on(books.last_round(year)):
        return [step if step.standing == DONE else replace(step, standing=OVER) for step in steps]
    place = next((place for place, step in enumerate(steps) if step.standing == TO_COME), None)
    if place is not None:
        here = steps[place]
        is_late = here.last is not None and here.last < day
        steps[place] = replace(here, standing=LATE if is_late else NOW)
    return steps


def _steps(body: Body, year: int, seen: Known, day: date) -> Iterator[Step]:
    calendar = entries(year, body.kind, body, on=day)
    agreed = next((entry for entry in calendar if entry.id in AGREED), None)
    in_force = seen.version.in_force_from if seen.version else None
    yield _step(Word("hub-step.kpis"), in_force, agreed.last if agreed else None)
    for entry in calendar:
        if entry.id.startswith(CHANGES):
            yield Step(entry.label, _window(entry, day), entry.last)
        elif entry.id.startswith(REPORTS):
            yield _report(entry, year, seen)
    last = books.last_round(year)
    released_on = seen.released_on(last)
    yield _step(Word("hub-step.assessment"), released_on)
    yield _step(Word("hub-step.result"), released_on)


def _window(entry: Entry, day: date) -> str:
    if entry.last < day:
        return OVER
    return OPEN if entry.is_open(day) else AHEAD


def _report(entry: Entry, year: int, seen: Known) -> Step:
    round_id = entry.id.rpartition(".")[2]
    standing = DONE if seen.is_sent(round_id) else TO_COME
    return Step(books.round_label(year, round_id), standing, entry.last)


def _step(label: Any, done_on: date | None, last: date | None = None) -> Step:
    return Step(label, DONE if done_on else TO_COME, last, done_on)
