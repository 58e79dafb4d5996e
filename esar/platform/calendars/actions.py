"""Writes: an extension with its reason, and reminders before a day comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.calendars.models import Extension
from esar.platform.calendars.permissions import may_extend
from esar.platform.calendars.queries import Entry, entries
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_of

DAYS_BEFORE = (21, 14, 7, 1)


@transaction.atomic
def extend(
    year: int,
    rule_id: str,
    *,
    last_day: date,
    reason: str,
    by: Person,
    at: datetime,
    on: date,
    body: Body | None = None,
    first_day: date | None = None,
) -> Extension:
    """Record that an entry ends on another day.

    Errors: Refused without the right, for an entry that is not there, or a day that helps no one.
    """
    require(may_extend(by, on))
    known = {one.id: one for one in entries(year, body.kind if body else None, body)}
    if rule_id not in known:
        raise Refused([Problem("calendar.no_such_entry", {"entry": rule_id, "year": year})])
    problems = []
    if not reason.strip():
        problems.append(Problem("calendar.no_reason"))
    if last_day < (first_day or known[rule_id].first or last_day):
        problems.append(Problem("calendar.days_run_back"))
    if problems:
        raise Refused(problems)
    made = Extension.objects.create(
        fiscal_year=year,
        rule_id=rule_id,
        body=body,
        first_day=first_day,
        last_day=last_day,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    record(
        "calendar.extended",
        made,
        by=by,
        at=at,
        body=body.code if body else "",
        reason=reason,
        before={"last_day": known[rule_id].last.isoformat()},
        after={"entry": rule_id, "last_day": last_day.isoformat()},
    )
    return made


def remind(year: int, *, on: date, at: datetime) -> int:
    """Tell reporters and approvers 21, 14, 7 and 1 days before a deadline or a window's end.

    The day is the one that binds on `on`; a body with an extension of its own is told of its own.
    """
    moved = Extension.objects.filter(fiscal_year=year, body__isnull=False).select_related("body")
    of_their_own = {one.body for one in moved if one.body is not None}
    told = 0
    for one in entries(year, on=on):
        if one.days_left(on) in DAYS_BEFORE:
            usual = Body.objects.filter(kind__in=one.rule.entry.bodies)
            others = [each.body_id for each in moved if each.rule_id == one.id]
            told += _remind(one, usual.exclude(pk__in=others).values_list("pk", flat=True), on, at)
    for body in of_their_own:
        for one in entries(year, body.kind, body, on=on):
            is_own = one.extension is not None and one.extension.body_id == body.pk
            if is_own and one.days_left(on) in DAYS_BEFORE:
                told += _remind(one, [body.pk], on, at)
    return told


def _remind(one: Entry, bodies: Iterable[int], on: date, at: datetime) -> int:
    people, left = list(people_of(bodies, on, Role.REPORTER, Role.APPROVER)), one.days_left(on)
    tell(
        people,
        "notice.reminder",
        path=reverse("calendars:calendar", args=[one.year]),
        key=f"reminder:{one.year}:{one.id}:{one.last}:{left}",
        at=at,
        entry={"th": one.label.th, "en": one.label.en},
        days=left,
        day=one.last.isoformat(),
    )
    return len(people)
