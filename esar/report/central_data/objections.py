"""Writes: a body objects to a value of central data, and the owner decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.numbers import trimmed
from esar.platform.history.actions import record, record_many
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_with
from esar.report.central_data import checks, permissions
from esar.report.central_data.models import CentralValue, Objection
from esar.report.central_data.queries import counting, newest_of, same_as, set_of
from esar.report.central_data.sets import DataSet, label_of
from esar.report.central_data.states import OBJECTION_MOVES
from esar.report.central_data.writing import insert, new_value


@transaction.atomic
def object_to(value: CentralValue, text: str, *, by: Person, at: datetime, on: date) -> Objection:
    """Object to the value that counts, with the reason, and tell the owner.

    `on` is the day in Asia/Bangkok; the last day counts to its end.
    Errors: Refused for another's value, too late, a value that counts no more, no reason, or an
    objection that is open or decided already.
    """
    require(permissions.may_object(by, value, on))
    one = set_of(value)
    assert one is not None, "one may object only to what the rulebook has"
    problems = [] if text.strip() else [Problem("form.no_reason")]
    if not counting().filter(pk=value.pk).exists():
        problems.append(Problem("central.superseded"))
    if problems:
        raise Refused(problems)
    try:
        with transaction.atomic():
            made = Objection.objects.create(central_value=value, text=text.strip(), by=by, at=at)
    except IntegrityError as error:
        raise Refused([Problem("central.objected_already")]) from error
    code = value.body.code
    record("central.objected", made, by=by, at=at, body=code, after=_said(value), reason=text)
    owner = Body.objects.get(code=one.owner)
    _tell_of(made, one, people_with(on, Role.CENTRAL_OWNER, body=owner), "objection", at=at)
    return made


@transaction.atomic
def withdraw(objection: Objection, *, by: Person, at: datetime, on: date) -> None:
    """Take an open objection back; within the days, the body may object again."""
    locked = _locked(objection)
    require(permissions.may_move_objection(by, locked, "withdraw", on))
    _move_objection(locked, "withdraw")
    record("central.withdrawn", locked, by=by, at=at, body=locked.central_value.body.code)
    objection.state = locked.state


@transaction.atomic
def decide(
    objection: Objection,
    uphold: bool,
    answer: str,
    *,
    value: Decimal | None = None,
    no_data: str = "",
    by: Person,
    at: datetime,
    on: date,
) -> CentralValue | None:
    """Uphold an objection, which writes the body's new value (or why there is none), or reject it.

    Gives the new value, None when rejected. `value` is on the set's scale, else in the KPI's unit.
    Errors: Refused without the right, without an answer, for a value that cannot stand or that is
    what the body has already. Of two at once, one wins.
    """
    locked = _locked(objection)
    name = "uphold" if uphold else "reject"
    require(permissions.may_move_objection(by, locked, name, on))
    one = set_of(locked.central_value)
    assert one is not None, "whoever may decide owns the set"
    old = newest_of(one, [locked.central_value.body_id])[locked.central_value.body_id]
    problems = [] if answer.strip() else [Problem("central.no_answer")]
    if uphold:
        problems += _problems_of(one, old, value, no_data.strip())
    if problems:
        raise Refused(problems)
    _move_objection(locked, name, answer=answer.strip(), decided_by=by, decided_at=at)
    made = None
    if uphold:
        body = locked.central_value.body
        made = new_value(one, body, old.number + 1, value, no_data.strip(), by=by, at=at)
        made.objection = locked
        insert([made])
    _record_decision(locked, old, made, answer, by=by, at=at)
    people = people_with(on, Role.REPORTER, Role.APPROVER, body=locked.central_value.body)
    _tell_of(locked, one, people, locked.state, at=at, reason=answer.strip())
    objection.state, objection.answer = locked.state, answer.strip()
    return made


def _locked(objection: Objection) -> Objection:
    found = Objection.objects.select_for_update(of=("self",))
    return found.select_related("central_value__body").get(pk=objection.pk)


def _move_objection(objection: Objection, name: str, **changed: Any) -> None:
    move = OBJECTION_MOVES[name]
    found = Objection.objects.filter(pk=objection.pk, state__in=move.sources)
    if not found.update(state=move.target, **changed):
        raise Refused([Problem("central.changed_meanwhile")])
    objection.state = move.target


def _problems_of(
    one: DataSet, old: CentralValue, value: Decimal | None, no_data: str
) -> list[Problem]:
    """Why this cannot be the new value: neither or both, not on the scale, or nothing new."""
    if value is None and not no_data:
        return [Problem("central.no_value_no_reason")]
    if value is not None and no_data:
        return [Problem("central.value_and_reason")]
    if len(no_data) > checks.MAX_REASON:
        return [Problem("file.too_long", {"most": checks.MAX_REASON, "found": len(no_data)})]
    unfit = checks.problem_of(value, one) if value is not None else None
    if unfit is not None:
        return [unfit]
    return [Problem("central.nothing_new")] if same_as(old, value, no_data) else []


def _said(value: CentralValue | None) -> dict[str, Any] | None:
    """A value as the log keeps it."""
    if value is None:
        return None
    if value.value is None:
        return {"no_data": value.no_data}
    return {"value": f"{trimmed(value.value):f}"}


def _record_decision(
    objection: Objection,
    old: CentralValue,
    made: CentralValue | None,
    answer: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    code = objection.central_value.body.code
    verb = f"central.{objection.state}"
    before, after = (_said(old), _said(made)) if made else (None, None)
    record(verb, objection, by=by, at=at, body=code, before=before, after=after, reason=answer)
    if made is not None:
        record_many([("central.value", made, code)], by=by, at=at)


def _tell_of(
    objection: Objection,
    one: DataSet,
    people: Iterable[Person],
    what: str,
    *,
    at: datetime,
    reason: str = "",
) -> None:
    body = objection.central_value.body
    tell(
        people,
        f"notice.central_{what}",
        path=reverse("central_data:central-objection", args=[objection.pk]),
        key=f"central-objection:{objection.pk}:{what}",
        at=at,
        body=body.name_th,
        year=one.year,
        rule=label_of(one),
        reason=reason,
    )
