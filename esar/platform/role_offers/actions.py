"""Writes beside the moves of offers: somebody is invited, a stand-in stops."""

from __future__ import annotations

from datetime import date, datetime
from typing import Unpack

from django.db import transaction
from django.urls import reverse

from esar.kernel.access import require
from esar.platform.notices.actions import tell
from esar.platform.organisations import actions
from esar.platform.organisations.lending import superiors_of
from esar.platform.organisations.models import Appointment, Delegation, Person
from esar.platform.organisations.permissions import may_lay_down
from esar.platform.organisations.queries import Place
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer
from esar.platform.role_offers.telling import role_words, tell_of_new_role


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: str,
    by: Person,
    at: datetime,
    on: date,
    position: str = "",
    **place: Unpack[Place],
) -> Person | RoleOffer:
    """Make a new person with the role; whoever has an account is offered it.

    Both are theirs once they accept: by the link that is mailed, or on the page of the offer.
    Errors: Refused when `by` may not, or the person is closed or has the role already.
    """
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        words = {"email": email, "name": name, "role": role, "position": position}
        invited = actions.invite(**words, **place, by=by, at=at, on=on)
        tell_of_new_role(invited, role, by=by, at=at, on=on, **place)
        return invited
    offer = RoleOffer(person=person, giver=by, role=role, **place)
    return ROLE_OFFER_LIFE.move(offer, "begin", by=by, at=at, on=on).thing


@transaction.atomic
def lay_down(
    appointment: Appointment,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str,
    last: date | None = None,
) -> date:
    """Give up a role of one's own, at once or with the day `last`; whoever is above is told.

    Its last day. Errors: Refused as `end_role`, and for an administrator's.
    """
    require(may_lay_down(by, appointment, on))
    last = actions.end_appointment(appointment, by=by, at=at, on=on, reason=reason, last=last)
    tell(
        superiors_of(appointment, on),
        "notice.role_laid_down",
        path=reverse("organisations:people"),
        key=f"role:{appointment.pk}:laid_down:{last}",
        at=at,
        name=by.name,
        role=role_words(appointment.role),
        day=last.isoformat(),
        reason=reason,
    )
    return last


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
        role=role_words(delegation.appointment.role),
    )
