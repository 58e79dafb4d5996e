"""Reads of the registry: bodies, people, and who holds which role on a day."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypedDict, TypeVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, is_password_usable
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from esar.kernel.alphabet import sort_key
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say
from esar.platform.organisations.models import (
    NEEDS_SECOND_STEP,
    OF_OPDC,
    Appointment,
    Body,
    Committee,
    Delegation,
    FormerName,
    Jurisdiction,
    Person,
    Portfolio,
    Role,
)
from esar.platform.ui import clock
from esar.platform.ui.doors import lets_in
from esar.platform.ui.filters import every_word

Thing = TypeVar("Thing", bound=Model)
BODY_NAMES = ("name_th", "name_en", "abbr_th", "code")  # what a body is looked for by


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; for views whose door asks for that."""
    person = request.user
    assert isinstance(person, Person), "the door lets nobody in who is not signed in"
    return person


class ByAtOn(TypedDict):
    """Who acts, at which moment, on which day in Bangkok: what every action asks for."""

    by: Person
    at: datetime
    on: date


class Place(TypedDict, total=False):
    """Where a role is held: at a body, or on a committee and in which seat; at OPDC in neither."""

    body: Body | None
    committee: Committee | None
    seat: str


def by_at_on(request: HttpRequest) -> ByAtOn:
    """Who acts by a page, now and today: `actions.ask(…, **by_at_on(request))`."""
    return {"by": person_of(request), "at": clock.now(), "on": clock.today()}


def evaluated_between(first: date, last: date, kinds: Collection[str]) -> QuerySet[Body]:
    """The bodies of these kinds that are in the evaluation on some day of these."""
    there = Q(last_day=None) | Q(last_day__gte=first)
    return Body.objects.filter(there, evaluated_from__lte=last, kind__in=kinds)


def evaluated_bodies(*, text: str = "", kind: str = "", group: str = "") -> QuerySet[Body]:
    """Bodies in the evaluation that match; `group` is a ministry's code or a region.

    One query, however many rows. Thai has no spaces between words, so any part of a name counts.
    """
    bodies = Body.objects.filter(evaluated_from__isnull=False).select_related("parent", "cluster")
    bodies = bodies.filter(matches(text))
    if kind:
        bodies = bodies.filter(kind=kind)
    if group:
        bodies = bodies.filter(Q(parent__code=group) | Q(region_th=group))
    return bodies.order_by("name_key", "code")


def matches(text: str, path: str = "", also: Iterable[str] = ()) -> Q:
    """Every word of `text` is part of a name, the code or the abbreviation of the body there.

    Or of a name that it had before. `also` are columns that are looked at beside its names.
    """
    names = [*(f"{path}{field}" for field in BODY_NAMES), *also]
    former = FormerName.objects.filter(every_word(text, ("name_th", "name_en")))
    return every_word(text, names) | (
        Q(**{f"{path}pk__in": former.values("body")}) if text.split() else Q()
    )


def groups() -> list[tuple[str, str, str]]:
    """(value, Thai, English) of every ministry, then every region. One query."""
    rows = Body.objects.filter(Q(kind=Body.Kind.MINISTRY) | ~Q(region_th="")).order_by("name_key")
    columns = list(rows.values_list("kind", "code", "name_th", "name_en", "region_th"))
    ministries = [names for kind, *names, _ in columns if kind == Body.Kind.MINISTRY]
    regions = sorted({region for *_, region in columns if region}, key=sort_key)
    return [(code, name_th, name_en) for code, name_th, name_en in ministries] + [
        (name, say("region.name", {"name": name}, "th"), REGIONS.get(name, name))
        for name in regions
    ]


REGIONS = {
    "กลาง": "Central region",
    "เหนือ": "Northern region",
    "ใต้": "Southern region",
    "ตะวันออก": "Eastern region",
    "ตะวันตก": "Western region",
    "ตะวันออกเฉียงเหนือ": "Northeastern region",
}


@dataclass(frozen=True)
class Held:
    """A role that a person has or had; `lender` is whose it is when it is held by delegation.

    It ends with `last_day`; None while nothing ends it.
    """

    role: str
    appointment_id: int
    body_id: int | None
    committee_id: int | None
    first_day: date
    last_day: date | None
    lender: Person | None = None

    @property
    def for_person(self) -> str:
        """The name of whose role it is; empty for one's own."""
        return self.lender.name if self.lender else ""

    def lasts_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or self.last_day >= day)


def _in_force(day: date, path: str = "") -> Q:
    return Q(**{f"{path}first_day__lte": day}) & (
        Q(**{f"{path}last_day": None}) | Q(**{f"{path}last_day__gte": day})
    )


def ever_held(person: Any) -> tuple[Held, ...]:
    """Every role that a person has or ever had, their own and delegated ones.

    Two queries, four for who stands in for somebody, then none. Nothing for a visitor who has not
    signed in, nor for who is closed. They are few and every request asks for them: put in order
    here, not by the database, for whose ordering Django compares every column that it selects, and
    lenders are asked for only where there are some.
    """
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return ()
    if person.is_demo and not settings.DEMO:
        return ()  # a demo's people, left in a database, may do nothing outside a demo
    roles: tuple[Held, ...] | None = person.__dict__.get("_held")
    if roles is None:
        appointments = Appointment.objects.filter(person=person).order_by()
        delegations = Delegation.objects.filter(taker=person).order_by()
        own = sorted(appointments, key=lambda role: (role.role, role.pk))
        lent = sorted(delegations.prefetch_related("appointment__person"), key=_newest_first)
        roles = (*map(own_role, own), *map(lent_role, lent))
        person.__dict__["_held"] = roles
    return roles


def _newest_first(delegation: Delegation) -> tuple[int, int]:
    return -delegation.first_day.toordinal(), delegation.pk


def own_role(role: Appointment) -> Held:
    """An appointment as its holder has it."""
    place = (role.body_id, role.committee_id)
    return Held(role.role, role.pk, *place, role.first_day, role.last_day)


def lent_role(delegation: Delegation) -> Held:
    """A role as a stand-in has it.

    It ends with the role itself and with the delegation, on whichever day is first.
    """
    role, ended_at = delegation.appointment, delegation.ended_at
    ends = [delegation.last_day, *([role.last_day] if role.last_day else [])]
    if ended_at is not None:  # at once: the day before is the last that it counts on
        ends.append(timezone.localdate(ended_at) - timedelta(days=1))
    place, first = (role.body_id, role.committee_id), max(delegation.first_day, role.first_day)
    return Held(role.role, role.pk, *place, first, min(ends), role.person)


def held(person: Any, day: date) -> tuple[Held, ...]:
    """The roles of a person on a day, their own and delegated ones. As many queries as `ever_held`.

    Nothing for a visitor who has not signed in, for a person who is closed, and for one who owes
    a second step at sign-in: until it is set up, no permission and no door counts a role.
    """
    return () if owes_second_step(person, day) else _given(person, day)


def owes_second_step(person: Any, day: date) -> bool:
    """Whether a role of the person asks for a second step at sign-in and there is none.

    Recovery codes are none: they stand in for a step that is lost. One query for such roles.
    """
    if not settings.SECOND_STEP_DUTY:
        return False
    if not any(one.role in NEEDS_SECOND_STEP for one in _given(person, day)):
        return False
    if "_has_second_step" not in person.__dict__:
        steps = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
        person.__dict__["_has_second_step"] = steps.filter(user_id=person.pk).exists()
    return not person.__dict__["_has_second_step"]


def _given(person: Any, day: date) -> tuple[Held, ...]:
    """The roles that a person was given, whether or not they may use them now."""
    return tuple(
        role
        for role in ever_held(person)
        if role.lasts_on(day) and (role.lender is None or role.lender.is_active)
    )


def acting_only_by(person: Any, roles: Iterable[Held]) -> Any:
    """The same person as if they had these roles and no others."""
    twin = copy(person)
    twin.__dict__["_held"] = tuple(roles)
    return twin


def roles_of(person: Any, day: date) -> set[str]:
    return {one.role for one in held(person, day)}


def may_enter(person: Any, day: date, address: str) -> bool:
    """Whether the door of an address lets the person in, so that a page may link to it."""
    return lets_in(address, roles_of(person, day))


def holds(
    person: Any,
    day: date,
    *roles: str,
    body: int | None = None,
    committee: int | None = None,
    own: bool = False,
) -> bool:
    """Whether the person has one of the roles there on that day; `own`: not by delegation."""
    return any(
        one.role in roles
        and (not own or not one.for_person)
        and (body is None or one.body_id == body)
        and (committee is None or one.committee_id == committee)
        for one in held(person, day)
    )


def administrators_on(day: date | None) -> QuerySet[Appointment]:
    """Administrators whose account is open, by a role of their own in force on a day, or ever."""
    appointments = Appointment.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True)
    return appointments if day is None else appointments.filter(_in_force(day))


def sees_everything(person: Any, day: date) -> bool:
    return bool(roles_of(person, day) & set(OF_OPDC))


def of_own_bodies(
    rows: QuerySet[Thing], person: Any, day: date, path: str = "body"
) -> QuerySet[Thing]:
    """Of things of bodies, those that a person sees: OPDC all, a body's own people theirs."""
    if sees_everything(person, day):
        return rows
    return rows.filter(**{f"{path}__in": bodies_of(person, day, Role.REPORTER, Role.APPROVER)})


def of_own_person(
    rows: QuerySet[Thing], person: Any, day: date, *paths: str, also: Q | None = None
) -> QuerySet[Thing]:
    """Of things about people: administrators and auditors see all, anyone those at their paths."""
    if holds(person, day, Role.ADMINISTRATOR, Role.AUDITOR):
        return rows
    own = also or Q()
    for path in paths:
        own |= Q(**{path: person.pk})
    return rows.filter(own)


def bodies_of(person: Any, day: date, *roles: str) -> set[int]:
    """Bodies where the person has one of the roles."""
    return {one.body_id for one in held(person, day) if one.role in roles and one.body_id}


def bodies_with(person: Any, day: date, *roles: str) -> QuerySet[Body]:
    """The bodies where the person has one of the roles. One query."""
    return Body.objects.filter(pk__in=bodies_of(person, day, *roles))


def committees_of(person: Any, day: date, *roles: str) -> set[int]:
    return {one.committee_id for one in held(person, day) if one.role in roles and one.committee_id}


@cache
def office_code(duty: str) -> str:
    """The code of the body with a duty: "prime_minister", "minister_of_provinces" or "no_minister".

    Source: data/registry/offices.csv. Errors: KeyError for any other duty.
    """
    with (settings.REGISTRY / "offices.csv").open(encoding="utf-8", newline="") as file:
        return {row["office"]: row["code"] for row in csv.DictReader(file)}[duty]


def portfolios_on(day: date) -> QuerySet[Portfolio]:
    """Who is in charge of which body on a day, by an order, while they hold their office."""
    return Portfolio.objects.filter(_in_force(day), _in_force(day, "holder__"))


def portfolio_of(body: Body, day: date) -> Portfolio | None:
    """Who is in charge of a body on a day. A page asks with every move: the body remembers it."""
    portfolios: dict[date, Portfolio | None] = body.__dict__.setdefault("_portfolios", {})
    if day not in portfolios:
        rows = portfolios_on(day).filter(body=body).select_related("holder__body")
        portfolios[day] = rows.first()
    return portfolios[day]


def ministry_of(body: Body) -> Body | None:
    """The office of whoever is in charge of a body: by an order, else the ministry's minister, of
    a province Interior's. Two queries at most.
    """
    portfolio = portfolio_of(body, clock.today())
    if portfolio is not None:
        return portfolio.holder.body
    if body.kind == Body.Kind.PROVINCE:
        return _office_of(body, "minister_of_provinces")
    return body.parent


def in_charge_of(offices: Collection[int], day: date, path: str = "") -> Q:
    """Of things of bodies, those whose body an office is in charge of, as `office_over` says.

    `path` leads to the body: "scorecard__body__". One query.
    """
    codes = set(Body.objects.filter(pk__in=offices).values_list("code", flat=True))
    condition = Q(**{f"{path}parent__in": offices})
    if office_code("minister_of_provinces") in codes:
        condition |= Q(**{f"{path}kind": Body.Kind.PROVINCE})
    if office_code("prime_minister") in codes:
        condition |= Q(**{f"{path}parent__code": office_code("no_minister")})
    by_order = portfolios_on(day)
    of_these = by_order.filter(holder__body__in=offices)
    return Q(**{f"{path}pk__in": of_these.values("body")}) | (
        condition & ~Q(**{f"{path}pk__in": by_order.values("body")})
    )


def office_over(body: Body, office: str) -> Body | None:
    """Whose office assesses a body as "minister" or "prime_minister". One query or none."""
    ministry = ministry_of(body)
    if (
        office == "prime_minister"
        or ministry is None
        or ministry.code == office_code("no_minister")
    ):
        return _office_of(body, "prime_minister")
    return ministry


def _office_of(body: Body, duty: str) -> Body | None:
    """The office with a duty. A page asks for it with every move: the body remembers it."""
    offices: dict[str, Body] = body.__dict__.setdefault("_offices", {})
    if duty not in offices:
        office = Body.objects.filter(code=office_code(duty)).first()
        if office is None:
            return None  # the registry may have it in a moment
        offices[duty] = office
    return offices[duty]


def committee_for(body: Body, level: int, year: int) -> Committee | None:
    """The committee of a level that considers a body in a fiscal year. One query.

    The sub-commission is level 0.
    Errors: Refused where there are two, which `load_registry` lets nobody load.
    """
    committees = committees_in(year).filter(level=level)
    if level:
        committees = committees.filter(
            pk__in=Jurisdiction.objects.filter(body=body).values("committee")
        )
    both = list(committees[:2])
    if len(both) > 1:
        codes = tuple(committee.code for committee in both)
        figures = {"body": body, "level": level, "year": year, "committees": codes}
        raise Refused([Problem("registry.two_committees", figures)])
    return both[0] if both else None


def committees_in(year: int) -> QuerySet[Committee]:
    """The committees that consider a fiscal year, the sub-commission first. One query."""
    return Committee.objects.filter(_of_year(year, ""))


def considered_by(level: int, year: int) -> dict[int, str]:
    """Body id → the rule of the committee of a level that considers it in a year. One query."""
    rows = Jurisdiction.objects.filter(_of_year(year), committee__level=level)
    return dict(rows.values_list("body", "committee__rule_id"))


def considered_under(rule_id: str, year: int | None) -> QuerySet[Any]:
    """The ids of the bodies that committees of a rule consider in a year, or in any. One query."""
    rows = Jurisdiction.objects.filter(_of_year(year), committee__rule_id=rule_id)
    return rows.order_by().values_list("body", flat=True)


def _of_year(year: int | None, path: str = "committee__") -> Q:
    """That a committee considers a fiscal year; of None any."""
    if year is None:
        return Q()
    first, last = f"{path}first_year", f"{path}last_year"
    return (Q(**{first: None}) | Q(**{f"{first}__lte": year})) & (
        Q(**{last: None}) | Q(**{f"{last}__gte": year})
    )


def considers(committee: Committee, body_id: int, year: int) -> bool:
    """Whether the body's year is the committee's to consider; the sub-commission's are all."""
    if not (committee.first_year or year) <= year <= (committee.last_year or year):
        return False
    return (
        committee.level == 0
        or Jurisdiction.objects.filter(committee=committee, body=body_id).exists()
    )


def considers_body(committee_id: int, body_id: int) -> bool:
    """Whether the body is the committee's to consider in any year. Two queries."""
    if Committee.objects.filter(pk=committee_id, level=0).exists():
        return True
    return Jurisdiction.objects.filter(committee=committee_id, body=body_id).exists()


def members_on(committee: Committee, day: date) -> QuerySet[Appointment]:
    """Who sits on a committee on a day, secretaries included. One query."""
    appointments = Appointment.objects.filter(_in_force(day), committee=committee)
    return appointments.filter(person__is_active=True).select_related("person").order_by("pk")


def people_with(
    day: date, *roles: str, body: Body | None = None, committee: Committee | None = None
) -> QuerySet[Person]:
    """People who hold one of the roles there, with their stand-ins. One query."""
    place = Q()
    if body is not None:
        place = Q(body=body)
    if committee is not None:
        place = Q(committee=committee)
    return _with_stand_ins(Appointment.objects.filter(place, role__in=roles), day)


def places_held(day: date, *roles: str) -> set[tuple[str, int]]:
    """Roles, each with a body or committee where somebody has it on a day. One query.

    Stand-ins aside, and whoever was invited and has not answered yet.
    """
    appointments = Appointment.objects.filter(_in_force(day), role__in=roles)
    rows = appointments.filter(person__is_active=True).values_list(
        "role", "body", "committee", "person__password"
    )
    return {
        (role, body or committee)
        for role, body, committee, password in rows
        if is_password_usable(password)
    }


def bodies_left(role: str, day: date) -> QuerySet[Body]:
    """Bodies where someone had a role and nobody has it on a day. One query."""
    appointments = Appointment.objects.filter(role=role, body__isnull=False)
    ended = appointments.filter(last_day__lt=day)
    there = appointments.filter(_in_force(day), person__is_active=True)
    return Body.objects.filter(pk__in=ended.values("body")).exclude(pk__in=there.values("body"))


def people_of(bodies: Iterable[int], day: date, *roles: str) -> QuerySet[Person]:
    """People who hold one of the roles at one of the bodies, with their stand-ins. One query."""
    return _with_stand_ins(Appointment.objects.filter(body__in=list(bodies), role__in=roles), day)


def _with_stand_ins(appointments: QuerySet[Appointment], day: date) -> QuerySet[Person]:
    """Whoever holds these appointments on a day, or stands in for one who does."""
    held_then = appointments.filter(_in_force(day))
    stand_ins = Delegation.objects.filter(_in_force(day), appointment__in=held_then, ended_at=None)
    return Person.objects.filter(
        Q(pk__in=held_then.values("person")) | Q(pk__in=stand_ins.values("taker")),
        is_active=True,
    )


def names_at(
    bodies: Collection[int], day: date, *roles: str
) -> dict[tuple[int, str], tuple[str, ...]]:
    """(Body, role) → the names of those who hold it there, stand-ins aside. One query."""
    rows = Appointment.objects.filter(_in_force(day), body__in=bodies, role__in=roles)
    rows = rows.filter(person__is_active=True).order_by("pk")
    names: dict[tuple[int, str], tuple[str, ...]] = {}
    for body, role, name in rows.values_list("body_id", "role", "person__name"):
        names[body, role] = (*names.get((body, role), ()), name)
    return names


HAS_NO_PASSWORD = Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
PERSON_STATES = ("active", "invited", "no_role", "closed")


def person_states(day: date) -> dict[str, Q]:
    """What is true of people in each state: every one of them is in one.

    A role that ends with the day keeps nobody invited: so ends what was withdrawn at once.
    """
    roles = Appointment.objects.filter(person=OuterRef("pk")).order_by()
    has_role = Q(Exists(roles.filter(Q(last_day=None) | Q(last_day__gte=day))))
    goes_on = Q(Exists(roles.filter(Q(last_day=None) | Q(last_day__gt=day))))
    return {
        "active": Q(is_active=True) & ~HAS_NO_PASSWORD & has_role,
        "invited": HAS_NO_PASSWORD & goes_on,
        "no_role": Q(is_active=True)
        & ((~HAS_NO_PASSWORD & ~has_role) | (HAS_NO_PASSWORD & ~goes_on)),
        "closed": Q(is_active=False),
    }


def invited_people(day: date) -> QuerySet[Person]:
    """Those with a role who have not answered the invitation yet."""
    return Person.objects.filter(person_states(day)["invited"])


def visible_people(person: Any, day: date) -> QuerySet[Person]:
    """Whom a person may look up: everyone for OPDC, else those of their bodies and committees."""
    if sees_everything(person, day):
        return Person.objects.all()
    roles = held(person, day)
    bodies = [one.body_id for one in roles if one.body_id]
    committees = [one.committee_id for one in roles if one.committee_id]
    near = Appointment.objects.filter(Q(body__in=bodies) | Q(committee__in=committees))
    return Person.objects.filter(Q(pk__in=near.values("person")) | Q(pk=person.pk))


def people_list(person: Any, day: date, *, text: str = "") -> QuerySet[Person]:
    """People who match, for one who may see them. One query."""
    people = visible_people(person, day).filter(every_word(text, ["name", "email", "position"]))
    return people.order_by("name_key", "pk")


def appointments_of(people: list[Person]) -> dict[int, list[Appointment]]:
    """Person id → every appointment, ended ones too. One query."""
    by_person: dict[int, list[Appointment]] = {person.pk: [] for person in people}
    appointments = Appointment.objects.filter(person__in=people).select_related("body", "committee")
    for appointment in appointments.order_by("-first_day", "pk"):
        by_person[appointment.person_id].append(appointment)
    return by_person
