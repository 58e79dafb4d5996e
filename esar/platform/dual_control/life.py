"""The life of an act of two: asked by one administrator, carried out when another approves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.problems import Problem
from esar.platform.accounts.sign_in import end_sessions
from esar.platform.dual_control.models import DualAct
from esar.platform.dual_control.states import DUAL_MOVES
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.notices.queries import ALWAYS_MAILED
from esar.platform.organisations.actions import close_account, end_appointment
from esar.platform.organisations.models import Appointment, Person
from esar.platform.organisations.queries import administrators_on, holds

SECOND_STEP, CLOSE, END_ROLE = DualAct.Kind
# Since when one must be an administrator to be one of the two: else one alone makes a second
# account of their own and agrees with themselves. Time for those who are told of it; no source.
OF_AGE = timedelta(days=7)


class DualLife(Life[DualAct]):
    """Of administrators by a role of their own; the person concerned may stop a reset."""

    name, model, page, body_at = "dual", DualAct, "dual_control:dual", ""
    moves, related, people_at = DUAL_MOVES, ("person",), ("person",)
    written_by = ("dual.asked",)

    def content(self, thing: DualAct) -> Mapping[str, Any]:
        return {
            "person": thing.person.name,
            "kind": thing.kind,
            "last_day": f"{thing.last_day or ''}",
            "reason": thing.reason,
        }

    def has_role(self, person: Any, role: str, thing: DualAct, day: date) -> bool:
        return holds(person, day, role, own=True)

    def may(self, person: Any, thing: DualAct, name: str, day: date) -> Verdict:
        """As of every life; but whose second step it is stops its reset, whatever their role."""
        own_reset = (thing.kind, thing.person_id) == (SECOND_STEP, person.pk)
        if name == "withdraw" and own_reset and thing.state in self.moves[name].sources:
            return ALLOWED
        return super().may(person, thing, name, day)

    def bars(self, person: Any, thing: DualAct, name: str, day: date) -> Verdict:
        """Nobody approves what is done to themselves."""
        if name == "approve" and thing.person_id == person.pk:
            return denied("dual.not_about_yourself")
        return ALLOWED

    def locked(self, thing: DualAct) -> DualAct:
        """Behind the administrators, so that of two acts at once the second sees the first."""
        list(administrators_on(None).select_for_update(of=("self",)).order_by("pk"))
        return super().locked(thing)

    def check(self, act: Act[DualAct]) -> Iterator[Problem]:
        if act.name == "withdraw":
            return
        yield from self._out_of_place(act.thing, act.on)
        if act.name == "approve":
            yield from self._too_few(act)

    def _out_of_place(self, thing: DualAct, day: date) -> Iterator[Problem]:
        """What would be done is not there to be done, or needs no second administrator."""
        name = thing.person.name
        if thing.kind == SECOND_STEP:
            if not Authenticator.objects.filter(user=thing.person).exists():
                yield Problem("dual.no_second_step", {"name": name})
        elif not administrators_on(day).filter(person=thing.person).exists():
            yield Problem("dual.not_an_administrator", {"name": name})
        if thing.last_day is not None and thing.last_day < day:
            yield Problem("people.last_day_has_passed", {"day": thing.last_day})

    def _too_few(self, act: Act[DualAct]) -> Iterator[Problem]:
        """Both must still be administrators, as the database has it now, and one must remain."""
        beginning = self.events_of(act.thing, "dual.asked").order_by("number").first()
        both = {act.person.pk, beginning.actor_id if beginning else None}
        there = administrators_on(act.on)
        if set(there.filter(person__in=both).values_list("person", flat=True)) != both:
            yield Problem("dual.no_longer_two")
        elif len(there.filter(person__in=both, first_day__lte=act.on - OF_AGE)) < len(both):
            yield Problem("dual.too_new", {"days": OF_AGE.days})
        if act.thing.kind == SECOND_STEP:
            return
        remaining = there.exclude(person=act.thing.person)
        last = act.thing.last_day or act.on
        if not any(one.last_day is None or one.last_day > last for one in remaining):
            yield Problem("dual.nobody_would_be_left")

    def carry_out(self, act: Act[DualAct]) -> None:
        if act.name != "approve":
            return
        kind, person, reason = act.thing.kind, act.thing.person, act.thing.reason
        if kind == SECOND_STEP:
            self._reset(act)
        elif kind == CLOSE:
            close_account(person, **act.by_at_on, reason=reason)
        else:
            [appointment] = Appointment.objects.select_related("person").filter(
                pk__in=administrators_on(act.on).filter(person=person)
            )
            end_appointment(appointment, **act.by_at_on, reason=reason, last=act.thing.last_day)

    def _reset(self, act: Act[DualAct]) -> None:
        """Take away every second step and recovery code, and end the sessions that they opened."""
        person = act.thing.person
        kinds = sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))
        Authenticator.objects.filter(user=person).delete()
        end_sessions(person)
        record(
            "person.second_step_reset",
            person,
            by=act.by,
            at=act.at,
            before={"steps": kinds},
            reason=act.thing.reason,
        )

    def notices(self, act: Act[DualAct]) -> Iterable[Notice]:
        """The other administrators; and whose second step it is, by mail whatever they chose."""
        figures = {"name": act.thing.person.name, "reason": act.reason or act.thing.reason}
        concerned = act.thing.person if act.thing.kind == SECOND_STEP else None
        people = [person for person in self.people_told(act) if person != concerned]
        yield Notice(people, f"notice.dual_{act.name}", figures)
        if concerned is not None:
            reason = {"reason": figures["reason"]}
            yield Notice([concerned], f"{ALWAYS_MAILED}second_step_{act.name}", reason)

    def people_told(self, act: Act[DualAct]) -> Iterable[Person]:
        there = administrators_on(act.on).values("person")
        return Person.objects.filter(pk__in=there)


DUAL_LIFE = DualLife()
