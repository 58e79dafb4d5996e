"""Reads of the log: a thing's timeline, and the whole chain for verification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from esar.kernel.chain import FIELDS, Head, Record
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
    fields = (*FIELDS, "rows", "previous", "hash")
    yield from Event.objects.order_by("number").values(*fields).iterator(chunk_size=2000)


def heads() -> list[Head]:
    """The end of the chain now, and every day's."""
    now = [Head(one.number, one.hash) for one in models.Head.objects.filter(number__gt=0)]
    return now + [Head(one.number, one.hash) for one in DailyHead.objects.filter(number__gt=0)]


def last_check_up() -> models.CheckUp | None:
    """What the doctor found when it last looked. One query."""
    return models.CheckUp.objects.first()


def events_beyond_head() -> int:
    """How many events stand after the end of the chain: none that the program wrote. One query."""
    end = Subquery(models.Head.objects.values("number")[:1])
    return Event._base_manager.filter(number__gt=Coalesce(end, 0)).count()


@dataclass(frozen=True)
class BoundRows:
    """The rows as the history left them: by table the columns, and by key the digest."""

    columns: dict[str, tuple[str, ...]]
    digests: dict[str, dict[str, str]]


def bound_rows() -> BoundRows:
    """What the whole history says the rows are. One query."""
    columns: dict[str, tuple[str, ...]] = {}
    digests: dict[str, dict[str, str]] = {}
    events = Event._base_manager.filter(rows__isnull=False).order_by("number")
    columns_read = events.values_list("verb", "after", "rows").iterator(chunk_size=500)
    for verb, after, rows in columns_read:
        if verb == WRITTEN and after:
            columns = {table: tuple(names) for table, names in after["columns"].items()}
        for table, of_table in (rows or {}).items():
            present = digests.setdefault(table, {})
            for key, digest in of_table.items():
                if digest is None:
                    present.pop(key, None)
                else:
                    present[key] = digest
    return BoundRows(columns, digests)


def rows_out_of_order() -> Iterator[tuple[str, str, str]]:
    """Each row that is not what the history says: what is wrong with it, its table, its key.

    What is wrong is "changed", "deleted" or "inserted": past the program, or past the history.
    """
    bound = bound_rows()
    for table, model in kinds().items():
        expected = bound.digests.get(table, {})
        missing = set(expected)
        for key, digest in row_digests(model, columns=bound.columns.get(table)):
            missing.discard(key)
            if key not in expected:
                yield "inserted", table, key
            elif expected[key] != digest:
                yield "changed", table, key
        for key in sorted(missing):
            yield "deleted", table, key


def binds_rows(tables: Iterable[str]) -> bool:
    """Whether the history binds rows already; that of an earlier release does not."""
    table = Event._meta.db_table
    if table not in tables:
        return False
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    has_rows = any(column.name == "rows" for column in columns)
    return has_rows and Event._base_manager.filter(rows__isnull=False).exists()
