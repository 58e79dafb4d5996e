"""Who may deliver central data, object to a value of it, and decide on an objection."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds
from esar.report.central_data.models import CentralValue, Delivery, Objection
from esar.report.central_data.queries import last_day_to_object, owned_by, set_of
from esar.report.central_data.sets import DataSet
from esar.report.central_data.states import DELIVERY_MOVES, OBJECTION_MOVES


def may_deliver(person: Any, one: DataSet | None, day: date) -> Verdict:
    """Send in values: only for the body that the rulebook names as the owner."""
    if one is not None and one.owner in owned_by(person, day):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.central_owner"),))


def may_move_delivery(person: Any, delivery: Delivery, name: str, day: date) -> Verdict:
    """Make a move of DELIVERY_MOVES."""
    if delivery.state not in DELIVERY_MOVES[name].sources:
        return denied("central.wrong_state", state=Word(f"delivery-state.{delivery.state}"))
    return may_deliver(person, set_of(delivery), day)


def may_object(person: Any, value: CentralValue, day: date) -> Verdict:
    """Object to a value: its body's reporter or approver, until the last day's end."""
    if not holds(person, day, Role.REPORTER, Role.APPROVER, body=value.body_id):
        return denied("access.wrong_role", roles=(Word("role.reporter"), Word("role.approver")))
    last = last_day_to_object(value)
    if last is None or day > last:
        return denied("central.too_late", day=last or day)
    return ALLOWED


def may_move_objection(person: Any, objection: Objection, name: str, day: date) -> Verdict:
    """Make a move of OBJECTION_MOVES. Nobody decides on their own objection."""
    value = objection.central_value
    if objection.state not in OBJECTION_MOVES[name].sources:
        return denied("central.objection_closed", state=Word(f"objection-state.{objection.state}"))
    if name == "withdraw":
        if holds(person, day, Role.REPORTER, Role.APPROVER, body=value.body_id):
            return ALLOWED
        return denied("access.wrong_role", roles=(Word("role.reporter"), Word("role.approver")))
    verdict = may_deliver(person, set_of(value), day)
    if verdict and objection.by_id == person.pk:
        return denied("access.own_work")
    return verdict
