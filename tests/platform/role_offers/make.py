"""Roles that are lent in tests: offered by their holder and accepted, as the pages do it."""

from __future__ import annotations

from datetime import date, datetime

from esar.platform.organisations.models import Appointment, Delegation, Person
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer


def lending_offer(
    role: Appointment,
    taker: Person,
    *,
    by: Person,
    at: datetime,
    on: date,
    first_day: date,
    last_day: date,
    reason: str,
) -> RoleOffer:
    """The offer to stand in between two days, not answered yet."""
    offer = RoleOffer(
        person=taker,
        giver=by,
        role=role.role,
        body=role.body,
        committee=role.committee,
        lent=role,
        first_day=first_day,
        last_day=last_day,
        reason=reason,
    )
    return ROLE_OFFER_LIFE.move(offer, "begin", by=by, at=at, on=on).thing


def delegate(
    role: Appointment,
    taker: Person,
    *,
    by: Person,
    at: datetime,
    on: date,
    first_day: date,
    last_day: date,
    reason: str,
) -> Delegation:
    """The taker stands in, and has accepted it."""
    days = {"first_day": first_day, "last_day": last_day}
    offer = lending_offer(role, taker, by=by, at=at, on=on, **days, reason=reason)
    ROLE_OFFER_LIFE.move(offer, "accept", by=taker, at=at, on=on)
    taker.__dict__.pop("_held", None)
    return Delegation.objects.get(appointment=role, taker=taker, **days)
