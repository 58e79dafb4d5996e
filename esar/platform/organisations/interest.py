"""Nobody decides about a body at which they have, or lately had, a role.

Nor does a stand-in of somebody who has: what counts is the role by which one acts, and whose it
is. For how long after its end is the rulebook's to say (`impartiality`). Every life asks here, and
so does each permission to decide about a body that is no move of a life.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict
from esar.kernel.wording import Word
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Impartiality
from esar.law.rules.refusals import denial
from esar.platform.organisations.models import OF_A_BODY, Appointment, Body, Delegation
from esar.platform.organisations.queries import (
    Held,
    acting_only_by,
    ever_held,
    held,
    holds,
    lent_role,
    own_role,
)
from esar.platform.ui import books


def impartiality_on(day: date) -> Rule[Impartiality]:
    """The rule of the fiscal year that a day lies in; of the nearest where that has no rulebook."""
    book = books.book(books.year_of(day))
    assert book, "there is a rulebook"
    rules = book.on(min(max(day, book.year.first_day), book.year.last_day)).of_kind(Impartiality)
    assert rules, "every year's rulebook says how long a former role counts"
    return rules[0]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def counts_until(role: Held, day: date) -> date | None:
    """The last day on which a role that has ended is an interest; None while it goes on."""
    if role.last_day is None or role.last_day >= day:
        return None
    return months_after(role.last_day, impartiality_on(day).value.months_after)


def is_interest(role: Held, day: date) -> bool:
    """Whether a role at a body counts on a day: while it is held, and for a time after."""
    until = counts_until(role, day)
    return role.role in OF_A_BODY and role.first_day <= day and (until is None or until >= day)


def interests(person: Any, day: date) -> list[Held]:
    """The roles at bodies, one's own and those held for another, that are an interest on a day."""
    return [role for role in ever_held(person) if is_interest(role, day)]


def without_interest(
    person: Any,
    bodies: Collection[Body],
    day: date,
    *roles: str,
    acts: Callable[[Any], bool] | None = None,
) -> Verdict:
    """Whether a person may decide about bodies by one of the roles; else why not, and until when.

    The role by which one acts is no interest against itself: an owner of central data decides on
    objections of the owner's own body too. `acts` says whether somebody has the role here, where
    that is more than to hold it.
    """

    def stake_of(actor: Any) -> Held | None:
        stakes = [role for role in interests(actor, day) if role.role not in roles]
        ids = {body.pk for body in bodies} if stakes else ()
        return next((stake for stake in stakes if stake.body_id in ids), None)

    if stake := stake_of(person):
        return _denied(stake, bodies, day)
    stakes = {
        role.appointment_id: (role.for_person, stake)
        for role in held(person, day)
        if role.lender is not None and (stake := stake_of(role.lender))
    }
    free = [role for role in held(person, day) if role.appointment_id not in stakes]
    may_act = acts or (lambda actor: holds(actor, day, *roles))
    if not stakes or may_act(acting_only_by(person, free)):
        return ALLOWED
    lender, stake = next(iter(stakes.values()))
    return _denied(stake, bodies, day, lender)


def _denied(stake: Held, bodies: Collection[Body], day: date, lender: str = "") -> Verdict:
    rule, until = impartiality_on(day), counts_until(stake, day)
    body = next(body for body in bodies if body.pk == stake.body_id)
    figures: dict[str, object] = {
        "role": Word(f"role.{stake.role}"),
        "body": {"th": body.name_th, "en": body.name_en},
        **({"name": lender} if lender else {}),
    }
    if until is None:
        code = "interest.lender_has_role" if lender else "interest.has_role"
        return denial(code, rule, **figures, months=rule.value.months_after)
    code = "interest.lender_had_role" if lender else "interest.had_role"
    return denial(code, rule, **figures, last=stake.last_day, until=until)


def people_with_interest(bodies: Collection[Body], day: date) -> dict[int, set[int]]:
    """Body id → the ids of everyone who has an interest in that body on a day. Two queries."""
    own = Appointment.objects.filter(body__in=bodies, role__in=OF_A_BODY)
    lent = Delegation.objects.filter(appointment__in=own).select_related("appointment__person")
    roles = [(role.person_id, own_role(role)) for role in own]
    roles += [(delegation.taker_id, lent_role(delegation)) for delegation in lent]
    people: dict[int, set[int]] = {body.pk: set() for body in bodies}
    for person, role in roles:
        if role.body_id is not None and is_interest(role, day):
            people[role.body_id].add(person)
    return people
