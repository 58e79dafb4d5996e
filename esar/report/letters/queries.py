"""Reads of circular letters: who sees which, who has received them, who has not yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, holds, sees_everything
from esar.report.letters.models import FIELDS, Enclosure, Letter, Recipient
from esar.report.letters.states import READ_BY_OTHERS, LetterState

BOXES = ("sent", "received")
OURS = (Role.REPORTER, Role.APPROVER)


def visible_letters(person: Any, day: date) -> QuerySet[Letter]:
    """One's own body's letters in any state, those it got, and for OPDC all that were sent."""
    letters = Letter.objects.select_related("sender", "corrects", "by")
    return letters.filter(_sent_by(person, day) | _received_by(person, day) | _seen_by(person, day))


def sent_to(code: str) -> Q:
    """Letters that have a body among their recipients."""
    return Q(pk__in=Recipient.objects.filter(body__code=code).values("letter"))


def _sent_by(person: Any, day: date) -> Q:
    own = Q(sender__in=bodies_of(person, day, *OURS))
    return own | Q(sender=None) if sees_everything(person, day) else own


def _received_by(person: Any, day: date) -> Q:
    receipts = Recipient.objects.filter(body__in=bodies_of(person, day, *OURS))
    return Q(pk__in=receipts.values("letter"), state__in=READ_BY_OTHERS)


def _seen_by(person: Any, day: date) -> Q:
    return Q(state__in=READ_BY_OTHERS) if sees_everything(person, day) else Q(pk__in=[])


def in_box(box: str, person: Any, day: date) -> Q:
    """Whether a letter is one that the person's bodies sent, or one that they got."""
    return (_sent_by if box == "sent" else _received_by)(person, day)


def counted_letters(person: Any, day: date) -> QuerySet[Letter]:
    """The letters one may see, with `many` recipients and `received` of them. One query.

    `sees_list`: whether these figures are the reader's to see.
    """
    return visible_letters(person, day).annotate(
        many=_count(Recipient.objects),
        received=_count(Recipient.objects.exclude(how="")),
        sees_list=Case(
            When(_sent_by(person, day) | _seen_by(person, day), then=True), default=False
        ),
    )


def _count(recipients: Any) -> Coalesce:
    """How many of the recipients a letter has; 0 where there is none."""
    of_letter = recipients.filter(letter=OuterRef("pk")).order_by().values("letter")
    return Coalesce(Subquery(of_letter.annotate(many=Count("pk")).values("many")), 0)


def is_sender(person: Any, letter: Letter, day: date) -> bool:
    """Whether the letter is the person's own body's; OPDC's is every role's of OPDC."""
    if letter.sender_id is None:
        return sees_everything(person, day)
    return holds(person, day, *OURS, body=letter.sender_id)


def in_order(letter: Letter) -> QuerySet[Recipient]:
    """Who gets it, as the list says. One query."""
    return Recipient.objects.filter(letter=letter).select_related("body", "by")


def own_recipients(letter: Letter, person: Any, day: date) -> QuerySet[Recipient]:
    """The person's own bodies among those who get it. One query."""
    return in_order(letter).filter(body__in=bodies_of(person, day, *OURS))


def enclosures_of(letter: Letter) -> QuerySet[Enclosure]:
    return Enclosure.objects.filter(letter=letter).select_related("file")


def bodies_to_add(letter: Letter, bodies: QuerySet[Body]) -> QuerySet[Body]:
    """Those of the bodies that do not get it yet; nobody writes to themselves."""
    there = Recipient.objects.filter(letter=letter, body__isnull=False)
    candidates = bodies.exclude(pk__in=there.values("body"))
    return candidates if letter.sender_id is None else candidates.exclude(pk=letter.sender_id)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def recipient_by_token(token: str) -> Recipient | None:
    """Whose personal link it is; None for any other, and while the letter is not sent."""
    recipients = Recipient.objects.select_related("letter__sender")
    return recipients.filter(token_sha256=hash_of(token), letter__state__in=READ_BY_OTHERS).first()


def content(letter: Letter) -> dict[str, Any]:
    """All of a letter that is frozen when it is sent, as JSON."""
    fields = {name: getattr(letter, name) for name in FIELDS}
    return fields | {
        "dated": letter.dated.isoformat() if letter.dated else None,
        "sender": letter.sender.code if letter.sender else None,
        "corrects": letter.corrects_id,
        "enclosures": [[one.name, one.file.sha256] for one in enclosures_of(letter)],
        "recipients": [one.body.code if one.body else one.name for one in in_order(letter)],
    }


@dataclass(frozen=True)
class Waiting:
    """A letter that waits for a person: to be received, or to be sent."""

    title: str
    letter: int
    asks: str


def work_for(person: Any, day: date) -> list[Waiting]:
    """Letters to acknowledge for one's bodies, and letters to send. Two queries at most."""
    return [*_to_acknowledge(person, day), *_to_send(person, day)]


def _to_acknowledge(person: Any, day: date) -> Iterable[Waiting]:
    own = bodies_of(person, day, *OURS)
    if own:
        recipients = Recipient.objects.filter(
            body__in=own, how="", letter__state=LetterState.SENT
        ).select_related("letter", "body")
        for recipient in recipients.order_by("letter__sent_on", "pk"):
            yield Waiting(
                f"{recipient} · {recipient.letter.subject}",
                recipient.letter_id,
                "page.letter_to_receive",
            )


def _to_send(person: Any, day: date) -> Iterable[Waiting]:
    waits = Q(sender__in=bodies_of(person, day, Role.APPROVER))
    if holds(person, day, Role.ANALYST):
        waits |= Q(sender=None)
    for letter in Letter.objects.filter(waits, state=LetterState.PROPOSED).order_by("since"):
        yield Waiting(letter.subject, letter.pk, "page.letter_to_send")
