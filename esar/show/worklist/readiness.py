"""What must be in place for a year, how much of it is, and what is still lacking, by name.

Of rules and days it asks the rulebook; of people, whoever has answered and holds the role on the
day: today, or the last day of the year's calendar once that is over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import State
from esar.kernel.wording import Phrase, Word
from esar.law.rules.book import Rulebook
from esar.law.rules.holidays import last_known
from esar.law.rules.kinds import Committee as CommitteeRule
from esar.law.rules.kinds import Holidays
from esar.law.rules.working_days import unknown_after
from esar.platform.calendars.queries import Entry, entries
from esar.platform.organisations.models import Body, Committee, Role
from esar.platform.organisations.queries import committees_in, evaluated_between, places_held
from esar.platform.role_offers.lists.staffing import ACTIVE, NEEDED, Post, posts
from esar.platform.ui import books
from esar.platform.ui.templatetags.words import name_of
from esar.report.central_data.data_sets.queries import data_sets
from esar.report.reports.queries import due_entry

OF_A_PLACE = (Role.MEMBER, Role.SECRETARY, Role.CENTRAL_OWNER)
Filled = Collection[tuple[str, int]]  # roles, each with the body or committee where somebody has it


@dataclass(frozen=True)
class Lack:
    """One thing that is not in place, and the page where that is seen."""

    name: object
    href: str


@dataclass(frozen=True)
class Check:
    """One line of the year's check list: `needed` things, of which those in `lacks` are not there.

    What the year's rulebook does not ask for is not needed, and what comes later lacks nothing yet.
    """

    code: str
    needed: int
    href: str
    lacks: tuple[Lack, ...] = ()
    is_later: bool = False

    @property
    def done(self) -> int:
        return self.needed - len(self.lacks)

    @property
    def state(self) -> str:
        if not self.needed:
            return "not_asked"
        if self.lacks:
            return "later" if self.is_later else "lacking"
        return "done"


def readiness(year: int, day: date) -> list[Check]:
    """The year's check list as it stands on a day; empty without a rulebook. A constant number of
    queries.
    """
    book = books.book(year)
    if book is None:
        return []
    days = entries(year)
    held_on = min(day, max((entry.last for entry in days), default=book.year.last_day))
    filled = places_held(held_on, *OF_A_PLACE)
    kinds = books.body_kinds(year)
    bodies = evaluated_between(book.year.first_day, book.year.last_day, kinds)
    in_order = list(bodies.order_by("kind", "name_key", "code"))
    return [
        *_of_the_rulebook(book, days),
        *_of_committees(book, filled),
        *_of_bodies(year, posts(year, held_on)),
        _of_central_data(year, filled),
        *_of_scorecards(book, days, in_order, day),
    ]


def _of_the_rulebook(book: Rulebook, days: list[Entry]) -> Iterable[Check]:
    year = book.year.buddhist
    rules, rules_page = book.on(book.year.last_day), reverse("public:rules", args=[year])
    calendar = reverse("calendars:calendar", args=[year])
    yield Check("rulebook", len(rules.by_id), rules_page)
    yield Check("calendar", len(days), calendar)
    rounds = books.reported_rounds(year)
    without = [round_id for round_id in rounds if due_entry(round_id, days) is None]
    lacks = tuple(Lack(books.round_label(year, round_id), calendar) for round_id in without)
    yield Check("due", len(rounds), calendar, lacks)
    holidays = rules.of_kind(Holidays)
    address = f"{rules_page}#{holidays[0].id}" if holidays else rules_page
    ends_on = unknown_after(last_known(book.year), rules)
    unknown = (Lack(Phrase("readiness.known_until", {"day": ends_on}), address),) if ends_on else ()
    yield Check("holidays", 1, address, unknown if holidays else (_no_holidays(address),))


def _no_holidays(address: str) -> Lack:
    return Lack(Word("readiness.no_holidays"), address)


def _of_committees(book: Rulebook, filled: Filled) -> Iterable[Check]:
    rules, page = book.on(book.year.last_day), reverse("committees:committees")
    committees = [
        committee
        for committee in committees_in(book.year.buddhist)
        if rules.get(committee.rule_id, CommitteeRule)
    ]
    for role in (Role.MEMBER, Role.SECRETARY):
        lacks = [committee for committee in committees if (role, committee.pk) not in filled]
        yield Check(role, len(committees), page, tuple(map(_committee, lacks)))


def _committee(committee: Committee) -> Lack:
    return Lack(name_of(committee), reverse("committees:committee", args=[committee.code]))


def _of_bodies(year: int, needed: list[Post]) -> Iterable[Check]:
    """The roles that each body needs, as the list of people by body has them."""
    for role in NEEDED:
        of_role = [post for post in needed if post.role == role]
        lacks = tuple(_body(post.body) for post in of_role if post.state != ACTIVE)
        page = f"{reverse('role_offers:by-body')}?{urlencode({'year': year, 'role': role})}"
        yield Check(role, len(of_role), page, lacks)


def _body(body: Body) -> Lack:
    return Lack(name_of(body), reverse("public:agency", args=[body.code]))


def _of_central_data(year: int, filled: Filled) -> Check:
    codes = {data_set.owner for data_set in data_sets(year)}
    owners = list(Body.objects.filter(code__in=codes).order_by("name_key", "code"))
    unknown = codes - {body.code for body in owners}
    page = reverse("central_data:central-sets")
    lacks = [_body(body) for body in owners if (Role.CENTRAL_OWNER, body.pk) not in filled]
    lacks += [Lack(code, page) for code in sorted(unknown)]
    return Check(Role.CENTRAL_OWNER, len(codes), page, tuple(lacks))


def _of_scorecards(
    book: Rulebook, days: list[Entry], bodies: list[Body], day: date
) -> Iterable[Check]:
    """None is late before the day by which the sub-commission is to have them."""
    year = book.year.buddhist
    page = f"{reverse('scorecards:scorecards')}?year={year}"
    states = dict(Scorecard.objects.filter(fiscal_year=year).values_list("body", "state"))
    until = next((entry.last for entry in days if entry.id == "acknowledgement"), None)
    is_later = day <= (until or book.year.first_day)
    not_begun = tuple(_body(body) for body in bodies if body.pk not in states)
    yield Check("begun", len(bodies), page, not_begun, is_later)
    not_in_force = [body for body in bodies if states.get(body.pk) != State.IN_FORCE]
    address = f"{page}&state={State.IN_FORCE}"
    yield Check("in_force", len(bodies), address, tuple(map(_body, not_in_force)), is_later)
