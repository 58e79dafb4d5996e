"""A list of people is looked at, and taken in whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.lifecycle.seen import changed_parts, seen_token
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Person
from esar.platform.organisations.permissions import may_keep_people
from esar.platform.role_offers.actions import invite, invite_anew, send_invitation
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.lists.rows import INVITED, OFFERED, PersonRow, read_rows
from esar.platform.role_offers.lists.sheet import lines_of
from esar.platform.role_offers.models import RoleOffer
from esar.platform.role_offers.telling import tell_of_new_role


def preview(text: str, *, by: Person, on: date) -> list[PersonRow]:
    """What a list would do, row by row. Nothing is written.

    Errors: Refused without the right, and for a text that is no table.
    """
    require(may_keep_people(by, on))
    return read_rows(lines_of(text), by=by, on=on)


def token_of(rows: Iterable[PersonRow]) -> str:
    """What the page that shows the rows carries."""
    return seen_token(_content(rows))


def _content(rows: Iterable[PersonRow]) -> Mapping[str, Any]:
    """What each row says, and what would come of it."""
    return {
        f"row{row.row}": {
            "email": row.email,
            "name": row.name,
            "place": row.place.code if row.place else "",
            "position": row.position,
            "seat": row.seat,
            "outcomes": row.outcomes,
        }
        for row in rows
    }


@transaction.atomic
def take_in(text: str, *, seen: str, by: Person, at: datetime, on: date) -> list[PersonRow]:
    """Invite whom a list names, and offer roles to whoever has an account: all or nothing.

    `seen` is the token of the preview. The same list again writes nothing. Errors: Refused where a
    row has a problem, or something has changed since the preview.
    """
    rows = preview(text, by=by, on=on)
    problems = [problem for row in rows for problem in row.problems]
    if not problems and changed_parts(seen, _content(rows)) is not None:
        problems = [Problem("people-list.changed_meanwhile")]
    if problems:
        raise Refused(problems)
    people: dict[str, Person] = {}
    for row in rows:
        for role, outcome in row.outcomes.items():
            if outcome == INVITED:
                people[row.email] = _invited(row, role, people.get(row.email), by=by, at=at, on=on)
            elif outcome == OFFERED:
                assert row.account is not None, "a role is offered to an account"
                offer = RoleOffer(person=row.account, giver=by, role=role, **row.at)
                ROLE_OFFER_LIFE.move(offer, "begin", by=by, at=at, on=on)
                people[row.email] = row.account
    for person in people.values():
        if not person.has_usable_password():
            send_invitation(person)
    if people:
        after = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "people": len(people)}
        record("person.list_taken_in", by, by=by, at=at, after=after)
    return rows


def _invited(
    row: PersonRow, role: str, invited: Person | None, *, by: Person, at: datetime, on: date
) -> Person:
    """The new person with one more role; all of them are accepted by the one link."""
    when: dict[str, Any] = {"by": by, "at": at, "on": on}
    if invited is not None:
        appoint(invited, role, **when, **row.at)
        tell_of_new_role(invited, role, **when, **row.at)
        return invited
    if row.account is not None:
        return invite_anew(row.account, role, **when, **row.at)
    words: dict[str, Any] = {"email": row.email, "name": row.name, "position": row.position}
    begun = invite(role=role, **words, **row.at, **when)
    assert isinstance(begun, Person), "nobody has the address"
    return begun
