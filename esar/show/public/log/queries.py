"""Reads: the newest checkpoint with the tree it was made of, and proofs out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from esar.exchange.witnessing.checkpoints import Checkpoint, checkpoint_of, difference
from esar.exchange.witnessing.merkle import Tree
from esar.exchange.witnessing.notes import Key, read_note
from esar.exchange.witnessing.proofs import proof
from esar.judge.results.queries import released
from esar.kernel.problems import Refused
from esar.platform.history.checkpoints import queries
from esar.platform.history.models import Event

MOST_EVENTS = 200  # of a body in one file, the newest
PUBLIC_VERBS = ("result.computed", "result.release")


@dataclass(frozen=True)
class PublishedLog:
    """The newest checkpoint, when it was signed, and the tree of the log up to it."""

    note: str
    at: datetime
    checkpoint: Checkpoint
    tree: Tree


def published_log() -> PublishedLog | None:
    """None while nothing is signed, and when the log is not what was signed. Few queries."""
    stored = queries.newest()
    if stored is None:
        return None
    try:
        checkpoint = checkpoint_of(read_note(stored.note))
    except Refused:
        return None
    tree = _tree(stored.note, checkpoint.size)
    if difference(checkpoint, tree):
        return None
    return PublishedLog(stored.note, stored.at, checkpoint, tree)


@lru_cache(maxsize=1)
def _tree(_note: str, size: int) -> Tree:
    """The tree is made once for each checkpoint: what it is over does not change."""
    return queries.tree(size)


def proofs(log: PublishedLog, events: QuerySet[Event]) -> dict[str, Any]:
    """The proofs of events up to the checkpoint, as JSON. One query."""
    size = log.checkpoint.size
    rows = events.filter(number__lte=size).order_by("-number").values_list("number", "hash")
    return {
        "checkpoint": log.note,
        "events": [proof(log.tree, size, *row) for row in rows[:MOST_EVENTS]],
    }


def public_events(code: str) -> QuerySet[Event]:
    """The events that made and released the results of a body that everybody sees."""
    results = [str(key) for key in released().filter(body__code=code).values_list("pk", flat=True)]
    return Event.objects.filter(
        subject_kind="result", subject_id__in=results, verb__in=PUBLIC_VERBS
    )


@dataclass(frozen=True)
class WitnessRow:
    """A witness, and what it signed last."""

    key: Key
    size: int | None
    at: datetime | None


def witness_rows() -> list[WitnessRow]:
    """One query for each witness."""
    try:
        addresses = queries.witnesses()
    except Refused:
        return []
    seen = [(witness.key, queries.seen_by(witness.key)) for witness in addresses]
    return [
        WitnessRow(
            key, *((newest[0], datetime.fromtimestamp(newest[1], UTC)) if newest else (None, None))
        )
        for key, newest in seen
    ]


def log_keys() -> list[Key]:
    """The public keys of the log, as far as this process can tell them."""
    try:
        return queries.public_keys()
    except Refused:
        return []
