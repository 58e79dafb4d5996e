"""Reads of the register of international indexes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from esar.agree.indexes.models import HostChange, InternationalIndex
from esar.kernel.chain import digest
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Person

HOST_CHANGED = "index.host_changed"


def register() -> QuerySet[InternationalIndex]:
    """Every index with its editions, the newest first, and whether it is cancelled. Two queries."""
    cancelled = HostChange.objects.filter(index=OuterRef("pk"), what=HostChange.What.CANCELLED)
    rows = InternationalIndex.objects.annotate(cancelled=Exists(cancelled))
    return rows.prefetch_related("editions")


def offered_indexes(stored: Iterable[str] = ()) -> dict[str, str]:
    """Code → name of the indexes that a KPI may name: those not cancelled. One query.

    What it names already (`stored`) it may go on to name.
    """
    may_be_named = Q(cancelled=False) | Q(code__in=list(stored))
    rows = register().filter(may_be_named).prefetch_related(None)
    return {index.code: index.name for index in rows}


def unregistered(codes: Iterable[str]) -> list[str]:
    """Those of some codes that no index has, in their order. One query at most."""
    distinct = list(dict.fromkeys(codes))
    if not distinct:
        return []
    rows = InternationalIndex.objects.filter(code__in=distinct)
    there = set(rows.values_list("code", flat=True))
    return [code for code in distinct if code not in there]


def indexes_by_code(codes: Iterable[str]) -> dict[str, InternationalIndex]:
    """Code → the index with its editions. Two queries; none where nothing is asked."""
    distinct = set(codes)
    return {index.code: index for index in register().filter(code__in=distinct)} if distinct else {}


def host_change_text(change: HostChange) -> dict[str, Any]:
    """What a host did, as the history has it."""
    return {
        "host_change": change.what,
        "day": change.day.isoformat(),
        "details": change.details,
        "source": change.source,
    }


def recorders(index: InternationalIndex) -> dict[int, Person]:
    """What an index's host did, by its key → who recorded it, by the history. Three queries."""
    changes = {
        (change.recorded_at, digest(host_change_text(change))): change.pk
        for change in index.host_changes.all()
    }
    actors = {
        changes.get((datetime.fromisoformat(event.at), digest(event.after))): event.actor_id
        for event in timeline(index).filter(verb=HOST_CHANGED)
    }
    people = Person.objects.in_bulk({actor for actor in actors.values() if actor})
    return {pk: people[actor] for pk, actor in actors.items() if pk and actor in people}
