"""Writes of a sitting. A resolution binds the hash of what was on the table, or it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from esar.agree.changes.actions import with_present_effect
from esar.agree.changes.models import ChangeRequest
from esar.agree.committees.life import (
    SITTING_LIFE,
    body_code,
    life_of,
    notice_to_members,
    quorum_problems,
)
from esar.agree.committees.models import AgendaItem, Attendance, Sitting
from esar.agree.committees.permissions import may_call
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
from esar.agree.committees.states import Outcome
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
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
    require(may_call(by, committee, on))
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
    notice = notice_to_members(sitting, "notice.sitting_called", on)
    key, path = f"{notice.code}:{sitting.pk}", SITTING_LIFE.address(sitting)
    tell(notice.people, notice.code, path=path, key=key, at=at, **notice.figures)
    return sitting


@transaction.atomic
def put_on_agenda(
    sitting: Sitting, subject: Scorecard | ChangeRequest, *, by: Person, at: datetime, on: date
) -> AgendaItem:
    """Put a scorecard or a change request on the table, as it is now."""
    locked = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, locked, "agenda", on))
    subject = _as_it_is(subject)
    card = subject if isinstance(subject, Scorecard) else subject.scorecard
    is_theirs = considers(locked.committee, card.body_id, card.fiscal_year)
    if level_of(subject) != locked.committee.level or not is_theirs:
        raise Refused([Problem("sitting.not_yours", {"body": card.body.name_th})])
    last = AgendaItem.objects.filter(sitting=locked).order_by("-place").first()
    place = last.place + 1 if last else 1
    kind = "scorecard" if isinstance(subject, Scorecard) else "change"
    keys: dict[str, Any] = {kind: subject}
    try:
        with transaction.atomic():
            item = AgendaItem.objects.create(
                sitting=locked,
                place=place,
                sha256=hash_of(subject),
                content=content_of(subject),
                **keys,
            )
    except IntegrityError as error:
        raise Refused([Problem("sitting.already_tabled", {"body": card.body.name_th})]) from error
    after = {"sitting": str(locked), "sha256": item.sha256}
    record("agenda.tabled", subject, by=by, at=at, body=card.body.code, after=after)
    return item


def _as_it_is(thing: Scorecard | ChangeRequest) -> Scorecard | ChangeRequest:
    """The thing read anew and locked, so that its hash is of what is on the table now."""
    if isinstance(thing, Scorecard):
        return SCORECARD_LIFE.locked(thing)
    return with_present_effect(thing)


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: Person, at: datetime, on: date) -> None:
    """Take an unresolved item off the table. No other item changes its number."""
    locked = SITTING_LIFE.locked(item.sitting)
    require(SITTING_LIFE.may(by, locked, "agenda", on))
    fresh = AgendaItem.objects.select_related("scorecard__body", "change__scorecard__body").get(
        pk=item.pk
    )
    if fresh.outcome:
        raise Refused([Problem("sitting.item_resolved")])
    subject = thing_of(fresh)
    fresh.delete()
    before = {"sitting": str(locked)}
    record("agenda.taken_off", subject, by=by, at=at, body=body_code(subject), before=before)


@transaction.atomic
def mark_attendance(
    sitting: Sitting, present: list[Person], *, by: Person, at: datetime, on: date
) -> None:
    """Write down which members are there. Stand-ins are members by their delegation's holder."""
    locked = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, locked, "attendance", on))
    seats = {seat.person_id: seat for seat in members_on(locked.committee, on)}
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
    locked = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, locked, "attendance", on))
    rule = rule_of(locked)
    if rule is None or not rule.may_invite:
        raise Refused([Problem("sitting.may_not_invite")])
    Attendance.objects.create(sitting=locked, name=name, is_guest=True)
    record("sitting.guest", locked, by=by, at=at, after={"name": name})


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
    seen: str | None = None,
) -> None:
    """Record what the committee resolved, and carry it out, or neither.

    `votes` are (for, against); none means that no one spoke against. `seen` is the token of the
    item on the page of the sitting; None where no page is behind it, which no view may say.
    Errors: Refused without a quorum or a majority, when the thing is not what was put on the table
    or was seen, or it was resolved.
    """
    sitting = SITTING_LIFE.locked(item.sitting)
    fresh = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("scorecard__body__parent", "change__scorecard__body__parent")
        .get(pk=item.pk)
    )
    require(SITTING_LIFE.may(by, sitting, "resolve", on))
    if fresh.outcome:
        raise Refused([Problem("sitting.item_resolved")])
    subject, life = thing_of(fresh), life_of(thing_of(fresh))
    if problems := [*quorum_problems(sitting, on)] or _outcome_problems(
        sitting, fresh, outcome, votes, on
    ):
        raise Refused(problems)
    if outcome == Outcome.DEFERRED:
        # Whoever may not decide a thing may not put it off either.
        require(life.may(by, subject, outcomes_for(subject)[0], on))
        if seen is not None:
            life.require_seen(subject, seen)
        if not reason.strip():
            raise Refused([Problem("form.no_reason")])
    votes_for, votes_against = votes or (None, None)
    AgendaItem.objects.filter(pk=fresh.pk, outcome="").update(
        outcome=outcome,
        reason=reason.strip(),
        resolved_at=at,
        votes_for=votes_for,
        votes_against=votes_against,
        present=present_members(sitting, on),
        needed=quorum_needed(sitting, on),
    )
    after = {"item": fresh.place, "outcome": outcome, "sha256": fresh.sha256}
    record("sitting.resolved", sitting, by=by, at=at, after=after, reason=reason)
    if outcome == Outcome.DEFERRED:
        body, after = body_code(subject), {"sitting": str(sitting)}
        record("agenda.deferred", subject, by=by, at=at, body=body, reason=reason, after=after)
        return
    resolution = f"{sitting} วาระที่ {fresh.place}"
    life.move(
        subject, outcome, by=by, at=at, on=on, reason=reason, resolution=resolution, seen=seen
    )


def _outcome_problems(
    sitting: Sitting, item: AgendaItem, outcome: str, votes: tuple[int, int] | None, on: date
) -> list[Problem]:
    """Why this may not come of an item: no such outcome, another thing, or no majority."""
    subject, problems = thing_of(item), []
    if outcome not in outcomes_for(subject):
        problems.append(Problem("sitting.no_such_outcome", {"outcome": Word(f"outcome.{outcome}")}))
    if hash_of(subject) != item.sha256:
        problems.append(Problem("sitting.table_changed", {"tabled": item.sha256[:12]}))
    present = present_members(sitting, on)
    if votes is not None:
        needed = votes_needed(sitting, present)
        if sum(votes) > present:
            problems.append(Problem("sitting.too_many_votes", {"present": present}))
        elif votes[0] < needed:
            figures: dict[str, object] = {"votes": votes[0], "needed": needed}
            problems.append(Problem("sitting.no_majority", figures))
    return problems


@dataclass(frozen=True)
class Resolved:
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
    tokens: Mapping[int, str] | None = None,
) -> list[Resolved]:
    """One resolution for many items: each with the checks of a single one, each on its own.

    `tokens` are those of the items on the page of the sitting, by the item's id.
    """
    resolved = []
    for item in items:
        seen = None if tokens is None else tokens.get(item.pk, "")
        try:
            resolve(item, outcome, by=by, at=at, on=on, reason=reason, votes=votes, seen=seen)
            resolved.append(Resolved(item))
        except Refused as refused:
            resolved.append(Resolved(item, refused.problems))
    return resolved
