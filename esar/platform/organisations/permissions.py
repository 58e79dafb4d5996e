"""Who may invite, appoint, delegate and close."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.platform.organisations.models import (
    Appointment,
    Body,
    Committee,
    Delegation,
    Person,
    Role,
)
from esar.platform.organisations.queries import administrators_on, holds


def may_appoint(
    person: Any, role: str, body: Body | None, committee: Committee | None, day: date
) -> Verdict:
    """The administrator appoints anyone; a head their reporters; a secretary their members.

    By a role of one's own: a stand-in makes nothing that outlasts the delegation.
    """
    if holds(person, day, Role.ADMINISTRATOR, own=True):
        return ALLOWED
    if role == Role.REPORTER and body and holds(person, day, Role.APPROVER, body=body.pk, own=True):
        return ALLOWED
    if (
        role == Role.MEMBER
        and committee
        and holds(person, day, Role.SECRETARY, committee=committee.pk, own=True)
    ):
        return ALLOWED
    return denied("people.may_not_appoint")


def may_invite_someone(person: Any, day: date) -> Verdict:
    """Whether there is anyone at all that this person may invite."""
    if holds(person, day, Role.ADMINISTRATOR, Role.APPROVER, Role.SECRETARY):
        return ALLOWED
    return denied("people.may_not_appoint")


def may_end(person: Any, appointment: Appointment, day: date) -> Verdict:
    """As appointing; but only the administrator ends members, for the quorum's sake.

    Nobody ends the role of an administrator alone.
    """
    if appointment.role == Role.ADMINISTRATOR:
        return denied("people.needs_two_administrators")
    if appointment.role == Role.MEMBER and not holds(person, day, Role.ADMINISTRATOR, own=True):
        return denied("people.only_administrator")
    return may_appoint(person, appointment.role, appointment.body, appointment.committee, day)


def may_lay_down(person: Any, appointment: Appointment, day: date) -> Verdict:
    """Whoever has a role of their own gives it up; an administrator's is ended by two."""
    if appointment.person_id != person.pk:
        return denied("people.not_your_own_role")
    if not appointment.lasts_on(day):
        return denied("people.role_ended")
    if appointment.role == Role.ADMINISTRATOR:
        return denied("people.needs_two_administrators")
    return ALLOWED


def may_close(person: Any, account: Person, day: date) -> Verdict:
    if not holds(person, day, Role.ADMINISTRATOR, own=True):
        return denied("people.only_administrator")
    if account.pk == person.pk:
        return denied("people.not_yourself")
    if is_administrators(account, day):
        return denied("people.needs_two_administrators")
    return ALLOWED


def is_administrators(account: Person, day: date) -> bool:
    """Whether an account is an administrator's, now or from a later day on. One query."""
    lasts = Q(last_day=None) | Q(last_day__gte=day)
    return administrators_on(None).filter(lasts, person=account).exists()


def may_delegate(person: Any, appointment: Appointment, day: date) -> Verdict:
    if appointment.person_id != person.pk:
        return denied("people.not_your_role")
    if appointment.role == Role.AUDITOR:
        return denied("people.cannot_delegate")
    if appointment.first_day > day or (appointment.last_day and appointment.last_day < day):
        return denied("people.role_not_in_force")
    return ALLOWED


def may_end_delegation(person: Any, delegation: Delegation, day: date) -> Verdict:
    if person.pk in (delegation.appointment.person_id, delegation.taker_id):
        return ALLOWED
    if holds(person, day, Role.ADMINISTRATOR, own=True):
        return ALLOWED
    return denied("people.not_your_role")


def may_keep_registry(person: Any, day: date) -> Verdict:
    """Names of holders of office, and other entries of the registry."""
    if holds(person, day, Role.ADMINISTRATOR):
        return ALLOWED
    return denied("people.only_administrator")


def may_keep_people(person: Any, day: date) -> Verdict:
    """Take in lists of people, and send their invitations again or withdraw them.

    By a role of one's own: a stand-in makes nothing that outlasts the delegation.
    """
    if holds(person, day, Role.ADMINISTRATOR, own=True):
        return ALLOWED
    return denied("people.only_administrator")


def may_withdraw_invitation(person: Any, invited: Person, day: date) -> Verdict:
    """Of whoever has not answered; an administrator's role is ended by two even then."""
    verdict = may_keep_people(person, day)
    if not verdict:
        return verdict
    if invited.has_usable_password() or not invited.is_active:
        return denied("people.no_open_invitation")
    if is_administrators(invited, day):
        return denied("people.needs_two_administrators")
    return ALLOWED
