"""Writes beside the moves of offers: somebody is invited, a stand-in stops."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from esar.kernel.wording import say
from esar.kernel.wording.catalogue import LANGUAGES
from esar.platform.notices.actions import tell
from esar.platform.organisations import actions
from esar.platform.organisations.models import Body, Committee, Delegation, Person
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: str,
    by: Person,
    at: datetime,
    on: date,
    body: Body | None = None,
    committee: Committee | None = None,
    seat: str = "",
    position: str = "",
) -> Person | RoleOffer:
    """Make a new person with the role; whoever has an account is offered it.

    Both are theirs once they accept: by the link that is mailed, or on the page of the offer.
    Errors: Refused when `by` may not, or the person is closed or has the role already.
    """
    person = Person.objects.filter(email__iexact=email).first()
    places: dict[str, Any] = {"body": body, "committee": committee, "seat": seat}
    if person is None:
        words: dict[str, Any] = {"email": email, "name": name, "role": role, "position": position}
        return actions.invite(**words, **places, by=by, at=at, on=on)
    offer = RoleOffer(person=person, giver=by, role=role, **places)
    return ROLE_OFFER_LIFE.move(offer, "begin", by=by, at=at, on=on).thing


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: Person, at: datetime, on: date) -> None:
    """The stand-in stops at once, and the other of the two is told."""
    actions.end_delegation(delegation, by=by, at=at, on=on)
    lender, taker = delegation.appointment.person, delegation.taker
    tell(
        [person for person in (lender, taker) if person != by],
        "notice.role_lending_ended",
        path=reverse("organisations:account"),
        key=f"delegation:{delegation.pk}:ended",
        at=at,
        name=by.name,
        role={one: say(f"role.{delegation.appointment.role}", {}, one) for one in LANGUAGES},
    )
