"""Writes: an appeal's way from draft to decision. One function moves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from esar.agree.scorecards.content import Outcome
from esar.judge.appeals import permissions
from esar.judge.appeals.correcting import as_json, check, layers_under
from esar.judge.appeals.models import Appeal, PanelSeat
from esar.judge.appeals.queries import (
    barred_from,
    kpis_of,
    last_day,
    majority,
    may_sit,
    rule_of,
    seats_of,
)
from esar.judge.appeals.states import APPEAL_MOVES, AppealState, Vote
from esar.judge.results.actions import correct
from esar.judge.results.models import Result
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.law.rules.kinds import Appeal as AppealRule
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with


@dataclass(frozen=True)
class Said:
    """What an appeal says: on which ground, about which KPIs, and why."""

    ground: str
    numbers: Sequence[str]
    text: str

    def fields(self) -> dict[str, Any]:
        return {"ground": self.ground, "numbers": list(self.numbers), "text": self.text.strip()}


@transaction.atomic
def begin(result: Result, said: Said, *, by: Person, at: datetime, on: date) -> Appeal:
    """Begin a draft against a released result. Errors: Refused, also when another one stands."""
    locked = Result.objects.select_for_update(of=("self",)).select_related("body")
    locked_result = locked.get(pk=result.pk)
    require(permissions.may_begin(by, locked_result, on))
    _check_said(locked_result, said)
    last = last_day(locked_result)
    assert last is not None  # the permission asked
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                result=locked_result, since=at, file_by=last, **said.fields()
            )
    except IntegrityError as error:
        raise Refused([Problem("appeal.stands")]) from error
    record(
        "appeal.begin",
        made,
        by=by,
        at=at,
        body=locked_result.body.code,
        after={"state": made.state} | said.fields(),
    )
    _tell(made, "write", (), by=by, at=at, on=on)
    return made


def rule_for(result: Result) -> AppealRule:
    """The figures that an appeal against this result goes by. Errors: Refused where none say."""
    rule = rule_of(result.fiscal_year, result.body.kind)
    if rule is None:
        raise Refused([Problem("appeal.no_way")])
    value: AppealRule = rule.value
    return value


def _check_said(result: Result, said: Said) -> None:
    problems = []
    if said.ground not in {ground.id for ground in rule_for(result).grounds}:
        problems.append(Problem("appeal.no_ground"))
    if not said.numbers:
        problems.append(Problem("appeal.no_kpi"))
    known = {kpi.number for kpi in kpis_of(result.explanation)}
    problems += [
        Problem("assessment.no_such_kpi", {"number": number})
        for number in said.numbers
        if number not in known
    ]
    if not said.text.strip():
        problems.append(Problem("appeal.no_text"))
    if problems:
        raise Refused(problems)


@transaction.atomic
def write(appeal: Appeal, said: Said, *, by: Person, at: datetime, on: date) -> None:
    """Change a draft, as long as it could be filed. Errors: Refused."""
    locked = _ready(appeal, "write", by=by, on=on)
    _check_said(locked.result, said)
    before = {name: getattr(locked, name) for name in said.fields()}
    _move(appeal, locked, "write", said.fields(), by=by, at=at, on=on, before=before)


@transaction.atomic
def file(appeal: Appeal, *, by: Person, at: datetime, on: date) -> None:
    """Send it to OPDC, until the end of the last day in Bangkok. Errors: Refused, also too late."""
    locked = _ready(appeal, "file", by=by, on=on)
    decide_by = on + timedelta(days=rule_for(locked.result).decide_days)
    changed = {"filed_on": on, "decide_by": decide_by}
    _move(appeal, locked, "file", changed, by=by, at=at, on=on)


@transaction.atomic
def withdraw(appeal: Appeal, *, by: Person, at: datetime, on: date, reason: str = "") -> None:
    """Take it back, at any moment before it is decided. Errors: Refused."""
    locked = _ready(appeal, "withdraw", by=by, on=on)
    _move(appeal, locked, "withdraw", {}, by=by, at=at, on=on, reason=reason)


@transaction.atomic
def name_panel(
    appeal: Appeal,
    people: Sequence[Person],
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
) -> None:
    """Name the panel, the chair first; a second time (with a reason) another one.

    Errors: Refused unless there are exactly as many as the rule says, all of whom may sit. Who has
    voted stays, with the vote: nobody is taken off a panel for what they said.
    """
    locked = _ready(appeal, "name_panel", by=by, on=on)
    old = seats_of(locked)
    if old and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    _check_panel(locked, people, old, by=by, on=on)
    kept = {seat.person_id: seat for seat in old}
    PanelSeat.objects.filter(appeal=locked).delete()
    for place, person in enumerate(people, start=1):
        seat = kept.get(person.pk) or PanelSeat(person=person)
        PanelSeat.objects.create(
            appeal=locked,
            person=person,
            place=place,
            vote=seat.vote,
            reason=seat.reason,
            at=seat.at,
        )
    _move(
        appeal,
        locked,
        "name_panel",
        {},
        by=by,
        at=at,
        on=on,
        reason=reason,
        before={"panel": [seat.person.name for seat in old]},
        after={"panel": [person.name for person in people]},
        people=[person for person in people if person.pk not in kept],
    )


def _check_panel(
    appeal: Appeal, people: Sequence[Person], old: list[PanelSeat], *, by: Person, on: date
) -> None:
    many, chosen = rule_for(appeal.result).panel, {person.pk for person in people}
    problems = []
    if len(people) != many or len(chosen) != many:
        problems.append(Problem("appeal.panel_size", {"many": many}))
    if by.pk in chosen:
        problems.append(Problem("appeal.not_yourself"))
    problems += [
        Problem("appeal.has_voted", {"name": seat.person.name})
        for seat in old
        if seat.vote and seat.person_id not in chosen
    ]
    bars, free = barred_from(appeal, on), {person.pk for person in may_sit(appeal, on)}
    voted = {seat.person_id for seat in old if seat.vote}
    problems += [
        Problem(
            "appeal.barred", {"name": one.name, "why": Word(bars.get(one.pk, "appeal.bar_role"))}
        )
        for one in people
        if one.pk not in free | voted
    ]
    if problems:
        raise Refused(problems)


@transaction.atomic
def vote(
    appeal: Appeal, said: str, *, reason: str, by: Person, at: datetime, on: date
) -> PanelSeat:
    """A member's vote with its reason; until the decision they may vote again. Errors: Refused."""
    locked = _ready(appeal, "vote", by=by, on=on, reason=reason)
    if said not in Vote.values:
        raise Refused([Problem("appeal.no_such_vote")])
    seat = PanelSeat.objects.select_related("person").get(appeal=locked, person=by)
    before = {"vote": seat.vote}
    seat.vote, seat.reason, seat.at = said, reason.strip(), at
    seat.save()
    agreed = majority(seats_of(locked))
    chair = PanelSeat.objects.filter(appeal=locked, place=1).exclude(person=by)
    _move(
        appeal,
        locked,
        "vote",
        {},
        by=by,
        at=at,
        on=on,
        reason=reason,
        before=before,
        after={"vote": said},
        people=[one.person for one in chair] if agreed else [],
    )
    return seat


@transaction.atomic
def uphold(
    appeal: Appeal,
    outcomes: Mapping[str, Outcome],
    *,
    reason: str,
    by: Person,
    at: datetime,
    on: date,
) -> Result:
    """The chair writes that it is upheld, with the results that count instead.

    Gives the corrected result, computed under the same rules and not released yet. Errors: Refused.
    """
    locked = _ready(appeal, "uphold", by=by, on=on, reason=reason)
    check(locked, layers_under(locked), outcomes)
    made = correct(locked.result, dict(outcomes), reason=reason, by=by, at=at)
    changes = {number: as_json(outcome) for number, outcome in outcomes.items()}
    changed = _decided(reason, on) | {"changes": changes, "corrected": made}
    after = {"changes": changes}  # the new total is seen when it is released
    before = {"total": f"{locked.result.total:f}"}
    _move(
        appeal,
        locked,
        "uphold",
        changed,
        by=by,
        at=at,
        on=on,
        reason=reason,
        before=before,
        after=after,
    )
    return made


def foreseen(
    appeal: Appeal, outcomes: Mapping[str, Outcome], *, by: Person, at: datetime, on: date
) -> Result:
    """What `uphold` would give: corrected the same way, and taken back. Errors: Refused."""
    with transaction.atomic():
        locked = _ready(appeal, "uphold", by=by, on=on, reason="-")
        check(locked, layers_under(locked), outcomes)
        made = correct(locked.result, dict(outcomes), reason="-", by=by, at=at)
        transaction.set_rollback(True)
    return made


@transaction.atomic
def reject(appeal: Appeal, *, reason: str, by: Person, at: datetime, on: date) -> None:
    """The chair writes that it is rejected; the result stays as it is. Errors: Refused."""
    locked = _ready(appeal, "reject", by=by, on=on, reason=reason)
    _move(appeal, locked, "reject", _decided(reason, on), by=by, at=at, on=on, reason=reason)


def _decided(reason: str, on: date) -> dict[str, Any]:
    return {"decision": reason.strip(), "decided_on": on}


def _ready(appeal: Appeal, name: str, *, by: Person, on: date, reason: str = "") -> Appeal:
    """The appeal, locked, when the person may make the move. Errors: Refused."""
    found = Appeal.objects.select_for_update(of=("self",))
    found = found.select_related("result__body", "result__assessment__report__scorecard__body")
    locked = found.select_related("result__assessment__version").get(pk=appeal.pk)
    require(permissions.may_move(by, locked, name, on))
    if APPEAL_MOVES[name].needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    return locked


def _move(
    appeal: Appeal,
    locked: Appeal,
    name: str,
    changed: dict[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    people: Sequence[Person] = (),
) -> None:
    """Make one move of APPEAL_MOVES: state, history and notices, or nothing. Of two, one wins.

    `people` are told of it besides those whom `_tell` knows.
    """
    old, new = locked.state, str(APPEAL_MOVES[name].target)
    changed = changed | {"state": new} | ({} if new == old else {"since": at})
    if not Appeal.objects.filter(pk=locked.pk, state=old).update(**changed):
        raise Refused([Problem("appeal.already_moved")])
    for field, value in changed.items():
        setattr(locked, field, value)
        setattr(appeal, field, value)
    told = {
        field: value.isoformat() if isinstance(value, date) else value
        for field, value in changed.items()
        if field in ("ground", "numbers", "text", "filed_on", "decide_by", "decided_on")
    }
    record(
        f"appeal.{name}",
        locked,
        by=by,
        at=at,
        body=locked.result.body.code,
        before={"state": old} | dict(before or {}),
        after={"state": new} | told | dict(after or {}),
        reason=reason.strip(),
    )
    _tell(locked, name, people, by=by, at=at, on=on)


def _tell(
    appeal: Appeal, name: str, people: Sequence[Person], *, by: Person, at: datetime, on: date
) -> None:
    """Tell those whose turn it is; the body of what was done with it; the panel of its end."""
    body = appeal.result.body
    listed = {one.pk: one for one in people}
    if name in ("file", "uphold", "withdraw") and appeal.filed_on:
        listed |= {one.pk: one for one in people_with(on, Role.ANALYST)}
    if name in ("file", "uphold", "reject", "withdraw"):
        own = people_with(on, Role.REPORTER, Role.APPROVER, body=body)
        listed |= {one.pk: one for one in own}
    if name == "write":
        listed |= {one.pk: one for one in people_with(on, Role.APPROVER, body=body)}
    if name in ("uphold", "reject", "withdraw"):
        listed |= {seat.person_id: seat.person for seat in seats_of(appeal)}
    listed.pop(by.pk, None)
    due = appeal.file_by if appeal.state == AppealState.DRAFT else appeal.decide_by
    tell(
        listed.values(),
        f"notice.appeal_{name}",
        path=reverse("appeals:appeal", args=[appeal.pk]),
        key=f"appeal:{appeal.pk}:{name}:{at.isoformat()}",
        at=at,
        body=body.name_th,
        year=appeal.result.fiscal_year,
        day=(due or on).isoformat(),
    )
