"""Writes: an extension with its reason, and reminders before a day comes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from esar.access import require
from esar.calendars.models import Extension
from esar.calendars.permissions import may_extend
from esar.calendars.queries import entries
from esar.history.actions import record
from esar.notices.actions import tell
from esar.organisations.models import Body, Person, Role
from esar.organisations.queries import people_with
from esar.problems import Problem, Refused

DAYS_BEFORE = (21, 14, 7, 1)


@transaction.atomic
def extend(
    year: int, rule_id: str, *, last_day: date, reason: str, by: Person, at: datetime, on: date,
    body: Body | None = None, first_day: date | None = None,
) -> Extension:  # fmt: skip
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
        fiscal_year=year, rule_id=rule_id, body=body, first_day=first_day, last_day=last_day,
        reason=reason.strip(), by=by, at=at,
    )  # fmt: skip
    record(
        "calendar.extended", made, by=by, at=at, body=body.code if body else "", reason=reason,
        before={"last_day": known[rule_id].last.isoformat()},
        after={"entry": rule_id, "last_day": last_day.isoformat()},
    )  # fmt: skip
    return made


def remind(year: int, *, on: date, at: datetime) -> int:
    """Tell reporters and approvers 21, 14, 7 and 1 days before a deadline or a window's end."""
    told = 0
    for one in entries(year):
        left = one.days_left(on)
        if left in DAYS_BEFORE:
            people = list(people_with(on, Role.REPORTER, Role.APPROVER))
            tell(
                people, "notice.reminder", path=f"/calendar/{year}/",
                key=f"reminder:{year}:{one.id}:{one.last}:{left}", at=at,
                entry={"th": one.label.th, "en": one.label.en}, days=left,
                day=one.last.isoformat(),
            )  # fmt: skip
            told += len(people)
    return told
