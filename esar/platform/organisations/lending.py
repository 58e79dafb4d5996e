"""When a role may be lent, and who is above whom: what is asked before somebody stands in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from esar.kernel.problems import Problem
from esar.kernel.wording import Word
from esar.law.rules.refusals import refusal
from esar.platform.organisations.interest import impartiality_on, is_interest
from esar.platform.organisations.models import OF_OPDC, Appointment, Body, Person, Role
from esar.platform.organisations.queries import (
    Held,
    bodies_of,
    committees_of,
    considers_body,
    ever_held,
    in_charge_of,
    ministry_of,
    office_over,
    own_role,
    people_with,
)

OF_THE_BODY = (Role.REPORTER, Role.APPROVER)


def problems_of_lending(
    appointment: Appointment, taker: Person, first_day: date, last_day: date, *, on: date
) -> Iterator[Problem]:
    """Everything that is wrong with a person standing in for another between two days."""
    if last_day < first_day:
        yield Problem("people.days_run_back")
    if last_day < on:
        yield Problem("people.days_are_past")
    rule = impartiality_on(on)
    days = (last_day - first_day).days + 1
    if days > rule.value.lent_days:
        figures = {"days": days, "most": rule.value.lent_days}
        yield refusal("interest.lent_too_long", rule, figures)
    if taker.pk == appointment.person_id or not taker.is_active:
        yield Problem("people.cannot_take", {"name": taker.name})
    yield from _clash(appointment, taker, on)


def _clash(appointment: Appointment, taker: Person, on: date) -> Iterator[Problem]:
    """The taker would decide about a body of theirs, or speak for one that they decide about."""
    lent, rule = own_role(appointment), impartiality_on(on)
    if lent.role in OF_THE_BODY and appointment.body is not None:
        body = appointment.body
        deciding = [role for role in ever_held(taker) if role.lasts_on(on) and _reaches(role, body)]
        for role in deciding[:1]:
            yield refusal("interest.clash_decides", rule, _figures(taker, role, body))
        return
    stakes = [role for role in ever_held(taker) if is_interest(role, on)]
    bodies = Body.objects.in_bulk([role.body_id for role in stakes if role.body_id])
    for role in stakes:
        if role.role in OF_THE_BODY and _reaches(lent, bodies[role.body_id or 0]):
            figures = _figures(taker, role, bodies[role.body_id or 0])
            yield refusal("interest.clash_belongs", rule, figures)
            return


def _figures(taker: Person, role: Held, body: Body) -> dict[str, object]:
    names = {"th": body.name_th, "en": body.name_en}
    return {"name": taker.name, "role": Word(f"role.{role.role}"), "body": names}


def _reaches(role: Held, body: Body) -> bool:
    """Whether a role decides about a body: OPDC's do about all."""
    if role.role == Role.MINISTERS_OFFICE:
        offices = (office_over(body, "minister"), office_over(body, "prime_minister"))
        return role.body_id in [office.pk for office in offices if office]
    if role.committee_id:
        return considers_body(role.committee_id, body.pk)
    return role.role in OF_OPDC


def roles_below(person: Any, day: date, path: str) -> Q:
    """The appointments at `path` whose holders a person is above, as `superiors_of` says it."""
    ministries = bodies_of(person, day, Role.MINISTERS_OFFICE)
    of_ministry = in_charge_of(ministries, day, f"{path}__body__")
    approver, committee = Q(**{f"{path}__role": Role.APPROVER}), f"{path}__committee__in"
    of_body = Q(**{f"{path}__body__in": bodies_of(person, day, Role.APPROVER)})
    return (
        Q(**{committee: committees_of(person, day, Role.SECRETARY)})
        | (of_body & ~approver)
        | (of_ministry & approver)
    )


def superiors_of(appointment: Appointment, day: date) -> list[Person]:
    """Whoever is above the holder of a role; the administrators where nobody is.

    Of a reporter or an owner of data the body's approver, of an approver the minister's office, of
    a member of a committee its secretary. No source says who; see ADR 45.
    """
    body, people = appointment.body, Person.objects.none()
    if appointment.committee is not None:
        people = people_with(day, Role.SECRETARY, committee=appointment.committee)
    elif body is not None and appointment.role == Role.APPROVER:
        office = office_over(body, "minister") if ministry_of(body) else None
        people = people_with(day, Role.MINISTERS_OFFICE, body=office) if office else people
    elif body is not None:
        people = people_with(day, Role.APPROVER, body=body)
    above = list(people.exclude(pk=appointment.person_id))
    return above or list(people_with(day, Role.ADMINISTRATOR).exclude(pk=appointment.person_id))
