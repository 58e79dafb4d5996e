"""Who does what each evaluated body needs done: somebody, or nobody, or no answer yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from esar.platform.organisations.models import Appointment, Body, Person, Role
from esar.platform.organisations.queries import evaluated_between
from esar.platform.role_offers.models import RoleOffer
from esar.platform.role_offers.states import OfferState
from esar.platform.ui import books

NEEDED = (Role.REPORTER, Role.APPROVER)  # one writes a report, and another sends it in
ACTIVE, INVITED, NONE = STATES = ("active", "invited", "none")


@dataclass(frozen=True)
class Post:
    """A role that a body needs, and who has it, or was asked to."""

    year: int
    body: Body
    role: str
    people: tuple[Person, ...]
    invitees: tuple[Person, ...]  # offered the role, or invited with it, and not answered yet

    @property
    def state(self) -> str:
        return ACTIVE if self.people else INVITED if self.invitees else NONE

    @property
    def names(self) -> str:
        """Whoever has it; where nobody has, whoever was asked."""
        return ", ".join(person.name for person in self.people or self.invitees)

    @property
    def emails(self) -> str:
        return ", ".join(person.email for person in self.people or self.invitees)


def posts(year: int, day: date) -> list[Post]:
    """The roles that the bodies evaluated in a year need, by body. Three queries."""
    book = books.book(year)
    if book is None:
        return []
    days, kinds = book.year, books.body_kinds(year)
    bodies = list(evaluated_between(days.first_day, days.last_day, kinds).order_by("kind", "code"))
    people: dict[tuple[int, str], list[Person]] = defaultdict(list)
    invitees: dict[tuple[int, str], list[Person]] = defaultdict(list)
    in_force = Q(last_day=None) | Q(last_day__gte=day)
    roles = Appointment.objects.filter(in_force, role__in=NEEDED, person__is_active=True)
    for role in roles.select_related("person").order_by("person__name_key"):
        has_answered = role.person.has_usable_password()
        (people if has_answered else invitees)[role.body_id or 0, role.role].append(role.person)
    offers = RoleOffer.objects.filter(state=OfferState.OFFERED, lent=None, role__in=NEEDED)
    for offer in offers.select_related("person").order_by("person__name_key"):
        invitees[offer.body_id or 0, offer.role].append(offer.person)
    return [
        Post(year, body, role, tuple(people[body.pk, role]), tuple(invitees[body.pk, role]))
        for body in bodies
        for role in NEEDED
    ]


def counted(rows: list[Post]) -> list[tuple[str, int]]:
    """How many are in each state, none too."""
    counts = Counter(post.state for post in rows)
    return [(state, counts[state]) for state in STATES]
