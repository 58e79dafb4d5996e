"""Writes to a letter that was sent: reminders, personal links, and who has received it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say
from esar.platform.history.actions import record
from esar.platform.organisations.models import Person
from esar.report.letters import permissions
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.mailing import mail_links, new_link, notify_bodies
from esar.report.letters.models import Letter, Recipient
from esar.report.letters.queries import in_order
from esar.report.letters.states import How
from esar.report.letters.text import as_kept


@transaction.atomic
def remind(letter: Letter, *, by: Person, at: datetime, on: date) -> int:
    """Tell those who have not received it once more, once a day at most. How many they are.

    Not on the day it was sent: they were told, and mailed, that day. An office with an address gets
    a new link by mail, and its old one ends. Errors: Refused.
    """
    locked = LETTER_LIFE.locked(letter)
    require(LETTER_LIFE.may(by, locked, "follow_up", on))
    waiting = in_order(locked).filter(how="")
    many = waiting.count()
    if not many:
        raise Refused([Problem("letter.nobody_waits")])
    if locked.sent_on == on:
        raise Refused([Problem("letter.sent_today")])
    if locked.reminded_on == on:
        raise Refused([Problem("letter.reminded_today")])
    Letter.objects.filter(pk=locked.pk).update(reminded_on=on)
    waiting.update(mailed_at=None)
    record("letter.reminded", locked, by=by, at=at, body=locked.sender_code, after={"many": many})
    notify_bodies(locked, "notice.letter_reminded", at=at, on=on)
    transaction.on_commit(lambda: mail_links.enqueue(locked.pk))
    return many


@transaction.atomic
def make_links(
    letter: Letter, recipients: Iterable[Recipient], *, by: Person, at: datetime, on: date
) -> list[tuple[Recipient, str]]:
    """New personal links of offices that have not received it; their old ones end.

    Gives (recipient, address); the addresses are to be shown now, for they are kept nowhere.
    Errors: Refused.
    """
    locked = LETTER_LIFE.locked(letter)
    require(LETTER_LIFE.may(by, locked, "follow_up", on))
    links = [
        (recipient, new_link(recipient))
        for recipient in recipients
        if recipient.body_id is None and not recipient.how
    ]
    if not links:
        raise Refused([Problem("letter.no_links")])
    after = {"many": len(links), "names": [recipient.name for recipient, _ in links]}
    record("letter.linked", locked, by=by, at=at, body=locked.sender_code, after=after)
    return links


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
    require(LETTER_LIFE.may(by, recipient.letter, "follow_up", on))
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
    letter = LETTER_LIFE.locked(recipient.letter)
    name = as_kept(name)
    if not name:
        raise Refused([Problem("letter.no_receiver")])
    recipient.refresh_from_db()
    recipient.letter = letter
    require(permissions.is_open(recipient))
    receipt = {"how": how, "receiver": name, "received_on": day, "by": by, "at": at}
    Recipient.objects.filter(pk=recipient.pk, how="").update(**receipt)
    for field, value in receipt.items():
        setattr(recipient, field, value)
    after = {"name": str(recipient), "receiver": name, "received_on": day.isoformat()}
    after["how"] = say(f"letter-how.{how}", {}, "th")
    code = recipient.body.code if recipient.body else letter.sender_code
    record("letter.received", letter, by=by, at=at, body=code, after=after)
