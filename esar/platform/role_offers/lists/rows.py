"""Rows of a list of people against the registry and the accounts: all that is wrong at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from esar.exchange.files.listing import Line
from esar.kernel import spelling
from esar.kernel.alphabet import search_form, search_words
from esar.kernel.problems import Place as In
from esar.kernel.problems import Problem
from esar.kernel.wording import say
from esar.kernel.wording.catalogue import LANGUAGES
from esar.platform.organisations.models import (
    OF_A_BODY,
    OF_A_COMMITTEE,
    Appointment,
    Body,
    Committee,
    FormerName,
    Person,
    Role,
)
from esar.platform.organisations.queries import Place, invited_people
from esar.platform.role_offers.lists.sheet import LISTING, text_of
from esar.platform.role_offers.models import RoleOffer
from esar.platform.role_offers.states import OfferState
from esar.platform.ui.picking import Register

MAX_TEXT = 200  # letters of a name, a position or a seat
MOST_NAMED = 5  # places that a search of several names
_PARTED = re.compile(r"[,;/\n·]+")
INVITED, OFFERED, SAME = "invited", "offered", "same"  # what comes of a role of a row


@dataclass
class PersonRow:
    """One row: whom it names, the roles where, and what would come of each of them.

    `outcomes` are by role: the person is invited with it, is offered it, or has it already.
    """

    row: int
    email: str
    name: str
    roles: tuple[str, ...] = ()
    place: Body | Committee | None = None
    typed_place: str = ""
    position: str = ""
    seat: str = ""
    account: Person | None = None
    outcomes: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, /, column: str = "", **figures: object) -> None:
        place = In(row=self.row, field=LISTING.columns[column] if column else "")
        self.problems.append(Problem(code, figures, place))

    @property
    def kind(self) -> str:
        """Whether the row makes a new person, gives somebody a role, or changes nothing."""
        outcomes = set(self.outcomes.values())
        return "new" if INVITED in outcomes else "changed" if OFFERED in outcomes else "same"

    @property
    def at(self) -> Place:
        """Where its roles are held."""
        is_body = isinstance(self.place, Body)
        return {
            "body": self.place if is_body else None,  # type: ignore[typeddict-item]
            "committee": None if is_body else self.place,  # type: ignore[typeddict-item]
            "seat": self.seat,
        }


def read_rows(lines: Iterable[Line], *, by: Person, on: date) -> list[PersonRow]:
    """Every row with everything that is wrong with it, and what would come of it.

    Eight queries, however many rows.
    """
    bodies = _Places(Body.objects.filter(Q(last_day=None) | Q(last_day__gte=on)), former=True)
    committees = _Places(Committee.objects.all())
    rows = [_row(line, bodies, committees) for line in lines]
    emails = {row.email for row in rows}
    accounts = {person.email: person for person in Person.objects.filter(email__in=emails)}
    roles_there, withdrawn = _roles_there(accounts.values()), _withdrawn(accounts.values(), on)
    for row in rows:
        _judge(row, accounts.get(row.email), roles_there, withdrawn, by)
    _refuse_repeats(rows)
    return rows


def _row(line: Line, bodies: _Places, committees: _Places) -> PersonRow:
    row = PersonRow(line.row, text_of(line, "email").lower(), text_of(line, "name"))
    row.position, row.seat = text_of(line, "position"), text_of(line, "seat")
    row.typed_place = text_of(line, "place")
    try:
        validate_email(row.email)
    except ValidationError:
        row.add("people-list.bad_email", "email", email=row.email or "–")
    if not row.name:
        row.add("people-list.no_name", "name")
    for column in ("name", "position", "seat"):
        if len(getattr(row, column)) > MAX_TEXT:
            row.add("file.too_long", column, most=MAX_TEXT, found=len(getattr(row, column)))
    row.roles = _roles(text_of(line, "roles"), row)
    _find_place(row, bodies, committees)
    return row


@cache
def _role_names() -> Mapping[str, str]:
    """Roles by their code and by what they are called in each language."""
    names = {spelling.key(role): str(role) for role in Role.values}
    for role in Role.values:
        names |= {spelling.key(say(f"role.{role}", {}, each)): str(role) for each in LANGUAGES}
    return names


def _roles(typed: str, row: PersonRow) -> tuple[str, ...]:
    """The roles of a cell, each once. An administrator's is given to one by one, not by a list."""
    roles: list[str] = []
    for word in filter(None, (part.strip() for part in _PARTED.split(typed))):
        role = _role_names().get(spelling.key(word))
        if role is None:
            row.add("people-list.unknown_role", "roles", role=word[:60])
        elif role == Role.ADMINISTRATOR:
            row.add("people-list.administrator", "roles")
        else:
            roles.append(role)
    if not typed:
        row.add("people-list.no_role", "roles")
    return tuple(dict.fromkeys(roles))


def _find_place(row: PersonRow, bodies: _Places, committees: _Places) -> None:
    kinds = {
        "body" if role in OF_A_BODY else "committee" if role in OF_A_COMMITTEE else ""
        for role in row.roles
    }
    if len(kinds) > 1:
        row.add("people-list.places_differ", "roles")
    elif kinds == {""}:
        if row.typed_place:
            row.add("people-list.no_place_needed", "place", place=row.typed_place[:60])
    elif kinds:
        places = bodies if kinds == {"body"} else committees
        if not row.typed_place:
            row.add("people.role_needs_place", "place")
            return
        hits = places.named(row.typed_place)
        if len(hits) == 1:
            row.place = hits[0]
        elif hits:
            names = ", ".join(f"{hit.name_th} ({hit.code})" for hit in hits[:MOST_NAMED])
            row.add("people-list.several_places", "place", name=row.typed_place[:60], names=names)
        else:
            row.add("people.unknown_place", "place", code=row.typed_place[:60])


class _Places:
    """What is looked up by its code or name, or else by the words of a Thai search."""

    def __init__(self, rows: Any, *, former: bool = False) -> None:
        self._by_code = {place.code: place for place in rows}
        self._names = {
            code: [code, place.name_th, place.name_en, getattr(place, "abbr_th", "")]
            for code, place in self._by_code.items()
        }
        for code, name in FormerName.objects.values_list("body__code", "name_th") if former else ():
            self._names.get(code, []).append(name)
        self._register = Register(tuple(names) for names in self._names.values())
        self._forms = {
            code: [search_form(name) for name in names] for code, names in self._names.items()
        }
        self._hits: dict[str, list[Any]] = {}

    def named(self, typed: str) -> list[Any]:
        """The one that is called so; else all whose names have every word of it."""
        if typed not in self._hits:
            code = self._register.code_of(typed)
            words = search_words(typed)
            codes = (
                [code]
                if code
                else [
                    each
                    for each, forms in self._forms.items()
                    if words and all(any(word in form for form in forms) for word in words)
                ]
            )
            self._hits[typed] = [self._by_code[each] for each in codes]
        return self._hits[typed]


_Held = set[tuple[int, str, int | None, int | None]]  # person, role, body, committee


def _roles_there(accounts: Iterable[Person]) -> _Held:
    """The roles that people have, and those that they were offered and have not answered."""
    columns = ("person_id", "role", "body_id", "committee_id")
    appointments = Appointment.objects.filter(person__in=accounts, last_day=None).order_by()
    offers = RoleOffer.objects.filter(person__in=accounts, state=OfferState.OFFERED, lent=None)
    return {*appointments.values_list(*columns), *offers.order_by().values_list(*columns)}


def _withdrawn(accounts: Iterable[Person], on: date) -> set[Person]:
    """Accounts that nobody has had, and whose invitation stands no more. One query."""
    unclaimed = {each for each in accounts if each.is_active and not each.has_usable_password()}
    return unclaimed - set(invited_people(on).filter(pk__in=[each.pk for each in unclaimed]))


def _judge(
    row: PersonRow, account: Person | None, roles_there: _Held, withdrawn: set[Person], by: Person
) -> None:
    """What would come of each role; an account is never somebody else's."""
    row.account = account
    if account is None or account in withdrawn:
        row.outcomes = dict.fromkeys(row.roles, INVITED)
    if account is None:
        return
    if account.closed_on or not account.is_active:
        row.add("people.is_closed", "email", name=account.name)
    if row.name and spelling.person(row.name) != spelling.person(account.name):
        row.add("people-list.name_differs", "name", name=row.name, account=account.name)
    body = row.place.pk if isinstance(row.place, Body) else None
    committee = row.place.pk if isinstance(row.place, Committee) else None
    for role in row.roles if account not in withdrawn else ():
        has_it = (account.pk, role, body, committee) in roles_there
        row.outcomes[role] = SAME if has_it else OFFERED
    if account.pk == by.pk and OFFERED in row.outcomes.values():
        row.add("people.not_to_yourself", "email")


def _refuse_repeats(rows: list[PersonRow]) -> None:
    """A role of one person at one place once, and one name for one address."""
    by_role: dict[tuple[object, ...], list[PersonRow]] = defaultdict(list)
    by_email: dict[str, list[PersonRow]] = defaultdict(list)
    for row in rows:
        by_email[row.email].append(row)
        for role in row.roles:
            by_role[row.email, role, row.place].append(row)
    for same in by_role.values():
        numbers = ", ".join(str(row.row) for row in same)
        for row in same if len(same) > 1 else ():
            row.add("people-list.twice", rows=numbers)
    for email, same in by_email.items():
        if email and len({spelling.person(row.name) for row in same}) > 1:
            for row in same:
                row.add("people-list.two_names", "name", email=email)
