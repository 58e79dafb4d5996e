"""Writes: a letter, its files and recipients while it is a draft; its way; who has received it."""

from __future__ import annotations

import logging
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say
from esar.platform.evidence.models import StoredFile
from esar.platform.evidence.states import FileState
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_of, people_with
from esar.report.letters import permissions
from esar.report.letters.models import FIELDS, Enclosure, Letter, Recipient
from esar.report.letters.offices import Office
from esar.report.letters.queries import content, enclosures_of, hash_of, in_order
from esar.report.letters.states import LETTER_MOVES, READ_BY_OTHERS, How, LetterState

log = logging.getLogger(__name__)
MAX_FILES = 20
MAX_RECIPIENTS = 1000
NEEDED = ("number", "dated", "to", "text", "signer", "post")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _kept(value: Any) -> Any:
    """As it is kept: NFC, Arabic digits, lines without blanks at their ends."""
    if not isinstance(value, str):
        return value
    lines = unicodedata.normalize("NFC", value).translate(_TO_ARABIC).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()


@transaction.atomic
def write(
    sender: Body | None,
    said: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    corrects: Letter | None = None,
) -> Letter:
    """Begin a letter of a body, or without one of OPDC, half-finished or not.

    `said` holds any of FIELDS; `corrects` is a letter of the same sender that was sent.
    Errors: Refused.
    """
    require(permissions.may_write(by, sender.pk if sender else None, on))
    if corrects is not None and (corrects.sender != sender or corrects.state not in READ_BY_OTHERS):
        raise Refused([Problem("letter.corrects_another")])
    fields = {name: _kept(said[name]) for name in FIELDS if name in said}
    made = Letter.objects.create(sender=sender, corrects=corrects, since=at, by=by, at=at, **fields)
    record("letter.written", made, by=by, at=at, body=_code(made), after=_shown(fields))
    return made


def _code(letter: Letter) -> str:
    return letter.sender.code if letter.sender else ""


def _shown(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"letter_{name}": value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
        if value
    }


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update(of=("self",)).select_related("sender").get(pk=letter.pk)


def seen(letter: Letter) -> str:
    """The digest of what a letter says, as someone has it before them."""
    return digest([str(getattr(letter, name)) for name in FIELDS])


@transaction.atomic
def edit(letter: Letter, said: Mapping[str, Any], *, by: Person, at: datetime, on: date) -> bool:
    """Change what a draft says. Whether anything was new.

    `said["seen"]`, when given, is the digest of what the writer had before them. Errors: Refused,
    also when someone else has changed it since.
    """
    locked = _locked(letter)
    require(permissions.may_edit(by, locked, on))
    if said.get("seen") not in (None, "", seen(locked)):
        raise Refused([Problem("letter.changed_meanwhile")])
    new = {name: _kept(said[name]) for name in FIELDS if name in said}
    changed = {name: value for name, value in new.items() if getattr(locked, name) != value}
    if changed:
        before = _shown({name: getattr(locked, name) for name in changed})
        Letter.objects.filter(pk=locked.pk).update(**changed)
        after = _shown(changed)
        record(
            "letter.edited", locked, by=by, at=at, body=_code(locked), before=before, after=after
        )
    return bool(changed)


@transaction.atomic
def enclose(
    letter: Letter, file: StoredFile, name: str, *, by: Person, at: datetime, on: date
) -> Enclosure:
    """Put a file in a draft. The same file again is the same enclosure. Errors: Refused."""
    locked = _locked(letter)
    require(permissions.may_edit(by, locked, on))
    if Enclosure.objects.filter(letter=locked).count() >= MAX_FILES:
        raise Refused([Problem("letter.too_many_files", {"most": MAX_FILES})])
    found, is_new = Enclosure.objects.get_or_create(
        letter=locked, file=file, defaults={"name": name, "by": by, "at": at}
    )
    if is_new:
        after = {"name": name, "sha256": file.sha256}
        record("letter.enclosed", locked, by=by, at=at, body=_code(locked), after=after)
    return found


@transaction.atomic
def take_out(enclosure: Enclosure, *, by: Person, at: datetime, on: date) -> None:
    """Take a file out of a draft. The content stays in the store. Errors: Refused."""
    locked = _locked(enclosure.letter)
    require(permissions.may_edit(by, locked, on))
    before = {"name": enclosure.name, "sha256": enclosure.file.sha256}
    record("letter.taken_out", locked, by=by, at=at, body=_code(locked), before=before)
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
    """Add bodies and offices to those who get a draft; those there already stay. How many new.

    Errors: Refused.
    """
    locked = _locked(letter)
    require(permissions.may_edit(by, locked, on))
    there = list(Recipient.objects.filter(letter=locked))
    known = {one.body_id for one in there} | {locked.sender_id} - {None}
    names = {one.name for one in there}
    new = [Recipient(body=one) for one in bodies if one.pk not in known]
    new += [Recipient(name=o.name, email=o.email) for o in offices if o.name not in names]
    if len(there) + len(new) > MAX_RECIPIENTS:
        raise Refused([Problem("letter.too_many_recipients", {"most": MAX_RECIPIENTS})])
    last = Recipient.objects.filter(letter=locked).aggregate(last=Max("place"))["last"] or 0
    for place, one in enumerate(new, start=last + 1):
        one.letter, one.place = locked, place
    Recipient.objects.bulk_create(new)
    if new:
        after = {"many": len(new), "names": [str(one) for one in new]}
        record("letter.addressed", locked, by=by, at=at, body=_code(locked), after=after)
    return len(new)


@transaction.atomic
def remove_recipient(recipient: Recipient, *, by: Person, at: datetime, on: date) -> None:
    """Take someone off the list of a draft; the others move up. Errors: Refused."""
    locked = _locked(recipient.letter)
    require(permissions.may_edit(by, locked, on))
    before = {"name": str(recipient)}
    record("letter.recipient_removed", locked, by=by, at=at, body=_code(locked), before=before)
    recipient.delete()
    left = list(Recipient.objects.filter(letter=locked).order_by("place", "pk"))
    for place, one in enumerate(left, start=1):
        one.place = place
    Recipient.objects.bulk_update(left, ["place"])


@transaction.atomic
def move(
    letter: Letter, name: str, *, by: Person, at: datetime, on: date, reason: str = ""
) -> None:
    """Make one move of LETTER_MOVES: permission, checks, state, history and notices, or nothing.

    Errors: Refused. Of two at once, one wins.
    """
    locked = _locked(letter)
    require(permissions.may_move(by, locked, name, on))
    table = LETTER_MOVES[name]
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    if name in ("propose", "send"):
        _check(locked, on)
    changed: dict[str, Any] = {"state": table.target, "since": at}
    if name == "send":
        assert locked.dated is not None, "checked above"
        changed |= {
            "sent_on": on,
            "sha256": digest(content(locked)),
            "number_year": locked.dated.year,
        }
    old = locked.state
    if not _changed(locked, changed):
        raise Refused([Problem("letter.already_moved")])
    for field, value in changed.items():
        setattr(locked, field, value)
        setattr(letter, field, value)
    after = {"state": table.target} | ({"sha256": locked.sha256} if name == "send" else {})
    record(
        f"letter.{name}",
        locked,
        by=by,
        at=at,
        body=_code(locked),
        before={"state": old},
        after=after,
        reason=reason,
    )
    _tell(locked, name, by=by, at=at, on=on, reason=reason)


def _changed(letter: Letter, changed: Mapping[str, Any]) -> bool:
    """Whether the letter was still in its state. Errors: Refused, when its number was taken."""
    try:
        with transaction.atomic():
            found = Letter.objects.filter(pk=letter.pk, state=letter.state)
            return bool(found.update(**changed))
    except IntegrityError as error:
        raise Refused([_number_taken(letter)]) from error


def _check(letter: Letter, on: date) -> None:
    """Every reason why a letter cannot go out."""
    problems = [
        Problem("letter.not_said", {"what": f"label.letter_{name}"})
        for name in NEEDED
        if not getattr(letter, name)
    ]
    if letter.dated and letter.dated > on:
        problems.append(Problem("letter.dated_later", {"day": letter.dated}))
    if not Recipient.objects.filter(letter=letter).exists():
        problems.append(Problem("letter.to_nobody"))
    for one in enclosures_of(letter):
        if one.file.state == FileState.INFECTED:
            problems.append(Problem("letter.infected", {"name": one.name}))
    if letter.dated and _same_number(letter, letter.dated):
        problems.append(_number_taken(letter))
    if problems:
        raise Refused(problems)


def _same_number(letter: Letter, dated: date) -> bool:
    """Whether a letter was sent with this number. They run anew in each calendar year."""
    return Letter.objects.filter(
        sender=letter.sender_id, number=letter.number, number_year=dated.year
    ).exists()


def _number_taken(letter: Letter) -> Problem:
    year = letter.dated.year + 543 if letter.dated else ""
    return Problem("letter.number_taken", {"number": letter.number, "year": year})


def _tell(letter: Letter, name: str, *, by: Person, at: datetime, on: date, reason: str) -> None:
    """Tell those whose turn it is."""
    if name == "send":
        _tell_bodies(letter, "notice.letter_sent", at=at, on=on)
        _mail_later(letter)
        return
    if name == "close":
        return
    if name == "propose":
        code, role = "notice.letter_your_turn", Role.APPROVER
    else:
        code, role = "notice.letter_back", Role.REPORTER
    role = role if letter.sender else Role.ANALYST
    people = people_with(on, role, body=letter.sender)
    tell(
        people.exclude(pk=by.pk),
        code,
        path=_path(letter),
        key=f"letter:{letter.pk}:{name}:{at.isoformat()}",
        at=at,
        subject=letter.subject,
        reason=reason,
    )


def _path(letter: Letter) -> str:
    return reverse("letters:letter", args=[letter.pk])


def _tell_bodies(letter: Letter, code: str, *, at: datetime, on: date) -> None:
    """Those of the registry who have not received it; the key is the day's, so once a day."""
    waiting = in_order(letter).filter(how="", body__isnull=False).values_list("body", flat=True)
    tell(
        people_of(waiting, on, Role.REPORTER, Role.APPROVER),
        code,
        path=_path(letter),
        key=f"{code}:{letter.pk}:{on}",
        at=at,
        sender=_sender(letter),
        number=letter.number,
        subject=letter.subject,
    )


def _sender(letter: Letter) -> str:
    return letter.sender.name_th if letter.sender else say("page.letter_opdc", {}, "th")


def _mail_later(letter: Letter) -> None:
    transaction.on_commit(lambda: mail_links.enqueue(letter.pk))


# --- Following up -------------------------------------------------------------------------------


@transaction.atomic
def remind(letter: Letter, *, by: Person, at: datetime, on: date) -> int:
    """Tell those who have not received it once more, once a day at most. How many they are.

    An office with an address gets a new link by mail, and its old one ends. Errors: Refused.
    """
    locked = _locked(letter)
    require(permissions.may_follow_up(by, locked, on))
    waiting = in_order(locked).filter(how="")
    many = waiting.count()
    if not many:
        raise Refused([Problem("letter.nobody_waits")])
    if locked.reminded_on == on:
        raise Refused([Problem("letter.reminded_today")])
    Letter.objects.filter(pk=locked.pk).update(reminded_on=on)
    waiting.update(mailed_at=None)
    record("letter.reminded", locked, by=by, at=at, body=_code(locked), after={"many": many})
    _tell_bodies(locked, "notice.letter_reminded", at=at, on=on)
    _mail_later(locked)
    return many


@transaction.atomic
def make_links(
    letter: Letter, recipients: Iterable[Recipient], *, by: Person, at: datetime, on: date
) -> list[tuple[Recipient, str]]:
    """New personal links of offices that have not received it; their old ones end.

    Gives (recipient, address); the addresses are to be shown now, for they are kept nowhere.
    Errors: Refused.
    """
    locked = _locked(letter)
    require(permissions.may_follow_up(by, locked, on))
    found = [one for one in recipients if one.body_id is None and not one.how]
    made = [(one, _new_link(one)) for one in found]
    if not made:
        raise Refused([Problem("letter.no_links")])
    after = {"many": len(made), "names": [one.name for one, _ in made]}
    record("letter.linked", locked, by=by, at=at, body=_code(locked), after=after)
    return made


def _new_link(recipient: Recipient) -> str:
    token = secrets.token_urlsafe(32)
    Recipient.objects.filter(pk=recipient.pk).update(token_sha256=hash_of(token))
    return f"{settings.SITE_ADDRESS}{reverse('letters:letter-link', args=[token])}"


@task()
def mail_links(pk: int) -> int:
    """Mail a letter's personal links to offices that have an address. How many went out.

    Links are made here, so that none is ever kept; one that fails is tried at the next reminder.
    """
    letter = Letter.objects.select_related("sender").get(pk=pk)
    sent = 0
    if letter.state != LetterState.SENT:
        return sent
    for one in in_order(letter).filter(how="", mailed_at=None).exclude(email=""):
        try:
            _mail(letter, one, _new_link(one)).send()
        except OSError:  # one address that fails must not stop the others
            log.exception("letter %s was not mailed to recipient %s", pk, one.pk)
            continue
        Recipient.objects.filter(pk=one.pk).update(mailed_at=timezone.now())
        sent += 1
    return sent


def _mail(letter: Letter, recipient: Recipient, address: str) -> EmailMessage:
    figures = {
        "to": recipient.name,
        "sender": _sender(letter),
        "number": letter.number,
        "subject": letter.subject,
    }
    lines = [say("mail.letter", figures, language) for language in ("th", "en")]
    subject = say("mail.letter_subject", {"subject": letter.subject}, "th")
    return EmailMessage(subject, "\n\n".join([*lines, address]), to=[recipient.email])


# --- Receipts -----------------------------------------------------------------------------------


def receive(recipient: Recipient, *, by: Person, at: datetime, on: date) -> None:
    """A body's own person has it. Errors: Refused."""
    require(permissions.may_receive(by, recipient, on))
    _receive(recipient, How.SYSTEM, by.name, on, by=by, at=at)


def receive_by_link(recipient: Recipient, name: str, *, at: datetime, on: date) -> None:
    """Whoever holds the personal link says their name. Errors: Refused."""
    require(permissions.is_open(recipient))
    _receive(recipient, How.LINK, name, on, by=None, at=at)


def receive_on_paper(
    recipient: Recipient, name: str, day: date, *, by: Person, at: datetime, on: date
) -> None:
    """The sender writes down a receipt that came on paper: who received it, on which day.

    Errors: Refused, also for a day before the letter was sent, or of the future.
    """
    require(permissions.may_follow_up(by, recipient.letter, on))
    require(permissions.is_open(recipient))
    sent_on = recipient.letter.sent_on or on
    if not sent_on <= day <= on:
        raise Refused([Problem("letter.received_outside", {"first": sent_on, "last": on})])
    _receive(recipient, How.PAPER, name, day, by=by, at=at)


@transaction.atomic
def _receive(
    recipient: Recipient, how: str, name: str, day: date, *, by: Person | None, at: datetime
) -> None:
    """Once: of two at once, one wins. A receipt is never changed."""
    letter = _locked(recipient.letter)
    name = _kept(name)
    if not name:
        raise Refused([Problem("letter.no_receiver")])
    recipient.refresh_from_db()
    recipient.letter = letter
    require(permissions.is_open(recipient))
    said = {"how": how, "receiver": name, "received_on": day, "by": by, "at": at}
    Recipient.objects.filter(pk=recipient.pk, how="").update(**said)
    for field, value in said.items():
        setattr(recipient, field, value)
    after = {"name": str(recipient), "receiver": name, "received_on": day.isoformat()}
    after["how"] = say(f"letter-how.{how}", {}, "th")
    code = recipient.body.code if recipient.body else _code(letter)
    record("letter.received", letter, by=by, at=at, body=code, after=after)
