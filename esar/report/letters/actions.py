"""Writes to a letter while it is a draft: its words, its files and who gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from esar.kernel import spelling
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.evidence.attachments import rest_on
from esar.platform.evidence.models import StoredFile
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import is_new_text, mark_of
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.models import Body, Person
from esar.report.letters import permissions
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import FIELDS, Enclosure, Letter, Recipient
from esar.report.letters.offices import Office
from esar.report.letters.states import READ_BY_OTHERS, LetterState
from esar.report.letters.text import as_kept

MAX_FILES = 20
MAX_RECIPIENTS = 1000


@transaction.atomic
def write(
    sender: Body | None,
    fields: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    corrects: Letter | None = None,
) -> Letter:
    """Begin a letter of a body, or without one of OPDC, half-finished or not.

    `fields` holds any of FIELDS; `corrects` is a letter of the same sender that was sent.
    Errors: Refused.
    """
    require(permissions.may_write(by, sender.pk if sender else None, on))
    if corrects is not None and (corrects.sender != sender or corrects.state not in READ_BY_OTHERS):
        raise Refused([Problem("letter.corrects_another")])
    columns = {name: as_kept(fields[name]) for name in FIELDS if name in fields}
    words = {"sender": sender, "corrects": corrects, **columns}
    own_drafts = Letter.objects.filter(state=LetterState.DRAFT, by=by)
    if begun := begun_already(own_drafts, by=by, **words):
        return begun
    letter = Letter.objects.create(since=at, by=by, at=at, **words)
    record(
        "letter.written", letter, by=by, at=at, body=letter.sender_code, after=_in_short(columns)
    )
    return letter


def _in_short(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"letter_{name}": value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
        if value
    }


def mark_of_letter(letter: Letter) -> str:
    """The mark of a draft: the digest of what it says, as someone has it before them."""
    return mark_of([str(getattr(letter, name)) for name in FIELDS])


@transaction.atomic
def edit(letter: Letter, fields: Mapping[str, Any], *, by: Person, at: datetime, on: date) -> bool:
    """Change what a draft says. Whether anything was new.

    `fields["seen"]`, when given, is the mark of the draft that the writer had before them.
    Errors: Refused; Conflict when someone else has changed it since.
    """
    locked = LETTER_LIFE.locked(letter)
    require(LETTER_LIFE.may(by, locked, "edit", on))
    stored = {name: getattr(locked, name) for name in FIELDS if name in fields}
    typed = {name: as_kept(fields[name]) for name in stored}
    seen, now = fields.get("seen"), mark_of_letter(locked)
    if not is_new_text(stored, typed, seen=seen, now=now, by=by, kind="letter"):
        return False
    changed = {name: value for name, value in typed.items() if stored[name] != value}
    Letter.objects.filter(pk=locked.pk).update(**changed)
    before = _in_short({name: stored[name] for name in changed})
    after, body = _in_short(changed), locked.sender_code
    record("letter.edited", locked, by=by, at=at, body=body, before=before, after=after)
    return True


@transaction.atomic
def enclose(
    letter: Letter, file: StoredFile, name: str, *, by: Person, at: datetime, on: date
) -> Enclosure:
    """Put a file in a draft. The same file again is the same enclosure. Errors: Refused."""
    locked = LETTER_LIFE.locked(letter)
    require(LETTER_LIFE.may(by, locked, "edit", on))
    enclosure, is_new = rest_on(
        Enclosure.objects.filter(letter=locked),
        file,
        name,
        limit=MAX_FILES,
        too_many=Problem("letter.too_many_files", {"most": MAX_FILES}),
        by=by,
        at=at,
        letter=locked,
    )
    if is_new:
        after, body = enclosure.in_short(), locked.sender_code
        record("letter.enclosed", locked, by=by, at=at, body=body, after=after)
    return enclosure


@transaction.atomic
def take_out(enclosure: Enclosure, *, by: Person, at: datetime, on: date) -> None:
    """Take a file out of a draft. The content stays in the store. Errors: Refused."""
    locked = LETTER_LIFE.locked(enclosure.letter)
    require(LETTER_LIFE.may(by, locked, "edit", on))
    before = enclosure.in_short()
    record("letter.taken_out", locked, by=by, at=at, body=locked.sender_code, before=before)
    enclosure.delete()


@transaction.atomic
def address(
    letter: Letter,
    bodies: Iterable[Body],
    offices: Iterable[Office],
    *,
    by: Person,
    at: datetime,
    on: date,
) -> int:
    """Add bodies and offices to those who get a draft; those there already stay. How many changed.

    An office that is there without an address gets the one that it has here.
    Errors: Refused, also for another address than an office has.
    """
    locked = LETTER_LIFE.locked(letter)
    require(LETTER_LIFE.may(by, locked, "edit", on))
    there = list(Recipient.objects.filter(letter=locked))
    body_ids = {recipient.body_id for recipient in there} | {locked.sender_id} - {None}
    offices_there = {spelling.key(one.name): one for one in there if one.body_id is None}
    offices = list(offices)
    repeated = [office for office in offices if spelling.key(office.name) in offices_there]
    added = [office for office in offices if office not in repeated]
    new = [Recipient(body=recipient) for recipient in bodies if recipient.pk not in body_ids]
    new += [Recipient(name=office.name, email=office.email) for office in added]
    completed = _take_addresses(locked, repeated, offices_there, by=by, at=at)
    if len(there) + len(new) > MAX_RECIPIENTS:
        raise Refused([Problem("letter.too_many_recipients", {"most": MAX_RECIPIENTS})])
    last = Recipient.objects.filter(letter=locked).aggregate(last=Max("place"))["last"] or 0
    for place, recipient in enumerate(new, start=last + 1):
        recipient.letter, recipient.place = locked, place
    Recipient.objects.bulk_create(new)
    if new:
        after = {"many": len(new), "names": [str(recipient) for recipient in new]}
        record("letter.addressed", locked, by=by, at=at, body=locked.sender_code, after=after)
    return len(new) + completed


def _take_addresses(
    letter: Letter,
    offices: Iterable[Office],
    there: Mapping[str, Recipient],
    *,
    by: Person,
    at: datetime,
) -> int:
    """The addresses of offices that had none. Errors: Refused, with each that has another."""
    pairs = [(there[spelling.key(office.name)], office.email) for office in offices]
    problems = [
        Problem(
            "letter.office_other_email",
            {"name": recipient.name, "email": email, "there": recipient.email},
        )
        for recipient, email in pairs
        if email and recipient.email and email.casefold() != recipient.email.casefold()
    ]
    if problems:
        raise Refused(problems)
    completed = [(recipient, email) for recipient, email in pairs if email and not recipient.email]
    for recipient, email in completed:
        Recipient.objects.filter(pk=recipient.pk).update(email=email)
        after, body = {"name": recipient.name, "email": email}, letter.sender_code
        record("letter.addressed", letter, by=by, at=at, body=body, after=after)
    return len(completed)


@transaction.atomic
def remove_recipient(recipient: Recipient, *, by: Person, at: datetime, on: date) -> None:
    """Take someone off the list of a draft; the others move up. Errors: Refused."""
    locked = LETTER_LIFE.locked(recipient.letter)
    require(LETTER_LIFE.may(by, locked, "edit", on))
    before = {"name": str(recipient)}
    record("letter.recipient_removed", locked, by=by, at=at, body=locked.sender_code, before=before)
    recipient.delete()
    left = list(Recipient.objects.filter(letter=locked).order_by("place", "pk"))
    for place, other_recipient in enumerate(left, start=1):
        other_recipient.place = place
    Recipient.objects.bulk_update(left, ["place"])
