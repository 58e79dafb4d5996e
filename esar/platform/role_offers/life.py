"""The life of an offer of a role: made by one, accepted or declined by the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from esar.kernel.problems import Problem
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.actions import appoint, lend
from esar.platform.organisations.lending import problems_of_lending, roles_below, superiors_of
from esar.platform.organisations.models import Appointment, Person, Role
from esar.platform.organisations.permissions import may_appoint, may_delegate
from esar.platform.organisations.queries import holds, of_own_person
from esar.platform.role_offers.models import RoleOffer
from esar.platform.role_offers.states import GIVER, OFFER_MOVES, OfferState
from esar.platform.role_offers.telling import role_words, tell_of_new_role


class RoleOfferLife(Life[RoleOffer]):
    """Between the person who offers and the one who is to accept; an administrator may stop it."""

    name, model, page, body_at = "role_offer", RoleOffer, "role_offers:role-offer", ""
    moves, people_at = OFFER_MOVES, ("person", "giver")
    related = ("person", "giver", "body", "committee", "lent__person")
    written_by = ("role_offer.offered",)

    def visible(self, person: Any, day: date) -> QuerySet[Any]:
        """Administrators and auditors see all, anyone what they offer or are offered.

        And whoever is above a lender what was lent. Two queries.
        """
        rows = RoleOffer.objects.select_related(*self.related)
        lent = Q(state=OfferState.ACCEPTED) & roles_below(person, day, "lent")
        return of_own_person(rows, person, day, *self.people_at, also=lent)

    def body_code(self, thing: RoleOffer) -> str:
        return thing.body.code if thing.body else ""

    def has_role(self, person: Any, role: str, thing: RoleOffer, day: date) -> bool:
        if role == GIVER:
            is_giver = bool(thing.giver_id == person.pk)
            return is_giver or holds(person, day, Role.ADMINISTRATOR, own=True)
        return bool(thing.person_id == person.pk)

    def content(self, thing: RoleOffer) -> Mapping[str, Any]:
        place = thing.body or thing.committee
        return {
            "person": thing.person.name,
            "role": thing.role,
            "at": place.code if place else "",
            "first_day": f"{thing.first_day or ''}",
            "last_day": f"{thing.last_day or ''}",
        }

    def check(self, act: Act[RoleOffer]) -> Iterator[Problem]:
        """What would come of it is right when it is offered, and still when it is accepted."""
        if act.name not in ("begin", "accept"):
            return
        offer = act.thing
        if offer.lent is None:
            yield from _problems_of_giving(offer, act.on)
            return
        verdict = may_delegate(offer.giver, offer.lent, act.on)
        if verdict.problem:
            yield verdict.problem
        yield from problems_of_lending(offer.lent, offer.person, *offer.days, on=act.on)

    def carry_out(self, act: Act[RoleOffer]) -> None:
        if act.name != "accept":
            return
        offer = act.thing
        if offer.lent is None:
            appoint(offer.person, offer.role, **act.by_at_on, **offer.place)
            when: dict[str, Any] = {"by": offer.giver, "at": act.at, "on": act.on}
            tell_of_new_role(offer.person, offer.role, **when, **offer.place)
            return
        lend(offer.lent, offer.person, *offer.days, by=act.by, at=act.at, reason=offer.reason)

    def refused_by_database(self, act: Act[RoleOffer]) -> Problem:
        return Problem("role_offer.offered_already", {"name": act.thing.person.name})

    def notices(self, act: Act[RoleOffer]) -> Iterable[Notice]:
        """The other of the two; and when a role is lent, whoever is above its holder."""
        offer = act.thing
        figures = {
            "name": offer.person.name,
            "giver": offer.giver.name,
            "role": role_words(offer.role),
        }
        people = [offer.person] if act.name in ("begin", "withdraw") else [offer.giver]
        yield Notice(people, f"notice.role_offer_{act.name}", figures)
        if act.name == "accept" and offer.lent is not None:
            days = {"day": f"{offer.last_day}"}
            yield Notice(_superiors(offer.lent, offer, act.on), "notice.role_lent", figures | days)


def _superiors(lent: Appointment, offer: RoleOffer, day: date) -> list[Person]:
    return [
        one for one in superiors_of(lent, day) if one.pk not in (offer.person_id, offer.giver_id)
    ]


def _problems_of_giving(offer: RoleOffer, day: date) -> Iterator[Problem]:
    """The giver may, the account is open, it is not their own, and has no such role yet."""
    verdict = may_appoint(offer.giver, offer.role, offer.body, offer.committee, day)
    if verdict.problem:
        yield verdict.problem
    if offer.giver_id == offer.person_id:
        yield Problem("people.not_to_yourself")
    if offer.person.closed_on:
        yield Problem("people.is_closed", {"name": offer.person.name})
    there = Appointment.objects.filter(person=offer.person, role=offer.role, last_day=None)
    if there.filter(body=offer.body, committee=offer.committee).exists():
        yield Problem("people.has_role", {"name": offer.person.name})


ROLE_OFFER_LIFE = RoleOfferLife()
