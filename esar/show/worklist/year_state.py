"""How far a fiscal year is, in words: from its calendar, with every extension counted."""

from __future__ import annotations

from datetime import date

from esar.judge.results.queries import released
from esar.law.rules.kinds import Round
from esar.law.rules.text import Text, worded
from esar.platform.calendars.queries import Entry, entries
from esar.platform.ui import books
from esar.report.reports.queries import due_entry

PLANNED_UNTIL = "acknowledgement"  # the day by which the year's KPIs are agreed
MAY_CHANGE = "changes.window."  # how the windows begin in which KPIs may be changed


def year_state(year: int, day: date) -> Text | None:
    """What the year is busy with on a day; None where it has no rulebook. At most two queries.

    A round is reported on from the day after its last one until its report is due.
    """
    book = books.book(year)
    if book is None:
        return None
    if day < book.year.first_day:
        return worded("year-state.to_come")
    calendar = {entry.id: entry for entry in entries(year, on=day)}
    for rule in sorted(
        book.on(book.year.last_day).of_kind(Round), key=lambda rule: rule.value.number
    ):
        entry = due_entry(rule.id.removeprefix("round."), calendar.values())
        due = entry.last if entry else rule.value.last
        if day <= rule.value.last:
            return _before_the_end(rule.label, calendar, day)
        if day <= due:
            return worded("year-state.reporting", round=rule.label)
    is_public = released().filter(fiscal_year=year, round_id=books.last_round(year)).exists()
    return worded("year-state.published" if is_public else "year-state.judging")


def _before_the_end(label: Text, calendar: dict[str, Entry], day: date) -> Text:
    """While a round goes on: KPIs are agreed or changed, or the work itself is done."""
    agreed = calendar.get(PLANNED_UNTIL)
    if agreed and day <= agreed.last:
        return worded("year-state.planning")
    for entry in calendar.values():
        if entry.id.startswith(MAY_CHANGE) and entry.is_open(day):
            return entry.label
    return worded("year-state.under_way", round=label)
