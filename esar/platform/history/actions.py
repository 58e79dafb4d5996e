"""Writes: one event, in the same transaction as what it tells of; and the day's head."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from django.db import transaction

from esar.kernel.chain import START, event_hash
from esar.kernel.wording import say
from esar.platform.history.models import DailyHead, Event, Head

# Where a request came from; the middleware sets it, a command leaves it as it is.
COMMAND = "command"  # where an event comes from that no request made
origin: ContextVar[str] = ContextVar("origin", default=COMMAND)


EDIT_SESSION = timedelta(
    minutes=30
)  # savings by one person closer than this are one event of the log


def is_by_request() -> bool:
    """Whether what is done now is done by a request: somebody has a page before them."""
    return origin.get() != COMMAND


class Actor(Protocol):
    """Whoever acts: a person, or the system where it is None."""

    pk: Any

    def __str__(self) -> str: ...


def is_new_edit_session(thing: Any, by: Actor, at: datetime) -> bool:
    """Whether a saving of what has `saved_by` and `saved_at` is an event of its own."""
    if thing.saved_by_id != by.pk or thing.saved_at is None:
        return True
    return bool(at - thing.saved_at > EDIT_SESSION)


def record(
    verb: str,
    subject: Any,
    *,
    by: Actor | None,
    at: datetime,
    body: str = "",
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> Event:
    """Append one event. `subject` is a saved model; `before` and `after` are JSON.

    The head's row is locked until the transaction ends, so that no two events have one number.
    """
    with transaction.atomic(savepoint=False):
        head = _locked_head()
        event = _event(
            head, verb, subject, by=by, at=at, body=body, before=before, after=after, reason=reason
        )
        event.save(force_insert=True)
        Head.objects.filter(id=1).update(number=event.number, hash=event.hash)
    return event


@transaction.atomic
def record_many(
    happened: Iterable[tuple[str, Any, str]], *, by: Actor | None, at: datetime
) -> None:
    """Append many events in one go: (verb, subject, body's code) of each."""
    head = _locked_head()
    events = []
    for verb, subject, body in happened:
        event = _event(head, verb, subject, by=by, at=at, body=body)
        head.number, head.hash = event.number, event.hash
        events.append(event)
    Event.objects.bulk_create(events, batch_size=500)
    head.save()


def _locked_head() -> Head:
    """The end of the chain, locked until the transaction ends."""
    heads = Head.objects.select_for_update().filter(id=1)
    head = heads.first()
    if head is None:  # the first event of all
        Head.objects.get_or_create(id=1, defaults={"number": 0, "hash": START})
        head = heads.get()
    return head


def _event(
    head: Head,
    verb: str,
    subject: Any,
    *,
    by: Actor | None,
    at: datetime,
    body: str,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> Event:
    """The event that follows the head, with its hash; not saved yet."""
    fields = {
        "number": head.number + 1,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": by.pk if by else None,
        "actor": str(by) if by else say("history.system", {}, "th"),
        "origin": origin.get(),
        "verb": verb,
        "subject_kind": subject._meta.model_name,
        "subject_id": str(subject.pk),
        "body_code": body,
        "before": before,
        "after": after,
        "reason": reason,
    }
    return Event(**fields, previous=head.hash, hash=event_hash(head.hash, fields))


@transaction.atomic
def write_daily_head(day: date) -> DailyHead | None:
    """Keep the end of the chain for a day, once. None while there is no event."""
    head = Head.objects.select_for_update().filter(id=1).first()
    if head is None:
        return None
    fields = {"number": head.number, "hash": head.hash}
    return DailyHead.objects.get_or_create(day=day, defaults=fields)[0]
