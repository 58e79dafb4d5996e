"""The work list: what waits for a person, by when, and how late. A constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from esar.calendars.queries import Entry, entries
from esar.committees.models import Sitting
from esar.committees.queries import waiting_changes, waiting_scorecards
from esar.committees.states import SittingState
from esar.organisations.models import Body, Committee, Person, Role
from esar.organisations.queries import (
    bodies_of,
    committees_of,
    holds,
    matches,
    people_list,
)
from esar.scorecards.models import ChangeRequest, Kpi, Scorecard
from esar.scorecards.queries import kpi_search
from esar.scorecards.states import ChangeState, State
from esar.web import books


@dataclass(frozen=True)
class Work:
    """One thing that waits: what to call it, where it is, what is asked, and by when."""

    title: str
    path: str
    asks: str  # the code of what is asked
    due: date | None

    def days_left(self, day: date) -> int | None:
        return None if self.due is None else (self.due - day).days


def work_for(person: Any, day: date, year: int) -> list[Work]:
    """Everything that waits for a person, the most urgent first."""
    known = {one.id: one for one in entries(year)}
    due = known.get("acknowledgement")
    last = due.last if due else None
    found = [*_at_bodies(person, day, last), *_at_committees(person, day, last)]
    if holds(person, day, Role.ANALYST):
        found += _at_opdc(year, last)
    return sorted(found, key=lambda one: (one.due or date.max, one.title))


def _card(card: Scorecard, asks: str, due: date | None) -> Work:
    title = f"{card.body.name_th} {card.fiscal_year}"
    return Work(title, reverse("scorecard-work", args=[card.pk]), asks, due)


def _change(change: ChangeRequest, asks: str) -> Work:
    title = f"{change.scorecard.body.name_th} {change.scorecard.fiscal_year} · {change.number}"
    return Work(title, reverse("change", args=[change.pk]), asks, None)


def _at_bodies(person: Any, day: date, due: date | None) -> list[Work]:
    """Drafts for reporters, proposals for approvers."""
    reports, approves = bodies_of(person, day, Role.REPORTER), bodies_of(person, day, Role.APPROVER)
    if not reports and not approves:
        return []
    here = Q(body__in=reports, state=State.DRAFT) | Q(body__in=approves, state=State.PROPOSED)
    cards = Scorecard.objects.filter(here).select_related("body")
    found = [_card(one, f"scorecard-state.{one.state}", due) for one in cards]
    there = Q(scorecard__body__in=reports, state=ChangeState.DRAFT) | Q(
        scorecard__body__in=approves, state=ChangeState.PROPOSED
    )
    changes = ChangeRequest.objects.filter(there).select_related("scorecard__body")
    return found + [_change(one, f"change-state.{one.state}") for one in changes]


def _at_committees(person: Any, day: date, due: date | None) -> list[Work]:
    """What waits to be tabled, and the sittings that are not closed, for secretaries."""
    mine = committees_of(person, day, Role.SECRETARY)
    found = []
    for committee in Committee.objects.filter(pk__in=mine):
        many = len(waiting_scorecards(committee)) + len(waiting_changes(committee))
        if many:
            path = reverse("committee", args=[committee.code])
            found.append(Work(f"{committee.name_th} ({many})", path, "page.waiting_items", due))
    sits = committees_of(person, day, Role.SECRETARY, Role.MEMBER)
    open_ones = Sitting.objects.filter(
        committee__in=sits, state__in=(SittingState.PLANNED, SittingState.OPEN)
    ).select_related("committee")
    for one in open_ones:
        path = reverse("sitting", args=[one.pk])
        found.append(Work(str(one), path, f"sitting-state.{one.state}", one.held_at.date()))
    return found


def _at_opdc(year: int, due: date | None) -> list[Work]:
    """For analysts: how many wait to be collected and to be told of, each as one line."""
    found = []
    for state in (State.COLLECT, State.INFORM):
        many = Scorecard.objects.filter(fiscal_year=year, state=state).count()
        if many:
            path = f"{reverse('scorecards')}?state={state}&year={year}"
            found.append(Work(f"{year} ({many})", path, f"scorecard-state.{state}", due))
    return found


def coming(year: int, day: date) -> list[Entry]:
    """The next days of the calendar that have not passed, nearest first."""
    return [one for one in entries(year) if one.last >= day][:6]


@dataclass(frozen=True)
class Found:
    """What a search found, at most LIMIT of each."""

    bodies: QuerySet[Body]
    kpis: QuerySet[Kpi]
    people: QuerySet[Person]


LIMIT = 20


def search(person: Any, day: date, text: str) -> Found:
    """Bodies, KPIs and people whose names hold every word. Three queries and the roles'."""
    return Found(
        Body.objects.filter(matches(text))[:LIMIT],
        kpi_search(person, day, text)[:LIMIT],
        people_list(person, day, text=text)[:LIMIT],
    )


def year_of(day: date) -> int:
    """The fiscal year being worked on: the one a day lies in, or the newest with a rulebook."""
    for year in reversed(books.years()):
        book = books.book(year)
        if book and book.year.first_day <= day <= book.year.last_day:
            return year
    return books.WORKED_ON
