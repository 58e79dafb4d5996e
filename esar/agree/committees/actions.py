"""Writes of a sitting. A resolution binds the hash of what was on the table, or it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from esar.agree.changes.actions import move_change, with_present_effect
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.permissions import may_move_change
from esar.agree.committees import permissions
from esar.agree.committees.models import AgendaItem, Attendance, Sitting
from esar.agree.committees.queries import (
    content_of,
    hash_of,
    level_of,
    outcomes_for,
    present_members,
    quorum_needed,
    rule_of,
    thing_of,
    votes_needed,
)
from esar.agree.committees.states import SITTING_MOVES, Outcome
from esar.agree.scorecards.actions import move
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.permissions import may_move
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Committee, Person
from esar.platform.organisations.queries import considers, members_on


@transaction.atomic
def call(
    committee: Committee,
    *,
    year: int,
    held_at: datetime,
    place: str,
    by: Person,
    at: datetime,
    on: date,
) -> Sitting:
    """Call the next sitting of the year, and tell the members."""
    require(permissions.may_call(by, committee, on))
    if timezone.localdate(held_at) < on:
        raise Refused([Problem("sitting.day_is_past", {"day": timezone.localdate(held_at)})])
    if not (committee.first_year or year) <= year <= (committee.last_year or year):
        figures: dict[str, object] = {"year": year, "committee": committee.name_th}
        raise Refused([Problem("sitting.not_its_year", figures)])
    Committee.objects.select_for_update().get(pk=committee.pk)
    last = Sitting.objects.filter(committee=committee, fiscal_year=year).order_by("-number").first()
    sitting = Sitting.objects.create(
        committee=committee,
        fiscal_year=year,
        number=(last.number if last else 0) + 1,
        held_at=held_at,
        place=place,
        since=at,
    )
    after = {"committee": committee.code, "number": sitting.number, "held_at": held_at.isoformat()}
    record("sitting.called", sitting, by=by, at=at, after=after)
    _tell_members(sitting, "notice.sitting_called", at=at, on=on)
    return sitting


def _tell_members(sitting: Sitting, code: str, *, at: datetime, on: date) -> None:
    people = [one.person for one in members_on(sitting.committee, on)]
    tell(
        people,
        code,
        path=reverse("committees:sitting", args=[sitting.pk]),
        key=f"{code}:{sitting.pk}",
        at=at,
        sitting=str(sitting),
        place=sitting.place,
        day=timezone.localdate(sitting.held_at).isoformat(),
    )


def _locked(sitting: Sitting) -> Sitting:
    return (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("committee")
        .get(pk=sitting.pk)
    )


@transaction.atomic
def put_on_agenda(
    sitting: Sitting, thing: Scorecard | ChangeRequest, *, by: Person, at: datetime, on: date
) -> AgendaItem:
    """Put a scorecard or a change request on the table, as it is now."""
    locked = _locked(sitting)
    require(permissions.may_do(by, locked, "agenda", on))
    thing = _as_it_is(thing)
    card = thing if isinstance(thing, Scorecard) else thing.scorecard
    theirs = considers(locked.committee, card.body_id, card.fiscal_year)
    if level_of(thing) != locked.committee.level or not theirs:
        raise Refused([Problem("sitting.not_yours", {"body": card.body.name_th})])
    last = AgendaItem.objects.filter(sitting=locked).order_by("-place").first()
    place = last.place + 1 if last else 1
    kind = "scorecard" if isinstance(thing, Scorecard) else "change"
    keys: dict[str, Any] = {kind: thing}
    try:
        with transaction.atomic():
            item = AgendaItem.objects.create(
                sitting=locked,
                place=place,
                sha256=hash_of(thing),
                content=content_of(thing),
                **keys,
            )
    except IntegrityError as error:
        raise Refused([Problem("sitting.already_tabled", {"body": card.body.name_th})]) from error
    after = {"sitting": str(locked), "sha256": item.sha256}
    record("agenda.tabled", thing, by=by, at=at, body=card.body.code, after=after)
    return item


def _as_it_is(thing: Scorecard | ChangeRequest) -> Scorecard | ChangeRequest:
    """The thing read anew and locked, so that its hash is of what is on the table now."""
    if isinstance(thing, Scorecard):
        cards = Scorecard.objects.select_for_update(of=("self",))
        return cards.select_related("body__parent").get(pk=thing.pk)
    return with_present_effect(thing)


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: Person, at: datetime, on: date) -> None:
    """Take an unresolved item off the table. No other item changes its number."""
    locked = _locked(item.sitting)
    require(permissions.may_do(by, locked, "agenda", on))
    fresh = AgendaItem.objects.select_related("scorecard__body", "change__scorecard__body").get(
        pk=item.pk
    )
    if fresh.outcome:
        raise Refused([Problem("sitting.item_resolved")])
    thing = thing_of(fresh)
    fresh.delete()
    _taken_off(thing, locked, by=by, at=at)


@transaction.atomic
def mark_attendance(
    sitting: Sitting, present: list[Person], *, by: Person, at: datetime, on: date
) -> None:
    """Write down which members are there. Stand-ins are members by their delegation's holder."""
    locked = _locked(sitting)
    require(permissions.may_do(by, locked, "attendance", on))
    seats = {one.person_id: one for one in members_on(locked.committee, on)}
    resolved = AgendaItem.objects.filter(sitting=locked).exclude(outcome="").exists()
    if resolved and len(present) < quorum_needed(locked, on):
        raise Refused([Problem("sitting.quorum_resolved")])
    strangers = [person.name for person in present if person.pk not in seats]
    if strangers:
        raise Refused([Problem("sitting.not_a_member", {"names": tuple(strangers)})])
    Attendance.objects.filter(sitting=locked, is_guest=False).delete()
    Attendance.objects.bulk_create(
        Attendance(sitting=locked, person=person, name=person.name, seat=seats[person.pk].seat)
        for person in present
    )
    names = [person.name for person in present]
    record("sitting.attendance", locked, by=by, at=at, after={"present": names})


@transaction.atomic
def invite_guest(sitting: Sitting, name: str, *, by: Person, at: datetime, on: date) -> None:
    """Someone invited for this sitting only, where the rules let the committee invite."""
    locked = _locked(sitting)
    require(permissions.may_do(by, locked, "attendance", on))
    rule = rule_of(locked)
    if rule is None or not rule.may_invite:
        raise Refused([Problem("sitting.may_not_invite")])
    Attendance.objects.create(sitting=locked, name=name, is_guest=True)
    record("sitting.guest", locked, by=by, at=at, after={"name": name})


@transaction.atomic
def move_sitting(
    sitting: Sitting,
    name: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
    minutes: str = "",
) -> None:
    """Open (with a quorum), close (with minutes, nothing unresolved) or cancel a sitting."""
    table = SITTING_MOVES[name]
    locked = _locked(sitting)
    require(permissions.may_do(by, locked, name, on))
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    unresolved = AgendaItem.objects.filter(sitting=locked, outcome="")
    if name == "open":
        if on < timezone.localdate(locked.held_at):
            raise Refused(
                [Problem("sitting.too_early", {"day": timezone.localdate(locked.held_at)})]
            )
        _check_quorum(locked, on)
    elif name == "close":
        _check_closing(minutes, unresolved.count())
    else:
        _let_go(locked, by, at)
    written = minutes.strip() if name == "close" else ""
    changed = {"state": table.target, "since": at, "minutes": written}
    if not Sitting.objects.filter(pk=locked.pk, state=locked.state).update(**changed):
        raise Refused([Problem("scorecard.already_moved")])
    record(
        f"sitting.{name}",
        locked,
        by=by,
        at=at,
        before={"state": locked.state},
        after={"state": table.target, "minutes": written},
        reason=reason,
    )
    sitting.state = table.target
    if name == "cancel":
        _tell_members(sitting, "notice.sitting_cancelled", at=at, on=on)


def _let_go(sitting: Sitting, by: Person, at: datetime) -> None:
    """Free every item of a cancelled sitting for another table, and say so on each."""
    items = AgendaItem.objects.filter(sitting=sitting, outcome="")
    for item in items.select_related("scorecard__body", "change__scorecard__body"):
        _taken_off(thing_of(item), sitting, by=by, at=at)
    items.delete()


def _taken_off(
    thing: Scorecard | ChangeRequest, sitting: Sitting, *, by: Person, at: datetime
) -> None:
    body = thing.body if isinstance(thing, Scorecard) else thing.scorecard.body
    before = {"sitting": str(sitting)}
    record("agenda.taken_off", thing, by=by, at=at, body=body.code, before=before)


def _check_quorum(sitting: Sitting, on: date) -> None:
    present, needed = present_members(sitting, on), quorum_needed(sitting, on)
    if present < needed:
        raise Refused([Problem("sitting.no_quorum", {"present": present, "needed": needed})])


def _check_closing(minutes: str, unresolved: int) -> None:
    problems = []
    if not minutes.strip():
        problems.append(Problem("sitting.no_minutes"))
    if unresolved:
        problems.append(Problem("sitting.unresolved", {"count": unresolved}))
    if problems:
        raise Refused(problems)


@transaction.atomic
def resolve(
    item: AgendaItem,
    outcome: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
    votes: tuple[int, int] | None = None,
) -> None:
    """Record what the committee resolved, and carry it out, or neither.

    `votes` are (for, against); none means that no one spoke against. Errors: Refused without a
    quorum or a majority, when the thing is not what was put on the table, or it was resolved.
    """
    sitting = _locked(item.sitting)
    fresh = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("scorecard__body__parent", "change__scorecard__body__parent")
        .get(pk=item.pk)
    )
    require(permissions.may_do(by, sitting, "resolve", on))
    if fresh.outcome:
        raise Refused([Problem("sitting.item_resolved")])
    _check_quorum(sitting, on)
    thing = thing_of(fresh)
    _check_outcome(sitting, fresh, outcome, votes, on)
    if outcome == Outcome.DEFERRED:
        _check_deferring(thing, by, on)
    tally = votes or (None, None)
    AgendaItem.objects.filter(pk=fresh.pk, outcome="").update(
        outcome=outcome,
        reason=reason.strip(),
        resolved_at=at,
        votes_for=tally[0],
        votes_against=tally[1],
        present=present_members(sitting, on),
        needed=quorum_needed(sitting, on),
    )
    after = {"item": fresh.place, "outcome": outcome, "sha256": fresh.sha256}
    record("sitting.resolved", sitting, by=by, at=at, after=after, reason=reason)
    if outcome == Outcome.DEFERRED:
        if not reason.strip():
            raise Refused([Problem("form.no_reason")])
        body = thing.body if isinstance(thing, Scorecard) else thing.scorecard.body
        record(
            "agenda.deferred",
            thing,
            by=by,
            at=at,
            body=body.code,
            reason=reason,
            after={"sitting": str(sitting)},
        )
        return
    resolution = f"{sitting} วาระที่ {fresh.place}"
    if isinstance(thing, Scorecard):
        move(thing, outcome, by=by, at=at, on=on, reason=reason, resolution=resolution)
    else:
        move_change(thing, outcome, by=by, at=at, on=on, reason=reason, resolution=resolution)


def _check_deferring(thing: Scorecard | ChangeRequest, by: Person, on: date) -> None:
    """Whoever may not decide a thing may not put it off either."""
    decisive = outcomes_for(thing)[0]
    if isinstance(thing, Scorecard):
        require(may_move(by, thing, decisive, on))
    else:
        require(may_move_change(by, thing, decisive, on))


def _check_outcome(
    sitting: Sitting, item: AgendaItem, outcome: str, votes: tuple[int, int] | None, on: date
) -> None:
    thing, problems = thing_of(item), []
    if outcome not in outcomes_for(thing):
        problems.append(Problem("sitting.no_such_outcome", {"outcome": Word(f"outcome.{outcome}")}))
    if hash_of(thing) != item.sha256:
        problems.append(Problem("sitting.table_changed", {"tabled": item.sha256[:12]}))
    present = present_members(sitting, on)
    if votes is not None:
        needed = votes_needed(sitting, present)
        if sum(votes) > present:
            problems.append(Problem("sitting.too_many_votes", {"present": present}))
        elif votes[0] < needed:
            figures: dict[str, object] = {"votes": votes[0], "needed": needed}
            problems.append(Problem("sitting.no_majority", figures))
    if problems:
        raise Refused(problems)


@dataclass(frozen=True)
class Done:
    """What became of one item of a batch."""

    item: AgendaItem
    problems: tuple[Problem, ...] = ()


def resolve_many(
    items: list[AgendaItem],
    outcome: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
    votes: tuple[int, int] | None = None,
) -> list[Done]:
    """One resolution for many items: each with the checks of a single one, each on its own."""
    done = []
    for item in items:
        try:
            resolve(item, outcome, by=by, at=at, on=on, reason=reason, votes=votes)
            done.append(Done(item))
        except Refused as refused:
            done.append(Done(item, refused.problems))
    return done
