"""Writes: one event, in the same transaction as what it tells of; and the day's head."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from django.db import connection, connections, transaction

from esar.kernel.wording import say
from esar.platform.history import ledger
from esar.platform.history.bound import columns_of, kinds, row_digests
from esar.platform.history.ledger import COMMAND, origin
from esar.platform.history.models import DailyHead, Head
from esar.platform.history.queries import bound_rows

EDIT_SESSION = timedelta(minutes=30)  # savings by one person closer than this are one event


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
) -> None:
    """Tell one event. `subject` is a saved model; `before` and `after` are JSON.

    It is appended to the log when the transaction ends, with the rows that were written.
    """
    with ledger.in_transaction(connection):
        ledger.present().tell(
            {
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
                "rows": None,
            }
        )


def record_many(
    happened: Iterable[tuple[str, Any, str]], *, by: Actor | None, at: datetime
) -> None:
    """Tell many events: (verb, subject, body's code) of each."""
    with ledger.in_transaction(connection):
        for verb, subject, body in happened:
            record(verb, subject, by=by, at=at, body=body)


@transaction.atomic
def write_daily_head(day: date) -> DailyHead | None:
    """Keep the end of the chain for a day, once. None while there is no event."""
    head = Head.objects.select_for_update().filter(id=1).first()
    if head is None:
        return None
    fields = {"number": head.number, "hash": head.hash}
    return DailyHead.objects.get_or_create(day=day, defaults=fields)[0]


def bind_all(using: str) -> None:
    """Bind every row as it now is, after a migration; but for those out of order before it."""
    book = ledger.of(connections[using])
    before = bound_rows()
    columns = {table: columns_of(model) for table, model in kinds().items()}
    rows: ledger.Rows = {}
    for table, model in kinds().items():
        bound, there = before.digests.get(table, {}), dict(row_digests(model))
        now = {key: there.get(key) for key in (*there, *bound)}
        rows[table] = {key: sha for key, sha in now.items() if bound.get(key) != sha}
    for _, table, key in book.distrusted:
        rows[table].pop(key, None)
    book.distrusted = frozenset()
    if any(rows.values()) or columns != before.columns:
        with transaction.atomic(using=using):
            book.write_rows(rows, after={"columns": columns})
