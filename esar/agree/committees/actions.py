"""Writes of a sitting: called, its table set, who is there. What it resolves is `resolutions`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    named,
    notice_to_members,
)
from esar.agree.committees.models import AgendaItem, Attendance, Paper, Sitting
from esar.agree.committees.permissions import may_call
from esar.agree.committees.queries import (
    ITEM_RELATED,
    Tabled,
    attendance_of,
    content_of,
    hash_of,
    is_before,
    law_of,
    no_rule,
    number_year,
    present_members,
    quorum_needed,
    rule_for,
    rule_of,
    thing_of,
)
from esar.agree.committees.signals import resolved_beside
from esar.agree.committees.states import SittingState
from esar.agree.scorecards.models import Scorecard
from esar.kernel import spelling
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.refusals import refusal
from esar.platform.calendars.actions import too_late
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.notices.actions import tell
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.models import Committee, Person
from esar.platform.organisations.queries import members_on


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
    """Call the next sitting, numbered as the rulebook of its day says, and tell the members."""
    require(may_call(by, committee, on))
    problems = too_late(year, timezone.localdate(held_at))
    if timezone.localdate(held_at) < on:
        problems.append(Problem("sitting.day_is_past", {"day": timezone.localdate(held_at)}))
    if not (committee.first_year or year) <= year <= (committee.last_year or year):
        figures: dict[str, object] = {"year": year, "committee": committee.name_th}
        problems.append(Problem("sitting.not_its_year", figures))
    elif rule_for(committee, year) is None:
        problems.append(no_rule(committee, year))
    if problems:
        raise Refused(problems)
    Committee.objects.select_for_update().get(pk=committee.pk)
    planned = Sitting.objects.filter(state=SittingState.PLANNED, committee=committee)
    if begun := begun_already(planned, by=by, held_at=held_at, place=place):
        return begun
    counted_in = number_year(committee, year, timezone.localdate(held_at))
    same_year = Sitting.objects.filter(committee=committee, number_year=counted_in)
    last = same_year.order_by("-number").first()
    sitting = Sitting.objects.create(
        committee=committee,
        fiscal_year=year,
        number=(last.number if last else 0) + 1,
        number_year=counted_in,
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
    sitting: Sitting, subject: Tabled, *, by: Person, at: datetime, on: date
) -> AgendaItem:
    """Put a scorecard, a change request or a paper on the table, as it is now."""
    locked = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, locked, "agenda", on))
    subject = _as_it_is(subject)
    if not is_before(locked.committee, subject):
        raise Refused([Problem("sitting.not_yours", {"body": named(subject)})])
    last = AgendaItem.objects.filter(sitting=locked).order_by("-place").first()
    place = last.place + 1 if last else 1
    keys: dict[str, Any] = {COLUMN_OF[type(subject)]: subject}
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
        tabled = AgendaItem.objects.select_related("sitting").get(carried_out_at=None, **keys)
        there, figures = SITTING_LIFE.address(tabled.sitting), {"body": named(subject)}
        raise Refused([Problem("sitting.already_tabled", figures, there=there)]) from error
    after = {"sitting": str(locked), "sha256": item.sha256}
    record("agenda.tabled", subject, by=by, at=at, body=body_code(subject), after=after)
    return item


def table_anew(item: AgendaItem, *, by: Person, at: datetime, on: date) -> None:
    """What lies on the table is what the thing says now; what was resolved on it stays to correct.

    Of a paper whose text is what the committee itself resolves.
    """
    locked = SITTING_LIFE.locked(item.sitting)
    require(SITTING_LIFE.may(by, locked, "agenda", on))
    subject, before = _as_it_is(thing_of(item)), {"sha256": item.sha256}
    item.content, item.sha256 = content_of(subject), hash_of(subject)
    item.save(update_fields=["content", "sha256"])
    after = {"sitting": str(locked), "sha256": item.sha256}
    body = body_code(subject)
    record("agenda.tabled", subject, by=by, at=at, body=body, before=before, after=after)


COLUMN_OF = {Scorecard: "scorecard", ChangeRequest: "change", Paper: "paper"}


def _as_it_is(thing: Tabled) -> Tabled:
    """The thing read anew and locked, so that its hash is of what is on the table now."""
    if isinstance(thing, ChangeRequest):
        return with_present_effect(thing)
    locked: Tabled = life_of(thing).locked(thing)
    return locked


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: Person, at: datetime, on: date) -> None:
    """Take an unresolved item off the table. No other item changes its number."""
    locked = SITTING_LIFE.locked(item.sitting)
    require(SITTING_LIFE.may(by, locked, "agenda", on))
    fresh = AgendaItem.objects.select_related(*ITEM_RELATED).get(pk=item.pk)
    if fresh.outcome:
        raise Refused([Problem("sitting.item_resolved", {"places": (fresh.place,)})])
    subject = thing_of(fresh)
    fresh.delete()
    before = {"sitting": str(locked)}
    record("agenda.taken_off", subject, by=by, at=at, body=body_code(subject), before=before)


@transaction.atomic
def mark_attendance(
    sitting: Sitting,
    present: list[Person],
    *,
    by: Person,
    at: datetime,
    on: date,
    invited: Collection[int] | None = None,
    seen: str | None = None,
) -> None:
    """Write down which members are there. Stand-ins are members by their delegation's holder.

    `invited` are the ids of those invited who came; None leaves them as they are. `seen` is the
    mark of who was written down, and invited, on the page before; None where no page is behind it.
    """
    locked = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, locked, "attendance", on))
    rows = attendance_of(locked)
    if seen is not None and seen != mark_of_attendance(rows):
        if _are_there(rows) == ({person.pk for person in present}, set(invited or ())):
            return  # sent twice
        raise Refused([Problem("sitting.attendance_changed")])
    seats = {seat.person_id: seat for seat in members_on(locked.committee, on)}
    strangers = [person.name for person in present if person.pk not in seats]
    if strangers:
        figures = {"names": tuple(strangers)}
        raise Refused([refusal("sitting.not_a_member", law_of(locked), figures)])
    before = _names_of(rows)
    Attendance.objects.filter(sitting=locked, is_guest=False).delete()
    Attendance.objects.bulk_create(
        Attendance(sitting=locked, person=person, name=person.name, seat=seats[person.pk].seat)
        for person in present
    )
    guests = Attendance.objects.filter(sitting=locked, is_guest=True)
    if invited is not None:
        guests.update(came=False)
        guests.filter(pk__in=invited).update(came=True)
    resolved = AgendaItem.objects.filter(sitting=locked).exclude(outcome="").exists()
    if (resolved or resolved_beside(locked)) and present_members(locked, on) < quorum_needed(
        locked, on
    ):
        raise Refused([refusal("sitting.quorum_resolved", law_of(locked), {})])
    record(
        "sitting.attendance",
        locked,
        by=by,
        at=at,
        before={"present": before},
        after={"present": _names_of(attendance_of(locked))},
    )


def mark_of_attendance(rows: Sequence[Attendance]) -> str:
    """The mark of who is written down as there, and of those invited, as their page shows them."""
    members, came = _are_there(rows)
    invited = sorted(row.pk for row in rows if row.is_guest)
    return mark_of([sorted(members), invited, sorted(came)])


def _names_of(rows: Sequence[Attendance]) -> list[str]:
    """The names of those who are written down as there, the members first."""
    return [row.name for row in rows if row.came]


def _are_there(rows: Sequence[Attendance]) -> tuple[set[int], set[int]]:
    """The members who are there, as persons, and the rows of those invited who came."""
    members = {row.person_id for row in rows if not row.is_guest and row.person_id is not None}
    return members, {row.pk for row in rows if row.is_guest and row.came}


@transaction.atomic
def invite_guest(
    sitting: Sitting, name: str, *, post: str = "", by: Person, at: datetime, on: date
) -> Attendance:
    """Someone invited for this sitting only, where the rules let the committee invite.

    `post` is the post whose duty the matter is: whoever sits as a member is invited by it. That
    they came is marked with the attendance.
    """
    locked = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, locked, "attendance", on))
    rule = rule_of(locked)
    if rule is None or not rule.may_invite:
        raise Refused([refusal("sitting.may_not_invite", law_of(locked), {})])
    problems = []
    if not name.strip():
        problems.append(Problem("sitting.guest_needs_name"))
    if not post.strip() and rule.invited_sit_as == "members":
        problems.append(refusal("sitting.guest_needs_post", law_of(locked), {}))
    if problems:
        raise Refused(problems)
    members = [seat.person.name for seat in members_on(locked.committee, on)]
    guests = Attendance.objects.filter(sitting=locked, is_guest=True).values_list("name", flat=True)
    if spelling.person(name) in map(spelling.person, [*members, *guests]):
        raise Refused([Problem("sitting.already_invited", {"name": name})])
    guest = Attendance.objects.create(
        sitting=locked, name=spelling.normal(name), seat=post.strip(), is_guest=True, came=False
    )
    record("sitting.guest", locked, by=by, at=at, after={"name": name, "post": post.strip()})
    return guest
