"""Writes: people, their roles, and who holds office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Unpack

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.accounts.sign_in import verify_address
from esar.platform.history.actions import record
from esar.platform.organisations import permissions
from esar.platform.organisations.models import (
    Appointment,
    Body,
    Delegation,
    OfficeHolder,
    Person,
    Portfolio,
    Role,
)
from esar.platform.organisations.queries import Place
from esar.platform.organisations.signals import role_ended

INVITATION = "esar.invitation"
INVITATION_DAYS = 14


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
) -> Person:
    """Make a new person and give them the role from `on`: they accept by the link that is mailed.

    Errors: Refused when `by` may not, or there is such an account: that is offered the role
    (`role_offers`).
    """
    require(permissions.may_appoint(by, role, place.get("body"), place.get("committee"), on))
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused([Problem("people.has_account", {"email": email})])
    person = Person.objects.create_user(email, name)
    Person.objects.filter(pk=person.pk).update(position=position)
    record("person.invited", person, by=by, at=at, after={"name": name, "role": role})
    appoint(person, role, by=by, at=at, on=on, **place)
    return person


@transaction.atomic
def appoint(
    person: Person,
    role: str,
    *,
    by: Person | None,
    at: datetime,
    on: date,
    **place: Unpack[Place],
) -> Appointment:
    """Give a role from a day on, to whoever has accepted it. `by` None is the system.

    Who may was asked before: by `invite`, or of an offer (`role_offers`). Errors: Refused when the
    person has that role there already, or it does not belong there.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    body, committee = place.get("body"), place.get("committee")
    there = Appointment.objects.filter(person=person, role=role, last_day=None)
    if there.filter(body=body, committee=committee).exists():
        raise Refused([Problem("people.has_role", {"name": person.name})])
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                person=person, role=role, first_day=on, **place
            )
    except IntegrityError as error:
        raise Refused([Problem("people.role_needs_place")]) from error
    record(
        "role.given",
        person,
        by=by,
        at=at,
        body=body.code if body else "",
        after={
            "role": role,
            "at": body.code if body else committee.code if committee else "",
            "from": on.isoformat(),
        },
    )
    return appointment


@transaction.atomic
def end_role(
    appointment: Appointment,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str,
    last: date | None = None,
) -> date:
    """End a role with the day `last`, or at once: with the day before `on`. Its last day.

    Roles have whole days: one that has not lasted a day ends with its first. Errors: Refused for a
    day that has passed, no reason, or a role that has ended.
    """
    require(permissions.may_end(by, appointment, on))
    return end_appointment(appointment, by=by, at=at, on=on, reason=reason, last=last)


@transaction.atomic
def end_appointment(
    appointment: Appointment,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str,
    last: date | None = None,
) -> date:
    """End a role as `end_role` does, where who may was asked before. Its last day.

    Errors: Refused also for a day after its own last one: a role that is to last longer is given
    and accepted anew.
    """
    if not reason.strip():
        raise Refused([Problem("form.no_reason")])
    if last is not None and last < on:
        raise Refused([Problem("people.last_day_has_passed", {"day": last})])
    last = max(last or on - timedelta(days=1), appointment.first_day)
    still_held = Q(last_day=None) | Q(last_day__gte=max(last, on))
    ended = Appointment.objects.filter(still_held, pk=appointment.pk).update(last_day=last)
    if not ended:
        there = Appointment.objects.get(pk=appointment.pk)
        if there.lasts_on(on):
            raise Refused([Problem("people.ends_before", {"day": there.last_day})])
        raise Refused([Problem("people.role_ended")])
    record(
        "role.ended",
        appointment.person,
        by=by,
        at=at,
        body=appointment.body.code if appointment.body else "",
        reason=reason,
        before={"role": appointment.role},
        after={"last_day": last.isoformat()},
    )
    role_ended.send(Appointment, appointment=appointment, last=last, at=at)
    return last


@transaction.atomic
def close_person(person: Person, *, by: Person, at: datetime, on: date, reason: str) -> None:
    """No more signing in; every role ends at once. What they did stays as it is.

    Errors: Refused where it is an administrator's: that takes two (`dual_control`).
    """
    Person.objects.select_for_update().get(pk=person.pk)  # nobody makes it an administrator's now
    require(permissions.may_close(by, person, on))
    if not reason.strip():
        raise Refused([Problem("form.no_reason")])
    close_account(person, by=by, at=at, on=on, reason=reason)


@transaction.atomic
def close_account(person: Person, *, by: Person, at: datetime, on: date, reason: str) -> None:
    """Close an account as `close_person` does, where who may was asked before."""
    closed = Person.objects.filter(pk=person.pk, closed_on=None).update(
        is_active=False, closed_on=on
    )
    if not closed:
        raise Refused([Problem("people.is_closed", {"name": person.name})])
    still_held = Appointment.objects.filter(Q(last_day=None) | Q(last_day__gte=on), person=person)
    ended = list(still_held.select_related("body"))
    last = on - timedelta(days=1)
    for appointment in ended:
        Appointment.objects.filter(pk=appointment.pk).update(
            last_day=max(last, appointment.first_day)
        )
        record("role.ended", person, by=by, at=at, before={"role": appointment.role}, reason=reason)
    record("person.closed", person, by=by, at=at, reason=reason)
    for appointment in ended:
        role_ended.send(Appointment, appointment=appointment, last=last, at=at)


@transaction.atomic
def lend(
    appointment: Appointment,
    taker: Person,
    first_day: date,
    last_day: date,
    *,
    by: Person | None,
    at: datetime,
    reason: str,
) -> Delegation:
    """Let `taker` act with this role between two days, both included.

    What speaks against it was asked before, and `taker` has accepted it (`role_offers`).
    """
    delegation = Delegation.objects.create(
        appointment=appointment,
        taker=taker,
        first_day=first_day,
        last_day=last_day,
        reason=reason,
    )
    after = {
        "role": appointment.role,
        "to": taker.name,
        "first_day": first_day.isoformat(),
        "last_day": last_day.isoformat(),
    }
    record("role.delegated", appointment.person, by=by, at=at, after=after, reason=reason)
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: Person, at: datetime, on: date) -> None:
    """The stand-in stops at once."""
    require(permissions.may_end_delegation(by, delegation, on))
    if not Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=at):
        raise Refused([Problem("people.role_ended")])
    record(
        "role.delegation_ended",
        delegation.appointment.person,
        by=by,
        at=at,
        before={"role": delegation.appointment.role, "to": delegation.taker.name},
    )


@transaction.atomic
def record_office_holder(
    body: Body, *, name: str, post: str, first_day: date, by: Person | None, at: datetime, on: date
) -> OfficeHolder:
    """A new holder of a post; the one before ends the day before."""
    if by is not None:
        require(permissions.may_keep_registry(by, on))
    before = OfficeHolder.objects.filter(body=body, post=post, last_day=None).first()
    if before is not None:
        if before.first_day >= first_day:
            raise Refused([Problem("people.holder_before", {"name": before.name})])
        last = date.fromordinal(first_day.toordinal() - 1)
        OfficeHolder.objects.filter(pk=before.pk).update(last_day=last)
    holder = OfficeHolder.objects.create(body=body, name=name, post=post, first_day=first_day)
    after = {"name": name, "post": post, "first_day": first_day.isoformat()}
    record("office.held", body, by=by, at=at, body=body.code, after=after)
    return holder


@transaction.atomic
def entrust(
    holder: OfficeHolder,
    bodies: Iterable[Body],
    *,
    first_day: date,
    order: str,
    by: Person,
    at: datetime,
    on: date,
) -> int:
    """Put a holder of office in charge of bodies by an order; whoever was before ends the day
    before. How many. All of them or none.

    Errors: Refused for a holder who is not in office on the day, for a body that is not evaluated,
    and where the body was given to somebody on that day or later.
    """
    require(permissions.may_keep_registry(by, on))
    problems, portfolios = [], []
    if not holder.first_day <= first_day <= (holder.last_day or first_day):
        problems.append(Problem("portfolio.not_in_office", {"name": holder.name, "day": first_day}))
    for body in bodies:
        if body.evaluated_from is None:
            problems.append(Problem("portfolio.not_evaluated", {"body": body}))
        there = Portfolio.objects.filter(body=body, first_day__gte=first_day)
        if later := there.select_related("holder").first():
            figures = {"body": body, "name": later.holder.name, "day": later.first_day}
            problems.append(Problem("portfolio.given_already", figures))
        portfolios.append(Portfolio(holder=holder, body=body, first_day=first_day, order=order))
    if problems or not portfolios:
        raise Refused(problems or [Problem("portfolio.no_body")])
    yesterday = date.fromordinal(first_day.toordinal() - 1)
    for portfolio in portfolios:
        Portfolio.objects.filter(body=portfolio.body, last_day=None).update(last_day=yesterday)
        portfolio.save(force_insert=True)
        after = {"name": holder.name, "post": holder.post, "portfolio_order": order}
        after |= {"first_day": first_day.isoformat()}
        record("portfolio.given", portfolio, by=by, at=at, body=portfolio.body.code, after=after)
    return len(portfolios)


@transaction.atomic
def correct_order(
    portfolio: Portfolio, order: str, *, seen: str, reason: str, by: Person, at: datetime, on: date
) -> None:
    """The order of a portfolio as it is, where another was written down by mistake, and why.

    `seen` is the order that was wrong. Errors: Refused where somebody has corrected it since, and
    where nothing is corrected.
    """
    require(permissions.may_keep_registry(by, on))
    if order == seen:
        raise Refused([Problem("portfolio.same_order")])
    if not Portfolio.objects.filter(pk=portfolio.pk, order=seen).update(order=order):
        raise Refused([Problem("portfolio.order_changed")])
    record(
        "portfolio.corrected",
        portfolio,
        by=by,
        at=at,
        body=portfolio.body.code,
        before={"portfolio_order": seen},
        after={"portfolio_order": order},
        reason=reason,
    )


@transaction.atomic
def choose_mail(person: Person, mail: str, *, at: datetime) -> None:
    """How a person wants notices mailed: at once, once a day, or not."""
    before = person.mail
    Person.objects.filter(pk=person.pk).update(mail=mail)
    record("person.mail", person, by=person, at=at, before=before, after=mail)


def invitation_token(person: Person) -> str:
    """A signed token that sets the first password once, within INVITATION_DAYS."""
    return signing.dumps([person.pk, _mark(person)], salt=INVITATION)


def _mark(person: Person) -> str:
    """What changes with the password, and tells nothing of it."""
    return salted_hmac(INVITATION, person.password).hexdigest()


def person_invited(token: str) -> Person:
    """Errors: Refused when the token is false, old, or used (the password has changed)."""
    try:
        pk, mark = signing.loads(token, salt=INVITATION, max_age=INVITATION_DAYS * 86400)
    except signing.BadSignature as error:
        raise Refused([Problem("people.bad_invitation")]) from error
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person is None or not constant_time_compare(_mark(person), mark):
        raise Refused([Problem("people.bad_invitation")])
    return person


@transaction.atomic
def accept_invitation(person: Person, password: str, *, at: datetime) -> None:
    """The person has chosen a password; the token is used up by that, also for a second at once."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.password != person.password:
        raise Refused([Problem("people.bad_invitation")])
    locked.set_password(password)
    locked.save(update_fields=["password"])
    verify_address(locked)
    record("person.accepted", locked, by=locked, at=at)


def first_administrator(email: str, name: str, *, at: datetime, on: date) -> Person:
    """For the set-up command, once.

    Errors: Refused when there is an administrator already.
    """
    if Appointment.objects.filter(role=Role.ADMINISTRATOR, last_day=None).exists():
        raise Refused([Problem("people.there_is_an_administrator")])
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=email).first()
        person = person or Person.objects.create_user(email, name)
        appoint(person, Role.ADMINISTRATOR, by=None, at=at, on=on)
    return person
