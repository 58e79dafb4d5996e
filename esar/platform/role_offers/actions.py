"""Writes beside the moves of offers: somebody is invited, a stand-in stops."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Unpack

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations import actions
from esar.platform.organisations.lending import superiors_of
from esar.platform.organisations.models import Appointment, Delegation, Person
from esar.platform.organisations.permissions import (
    may_appoint,
    may_keep_people,
    may_lay_down,
    may_withdraw_invitation,
)
from esar.platform.organisations.queries import Place, invited_people
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer
from esar.platform.role_offers.queries import recently_invited
from esar.platform.role_offers.states import OfferState
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
    if person is not None and was_withdrawn(person, on):
        require(may_appoint(by, role, place.get("body"), place.get("committee"), on))
        return invite_anew(person, role, by=by, at=at, on=on, **place)
    if person is None:
        words = {"email": email, "name": name, "role": role, "position": position}
        invited = actions.invite(**words, **place, by=by, at=at, on=on)
        tell_of_new_role(invited, role, by=by, at=at, on=on, **place)
        return invited
    offer = RoleOffer(person=person, giver=by, role=role, **place)
    return ROLE_OFFER_LIFE.move(offer, "begin", by=by, at=at, on=on).thing


def was_withdrawn(person: Person, on: date) -> bool:
    """Whether nobody has ever had the account, and the invitation to it stands no more."""
    if person.has_usable_password() or not person.is_active:
        return False
    return not invited_people(on).filter(pk=person.pk).exists()


def invite_anew(
    person: Person, role: str, *, by: Person, at: datetime, on: date, **place: Unpack[Place]
) -> Person:
    """Give a role to an account that nobody has had: theirs once they accept by the link."""
    record("person.invited", person, by=by, at=at, after={"name": person.name, "role": role})
    actions.appoint(person, role, by=by, at=at, on=on, **place)
    tell_of_new_role(person, role, by=by, at=at, on=on, **place)
    return person


def send_invitation(invited: Person) -> None:
    """Mail the link by which somebody takes their account over; it goes with the transaction."""
    path = reverse("organisations:invitation", args=[actions.invitation_token(invited)])
    address = f"{settings.SITE_ADDRESS}{path}"
    figures = {"name": invited.name, "days": actions.INVITATION_DAYS, "address": address}
    text = "\n\n".join(say("mail.invitation", figures, language) for language in ("th", "en"))
    send_mail(say("mail.invitation_subject", {}, "th"), text, None, [invited.email])


@transaction.atomic
def send_again(
    people: Iterable[Person], *, by: Person, at: datetime, on: date, within: timedelta | None = None
) -> int:
    """Send the invitations of people again; how many went.

    Whoever was written to less than `within` ago is passed by. Errors: Refused without the right,
    and where one of them has answered, or their invitation was withdrawn.
    """
    require(may_keep_people(by, on))
    invited = {person.pk for person in invited_people(on)}
    recent = recently_invited(at - within) if within else set()
    count = 0
    for person in people:
        if person.pk not in invited:
            raise Refused([Problem("people.no_open_invitation")])
        if person.pk in recent:
            continue
        send_invitation(person)
        record("person.invited_again", person, by=by, at=at)
        count += 1
    return count


@transaction.atomic
def withdraw_invitation(person: Person, *, by: Person, at: datetime, on: date, reason: str) -> None:
    """Take back what nobody has answered: its roles end, its link leads nowhere.

    The account stays, so that the person can be invited again. Errors: Refused where they have
    answered meanwhile, and without a reason.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    require(may_withdraw_invitation(by, locked, on))
    roles = Appointment.objects.filter(Q(last_day=None) | Q(last_day__gte=on), person=locked)
    for appointment in roles.select_related("person", "body", "committee"):
        actions.end_appointment(appointment, by=by, at=at, on=on, reason=reason)
    for offer in RoleOffer.objects.filter(person=locked, state=OfferState.OFFERED):
        ROLE_OFFER_LIFE.move(offer, "withdraw", by=by, at=at, on=on)
    locked.set_unusable_password()  # another one: the links that were sent were signed with it
    locked.save(update_fields=["password"])
    record("person.invitation_withdrawn", locked, by=by, at=at, reason=reason)


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
