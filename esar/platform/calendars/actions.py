"""Writes: an extension with its reason, its withdrawal, and reminders before a day comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.holidays import last_known
from esar.law.rules.years import FiscalYear
from esar.platform.calendars.models import Extension, Withdrawal
from esar.platform.calendars.permissions import may_extend
from esar.platform.calendars.previews import Preview
from esar.platform.calendars.queries import (
    Entry,
    day_of_the_law,
    entries,
    entry,
    extensions,
    touched,
    without,
)
from esar.platform.calendars.signals import relied_on
from esar.platform.history.actions import record
from esar.platform.lifecycle.seen import changed_parts
from esar.platform.notices.actions import tell
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_of

DAYS_BEFORE = (21, 14, 7, 1)


def too_late(year: int, last_day: date) -> list[Problem]:
    """That a day lies more than a year after its fiscal year, where no report is received."""
    latest = last_known(FiscalYear(year))
    return [Problem("calendar.too_late", {"day": latest})] if last_day > latest else []


def problems_of(
    year: int,
    rule_id: str,
    *,
    last_day: date,
    reason: str,
    on: date,
    body: Body | None = None,
    first_day: date | None = None,
) -> list[Problem]:
    """Why an entry cannot end on another day; all of it at once."""
    bound = entry(year, rule_id, body)
    if bound is None:
        return [Problem("calendar.no_such_entry", {"entry": rule_id, "year": year})]
    problems = []
    if not reason.strip():
        problems.append(Problem("calendar.no_reason"))
    if last_day < (first_day or bound.first or last_day):
        problems.append(Problem("calendar.days_run_back"))
    by_law = day_of_the_law(year, rule_id, body)
    if by_law is not None and last_day < by_law:
        problems.append(Problem("calendar.before_the_law", {"day": by_law}))
    return [*problems, *too_late(year, last_day), *_too_late_to_shorten(bound, last_day, on, body)]


def _too_late_to_shorten(
    bound: Entry, last_day: date, on: date, body: Body | None
) -> list[Problem]:
    """That the sooner day is over, and that somebody sent after it what was then in time."""
    if not last_day < bound.last or on <= last_day:
        return []
    relied = relied_on(bound, touched(bound, body), after=last_day)
    return (
        [Problem("calendar.relied_on", {"day": last_day, "count": len(relied)})] if relied else []
    )


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
    """Record that an entry ends on another day. Tells nobody: see `move_day`.

    Errors: Refused without the right, for an entry that is not there, or a day that helps no one;
    and for a sooner day that is over, once something was sent after it.
    """
    require(may_extend(by, on, body))
    if problems := problems_of(
        year, rule_id, last_day=last_day, reason=reason, on=on, body=body, first_day=first_day
    ):
        raise Refused(problems)
    bound = entry(year, rule_id, body)
    assert bound is not None, "one that is not there is refused"
    words = _words(year, rule_id, last_day=last_day, reason=reason, body=body, first_day=first_day)
    if begun := _begun(words, by=by):
        return begun
    extension = Extension.objects.create(by=by, at=at, **words)
    record(
        "calendar.extended",
        extension,
        by=by,
        at=at,
        body=body.code if body else "",
        reason=reason,
        before={"last_day": bound.last.isoformat()},
        after={"entry": rule_id, "last_day": last_day.isoformat()},
    )
    return extension


def _words(year: int, rule_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "fiscal_year": year,
        "rule_id": rule_id,
        "body": fields.get("body"),
        "first_day": fields.get("first_day"),
        "last_day": fields["last_day"],
        "reason": fields["reason"].strip(),
    }


def _begun(words: dict[str, Any], *, by: Person) -> Extension | None:
    """The extension that says this already, unless another came after it."""
    newest = begun_already(Extension.objects.filter(withdrawal=None), by=by, **words)
    bound = entry(words["fiscal_year"], words["rule_id"], words["body"])
    return newest if bound and bound.last == words["last_day"] else None


@transaction.atomic
def move_day(
    year: int, rule_id: str, *, seen: str, by: Person, at: datetime, on: date, **fields: Any
) -> Extension:
    """Extend as the preview showed, and tell those touched. `seen` is the preview's token.

    Errors: as of `extend`, and Refused where something has changed since the preview.
    """
    require(may_extend(by, on, fields.get("body")))
    if begun := _begun(_words(year, rule_id, **fields), by=by):
        return begun
    preview = preview_of(year, rule_id, by=by, on=on, **fields)
    if changed_parts(seen, preview.content) is not None:
        raise Refused([Problem("calendar.changed_meanwhile")])
    extension = extend(year, rule_id, by=by, at=at, on=on, **fields)
    _tell_of_moving(preview, "notice.day_moved", f"day-moved:{extension.pk}", at=at)
    return extension


@transaction.atomic
def withdraw(
    extension: Extension, reason: str, *, by: Person, at: datetime, on: date
) -> Withdrawal:
    """Take an extension back, with a reason; those touched are told.

    Errors: Refused without the right or a reason, for one that was withdrawn, and once the day
    that binds again is over and something was sent after it.
    """
    require(may_extend(by, on, extension.body))
    locked = (
        Extension.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=extension.pk)
    )
    if Withdrawal.objects.filter(extension=locked).exists():
        raise Refused([Problem("calendar.withdrawn_already")])
    preview = preview_of_withdrawing(locked, on=on)
    problems = [] if reason.strip() else [Problem("calendar.no_reason")]
    problems += _too_late_to_shorten(preview.entry, preview.last, on, locked.body)
    if problems:
        raise Refused(problems)
    withdrawal = Withdrawal.objects.create(extension=locked, reason=reason.strip(), by=by, at=at)
    record(
        "calendar.withdrawn",
        locked,
        by=by,
        at=at,
        body=locked.body.code if locked.body else "",
        reason=reason.strip(),
        before={"last_day": preview.entry.last.isoformat()},
        after={"entry": locked.rule_id, "last_day": preview.last.isoformat()},
    )
    if preview.moves:
        _tell_of_moving(preview, "notice.day_moved_back", f"day-moved-back:{locked.pk}", at=at)
    return withdrawal


def preview_of(
    year: int, rule_id: str, *, by: Person, on: date, body: Body | None = None, **fields: Any
) -> Preview:
    """What an extension would do. Nothing is written. Errors: as of `extend`."""
    require(may_extend(by, on, body))
    if problems := problems_of(year, rule_id, on=on, body=body, **fields):
        raise Refused(problems)
    bound = entry(year, rule_id, body)
    assert bound is not None, "one that is not there is refused"
    first = fields.get("first_day") or bound.first
    return Preview.of(bound, first, fields["last_day"], on=on, body=body, reason=fields["reason"])


def preview_of_withdrawing(extension: Extension, *, on: date) -> Preview:
    """What withdrawing an extension would do. Nothing is written."""
    bound = entry(extension.fiscal_year, extension.rule_id, extension.body)
    again = without(extension)
    if bound is None or again is None:
        figures = {"entry": extension.rule_id, "year": extension.fiscal_year}
        raise Refused([Problem("calendar.no_such_entry", figures)])
    return Preview.of(bound, again.first, again.last, on=on, body=extension.body)


def _tell_of_moving(preview: Preview, code: str, key: str, *, at: datetime) -> None:
    label = preview.entry.label
    tell(
        preview.people,
        code,
        path=reverse("calendars:calendar", args=[preview.entry.year]),
        key=key,
        at=at,
        entry={"th": label.th, "en": label.en},
        before=preview.entry.last.isoformat(),
        day=preview.last.isoformat(),
    )


def remind(year: int, *, on: date, at: datetime) -> int:
    """Tell reporters and approvers 21, 14, 7 and 1 days before a deadline or a window's end.

    The day is the one that binds on `on`; a body with an extension of its own is told of its own.
    """
    moved = [extension for extension in extensions(year) if extension.body_id]
    of_their_own = {extension.body for extension in moved if extension.body is not None}
    count = 0
    for line in entries(year, on=on):
        if line.days_left(on) in DAYS_BEFORE:
            usual = Body.objects.filter(kind__in=line.rule.entry.bodies)
            elsewhere_extended = [
                each.body_id for each in moved if each.rule_id == line.id and each.body_id
            ]
            count += _remind(
                line, usual.exclude(pk__in=elsewhere_extended).values_list("pk", flat=True), on, at
            )
    for body in of_their_own:
        for line in entries(year, body.kind, body, on=on):
            is_own = line.extension is not None and line.extension.body_id == body.pk
            if is_own and line.days_left(on) in DAYS_BEFORE:
                count += _remind(line, [body.pk], on, at)
    return count


def _remind(line: Entry, bodies: Iterable[int], on: date, at: datetime) -> int:
    people, left = list(people_of(bodies, on, Role.REPORTER, Role.APPROVER)), line.days_left(on)
    tell(
        people,
        "notice.reminder",
        path=reverse("calendars:calendar", args=[line.year]),
        key=f"reminder:{line.year}:{line.id}:{line.last}:{left}",
        at=at,
        entry={"th": line.label.th, "en": line.label.en},
        days=left,
        day=line.last.isoformat(),
    )
    return len(people)
