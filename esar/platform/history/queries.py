"""Reads of the log: a thing's timeline, and the whole chain for verification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from esar.kernel.chain import FIELDS, LATER_FIELDS, Head, Record
from esar.kernel.watching import Watch, unwatched, watched
from esar.platform.history import models
from esar.platform.history.bound import kinds, row_digests
from esar.platform.history.ledger import WRITTEN
from esar.platform.history.models import DailyHead, Event


def timeline(*subjects: Any) -> QuerySet[Event]:
    """What happened to these things, newest first. One query."""
    events = Event.objects.none()
    for subject in subjects:
        kind = subject._meta.model_name
        events = events | Event.objects.filter(subject_kind=kind, subject_id=str(subject.pk))
    return events.order_by("-number")


def records() -> Iterator[Record]:
    """Every event as the chain hashes it, in order of number; read in portions."""
    fields = (*FIELDS, *LATER_FIELDS, "previous", "hash")
    yield from Event.objects.order_by("number").values(*fields).iterator(chunk_size=2000)


def heads() -> list[Head]:
    """The end of the chain now, and every day's."""
    now = [Head(one.number, one.hash) for one in models.Head.objects.filter(number__gt=0)]
    return now + [Head(one.number, one.hash) for one in DailyHead.objects.filter(number__gt=0)]


def newest_events(count: int) -> QuerySet[Event]:
    """The last that people did to what is a body's, newest first. One query."""
    of_people = Event.objects.exclude(body_code="").filter(actor_id__isnull=False)
    return of_people.order_by("-number")[:count]


def newest_hash() -> str:
    """The hash of the newest event: as long as it stays, nothing in the history changed. One query.

    Empty before the first event.
    """
    return models.Head.objects.values_list("hash", flat=True).first() or ""


def last_check_up() -> models.CheckUp | None:
    """What the doctor found when it last looked. One query."""
    return models.CheckUp.objects.first()


def events_beyond_head() -> int:
    """How many events stand after the end of the chain: none that the program wrote. One query."""
    end = Subquery(models.Head.objects.values("number")[:1])
    return Event._base_manager.filter(number__gt=Coalesce(end, 0)).count()


Row = tuple[str, str]  # a table and a key


@dataclass
class BoundRows:
    """The rows as the history left them: by table the columns, and by key the digest."""

    number: int = 0  # of the last event that was read
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    digests: dict[str, dict[str, str]] = field(default_factory=dict)

    def read_on(self) -> set[Row]:
        """Read the events that are new; the rows that they wrote. One query."""
        written = set()
        events = Event._base_manager.filter(number__gt=self.number, rows__isnull=False)
        fields = ("number", "verb", "after", "rows")
        for number, verb, after, rows in (
            events.order_by("number").values_list(*fields).iterator(chunk_size=500)
        ):
            self.number = number
            if verb == WRITTEN and after:
                self.columns = {table: tuple(names) for table, names in after["columns"].items()}
            for table, of_table in (rows or {}).items():
                digests = self.digests.setdefault(table, {})
                for key, digest in of_table.items():
                    written.add((table, key))
                    if digest is None:
                        digests.pop(key, None)
                    else:
                        digests[key] = digest
        return written

    def differing(
        self, rows: set[Row] | None = None, watch: Watch = unwatched
    ) -> Iterator[tuple[str, str, str]]:
        """Of all rows, or of some: what is wrong, the table, the key. A query for each table.

        Before a migration a table of the new release is not there, nor bound: it is not asked.
        """
        count, whole = 0, sum(map(len, self.digests.values()))
        for table, columns in self.columns.items():
            keys = None if rows is None else {key for name, key in rows if name == table}
            if table not in kinds() or (keys is not None and not keys):
                continue
            bound = self.digests.get(table, {})
            expected = {key: bound[key] for key in bound if keys is None or key in keys}
            missing = set(expected)
            digests = row_digests(kinds()[table], keys, columns)
            for key, digest in watched(digests, "rows", whole, watch, before=count):
                missing.discard(key)
                if key not in expected:
                    yield "inserted", table, key
                elif expected[key] != digest:
                    yield "changed", table, key
            for key in sorted(missing):
                yield "deleted", table, key
            count += len(expected)


def bound_rows() -> BoundRows:
    """What the whole history says the rows are. One query."""
    bound = BoundRows()
    bound.read_on()
    return bound


def rows_out_of_order(watch: Watch = unwatched) -> Iterator[tuple[str, str, str]]:
    """Each row that is not what the history says: what is wrong with it, its table, its key.

    What is wrong is "changed", "deleted" or "inserted": past the program, or past the history.
    While people work, rows are written between the reading of the history and theirs: what the
    history says of them since is read on, until nothing that differs was written meanwhile.
    """
    bound = bound_rows()
    wrong = list(bound.differing(watch=watch))
    while meanwhile := bound.read_on() & {(table, key) for _, table, key in wrong}:
        wrong = [row for row in wrong if row[1:] not in meanwhile]
        wrong += bound.differing(meanwhile)
    yield from wrong


def binds_rows(tables: Iterable[str]) -> bool:
    """Whether the history binds rows already; that of an earlier release does not."""
    table = Event._meta.db_table
    if table not in tables:
        return False
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    has_rows = any(column.name == "rows" for column in columns)
    return has_rows and Event._base_manager.filter(rows__isnull=False).exists()
