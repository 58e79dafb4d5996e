"""The chain of events: each holds the hash of the one before, so no edit goes unseen.

Pure, so that an exported copy is verified on a machine that has never seen the server.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from esar.kernel.problems import Place, Problem

START = "0" * 64  # what stands before the first event
FIELDS = (
    "number",
    "at",
    "actor_id",
    "actor",
    "origin",
    "verb",
    "subject_kind",
    "subject_id",
    "body_code",
    "before",
    "after",
    "reason",
)

LATER_FIELDS = ("rows", "written_at")  # an event of earlier releases has none; hashed where it has
MAX_RUN_BACK = timedelta(minutes=5)  # by which the clocks of a site's machines may differ

Record = Mapping[str, object]
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(content: object) -> str:
    """One text for one content: sorted keys, no spaces, Unicode as it is."""
    return _WRITER.encode(content)


def digest(content: object) -> str:
    """sha256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def event_hash(previous: str, record: Record) -> str:
    """The hash that binds an event to everything before it, with the rows where it has them."""
    fields = {field: record[field] for field in FIELDS}
    for field in LATER_FIELDS:
        if (value := record.get(field)) is not None:
            fields[field] = value
    return digest([previous, fields])


@dataclass(frozen=True)
class Head:
    """The number and hash of the last event at some moment, written down elsewhere."""

    number: int
    hash: str


def verify(records: Iterable[Record], heads: Iterable[Head] = ()) -> Iterator[Problem]:
    """Every break of the chain: edits, deletions, reordering, and times that run back.

    By the heads also a cut tail.
    `records` in their stored order, each with FIELDS, `previous` and `hash`.
    """
    noted_heads = {head.number: head for head in heads}
    previous, expected, last = START, 1, 0
    latest: datetime | None = None
    for record in records:
        number = record["number"]
        place = Place(row=number if isinstance(number, int) else None)
        if number != expected:
            yield Problem("audit.gap", {"expected": expected, "found": number}, place)
        if record["previous"] != previous:
            yield Problem("audit.chain_broken", {"number": number}, place)
        if record["hash"] != event_hash(str(record["previous"]), record):
            yield Problem("audit.edited", {"number": number}, place)
        if isinstance(number, int):
            head = noted_heads.pop(number, None)
            if head is not None and head.hash != record["hash"]:
                yield Problem("audit.head_differs", {"number": number}, place)
            last = number
            expected = number + 1
        if (written := _moment(record.get("written_at"))) is not None:
            if latest is not None and latest - written > MAX_RUN_BACK:
                figures = {"number": number, "written": written.isoformat(" ", "seconds")}
                yield Problem("audit.time_ran_back", figures, place)
                latest = written  # told once; what follows is held against it
            latest = written if latest is None else max(latest, written)
        previous = str(record["hash"])
    for number in sorted(noted_heads):
        yield Problem("audit.tail_cut", {"number": number, "last": last})


def _moment(text: object) -> datetime | None:
    """When an event was written; None where it does not say, or says what nobody can read."""
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
