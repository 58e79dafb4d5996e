"""What the present transaction tells and writes, until it is bound to the history at its end.

The compiler of the databases notes the rows, `record` the events. Just before the transaction is
committed the digests of those rows are read, the end of the chain is locked, and both are written
in one go; so nothing that decides is kept without its event, and nobody waits for the lock
longer than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import connection as default_connection
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from esar.kernel.chain import START, event_hash
from esar.kernel.wording import say

if TYPE_CHECKING:
    from esar.platform.history.models import Event, Head

# Where a request came from; the middleware sets it, a command leaves it as it is.
COMMAND = "command"  # where an event comes from that no request made
origin: ContextVar[str] = ContextVar("origin", default=COMMAND)

WRITTEN = "rows.written"  # the verb of what was written while nothing was told
ROWS_OF_AN_EVENT = 2000
Rows = dict[str, dict[str, str | None]]  # table → key → digest; None for a row that is no more


def in_transaction(connection: BaseDatabaseWrapper) -> AbstractContextManager[Any]:
    """The transaction that is open, or one of its own: nothing is written outside any."""
    if connection.in_atomic_block or not connection.get_autocommit():
        return nullcontext()
    return transaction.atomic(using=connection.alias)


def of(connection: BaseDatabaseWrapper) -> Ledger:
    """The ledger of a connection of ours."""
    return cast("Ledger", connection.ledger)  # type: ignore[attr-defined]


def present() -> Ledger:
    """The ledger of the database that the site uses."""
    return of(default_connection)


@dataclass
class Ledger:
    """The events and rows of one transaction, each with the savepoints it stands behind."""

    connection: BaseDatabaseWrapper
    events: list[tuple[frozenset[str | None], dict[str, Any]]] = field(default_factory=list)
    rows: list[tuple[frozenset[str | None], type[Model], frozenset[Any]]] = field(
        default_factory=list
    )
    distrusted: frozenset[tuple[str, str, str]] = frozenset()  # out of order before a migration

    def tell(self, event: dict[str, Any]) -> None:
        """An event that happened, without its number: it gets it when it is bound."""
        self.events.append((self._savepoints(), event))

    def note(self, model: type[Model], keys: Iterable[Any]) -> None:
        """Rows that were inserted, changed or deleted."""
        if noted := frozenset(keys):
            self.rows.append((self._savepoints(), model, noted))

    def write_rows(self, rows: Rows, after: Any) -> None:
        """Write digests that no statement noted; `after` goes into the first event."""
        first, *further = _portions(rows) or [{}]
        _append([written(first, after), *map(written, further)])

    def _savepoints(self) -> frozenset[str | None]:
        return frozenset(self.connection.savepoint_ids)

    def forget(self, savepoint: str | None = None) -> None:
        """What was rolled back: all, or what stood behind a savepoint."""
        if savepoint is None:
            self.events.clear()
            self.rows.clear()
        else:
            self.events = [entry for entry in self.events if savepoint not in entry[0]]
            self.rows = [entry for entry in self.rows if savepoint not in entry[0]]

    def write_events(self) -> None:
        """Write what was told until now: somebody reads the history within the transaction."""
        events, self.events = [event for _, event in self.events], []
        if events:
            _append(events)

    def bind(self) -> None:
        """Write what was told, with the digests of the rows that were written."""
        if not self.events and not self.rows:
            return
        if self.connection.vendor == "postgresql":
            # What keys refer to is looked at now: at the commit it would be with the end locked,
            # and could wait for a row whose writer waits for that.
            self.connection.check_constraints()
        digests = _portions(self._digests())
        events = [event for _, event in self.events]
        self.forget()
        if digests and events:
            events[-1]["rows"] = digests.pop(0)
        _append(events + [written(rows) for rows in digests])

    def _digests(self) -> Rows:
        from esar.platform.history.bound import row_digests

        keys: dict[type[Model], set[Any]] = {}
        for _, model, noted in self.rows:
            keys.setdefault(model, set()).update(noted)
        digests: Rows = {}
        for model, of_model in keys.items():
            there = dict(row_digests(model, of_model))
            texts = sorted(map(str, of_model))
            digests[model._meta.db_table] = {key: there.get(key) for key in texts}
        return digests


def written(rows: Rows, after: Any = None) -> dict[str, Any]:
    """The event of rows that were written while nothing was told."""
    from esar.platform.ui import clock

    return {
        "at": clock.now().astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": None,
        "actor": say("history.system", {}, "th"),
        "origin": origin.get(),
        "verb": WRITTEN,
        "subject_kind": "",
        "subject_id": "",
        "body_code": "",
        "before": None,
        "after": after,
        "reason": "",
        "rows": rows,
    }


def _portions(rows: Rows) -> list[Rows]:
    """The digests in portions that one event holds."""
    flat = [(table, key, sha) for table, of_table in rows.items() for key, sha in of_table.items()]
    portions = []
    for start in range(0, len(flat), ROWS_OF_AN_EVENT):
        portion: Rows = {}
        for table, key, sha in flat[start : start + ROWS_OF_AN_EVENT]:
            portion.setdefault(table, {})[key] = sha
        portions.append(portion)
    return portions


def _append(happened: list[dict[str, Any]]) -> None:
    """Give the events their numbers and hashes after the end of the chain, which is locked."""
    from esar.platform.history.models import Event, Head

    head = _locked_head()
    Event._base_manager.bulk_create(list(_chained(head, happened)), batch_size=500)
    Head.objects.filter(id=1).update(number=head.number, hash=head.hash)


def _chained(head: Head, happened: list[dict[str, Any]]) -> Iterator[Event]:
    from esar.platform.history.models import Event

    written_at = datetime.now(UTC).isoformat(timespec="microseconds")
    for happening in happened:
        fields = {"number": head.number + 1, "written_at": written_at} | happening
        event = Event(**fields, previous=head.hash, hash=event_hash(head.hash, fields))
        head.number, head.hash = event.number, event.hash
        yield event


def _locked_head() -> Head:
    """The end of the chain, locked until the transaction ends."""
    from esar.platform.history.models import Head

    heads = Head.objects.select_for_update().filter(id=1)
    head = heads.first()
    if head is None:  # the first event of all
        Head.objects.get_or_create(id=1, defaults={"number": 0, "hash": START})
        head = heads.get()
    return head
