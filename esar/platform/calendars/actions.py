"""Writes: an extension with its reason, and reminders before a day comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.holidays import last_known
from esar.law.rules.years import FiscalYear
from esar.platform.calendars.models import Extension
from esar.platform.calendars.permissions import may_extend
from esar.platform.calendars.queries import Entry, day_of_the_law, entries
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_of

DAYS_BEFORE = (21, 14, 7, 1)


def too_late(year: int, last_day: date) -> list[Problem]:
    """That a day lies more than a year after its fiscal year, where no report is received."""
    latest = last_known(FiscalYear(year))
    return [Problem("calendar.too_late", {"day": latest})] if last_day > latest else []


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
    require(may_extend(by, on, body))
    entries_by_id = {one.id: one for one in entries(year, body.kind if body else None, body)}
    if rule_id not in entries_by_id:
        raise Refused([Problem("calendar.no_such_entry", {"entry": rule_id, "year": year})])
    problems = []
    if not reason.strip():
        problems.append(Problem("calendar.no_reason"))
    if last_day < (first_day or entries_by_id[rule_id].first or last_day):
        problems.append(Problem("calendar.days_run_back"))
    by_law = day_of_the_law(year, rule_id, body)
    if by_law is not None and last_day < by_law:
        problems.append(Problem("calendar.before_the_law", {"day": by_law}))
    problems += too_late(year, last_day)
    if problems:
        raise Refused(problems)
    words = {
        "fiscal_year": year,
        "rule_id": rule_id,
        "body": body,
        "first_day": first_day,
        "last_day": last_day,
        "reason": reason.strip(),
    }
    newest = begun_already(Extension.objects.all(), by=by, **words)
    if newest and entries_by_id[rule_id].last == last_day:  # not where another came after it
        return newest
    extension = Extension.objects.create(by=by, at=at, **words)
    record(
        "calendar.extended",
        extension,
        by=by,
        at=at,
        body=body.code if body else "",
        reason=reason,
        before={"last_day": entries_by_id[rule_id].last.isoformat()},
        after={"entry": rule_id, "last_day": last_day.isoformat()},
    )
    return extension


def remind(year: int, *, on: date, at: datetime) -> int:
    """Tell reporters and approvers 21, 14, 7 and 1 days before a deadline or a window's end.

    The day is the one that binds on `on`; a body with an extension of its own is told of its own.
    """
    moved = Extension.objects.filter(fiscal_year=year, body__isnull=False).select_related("body")
    of_their_own = {entry.body for entry in moved if entry.body is not None}
    count = 0
    for entry in entries(year, on=on):
        if entry.days_left(on) in DAYS_BEFORE:
            usual = Body.objects.filter(kind__in=entry.rule.entry.bodies)
            elsewhere_extended = [
                each.body_id for each in moved if each.rule_id == entry.id and each.body_id
            ]
            count += _remind(
                entry, usual.exclude(pk__in=elsewhere_extended).values_list("pk", flat=True), on, at
            )
    for body in of_their_own:
        for entry in entries(year, body.kind, body, on=on):
            is_own = entry.extension is not None and entry.extension.body_id == body.pk
            if is_own and entry.days_left(on) in DAYS_BEFORE:
                count += _remind(entry, [body.pk], on, at)
    return count


def _remind(entry: Entry, bodies: Iterable[int], on: date, at: datetime) -> int:
    people, left = list(people_of(bodies, on, Role.REPORTER, Role.APPROVER)), entry.days_left(on)
    tell(
        people,
        "notice.reminder",
        path=reverse("calendars:calendar", args=[entry.year]),
        key=f"reminder:{entry.year}:{entry.id}:{entry.last}:{left}",
        at=at,
        entry={"th": entry.label.th, "en": entry.label.en},
        days=left,
        day=entry.last.isoformat(),
    )
    return len(people)
