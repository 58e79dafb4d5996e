"""Proofs that events are in the log of a checkpoint, as JSON, and how they are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from esar.exchange.witnessing.checkpoints import Checkpoint, read_checkpoint
from esar.exchange.witnessing.merkle import Tree, includes
from esar.exchange.witnessing.notes import Key, as_base64, from_base64
from esar.kernel.problems import Problem, Refused


def proof(log: Tree, size: int, number: int, digest: str) -> dict[str, Any]:
    """That the event of a number, from 1, with this hash is among the first `size`."""
    path = log.inclusion(number - 1, size)
    return {"number": number, "hash": digest, "proof": [as_base64(part) for part in path]}


def checked(content: Any, keys: Iterable[Key]) -> tuple[Checkpoint, int]:
    """The checkpoint that a file of proofs rests on, and how many events it proves.

    Errors: Refused for a file that is none, a checkpoint that no key has signed, and for every
    event that is not in the log.
    """
    try:
        note, events = content["checkpoint"], list(content["events"])
        checkpoint = read_checkpoint(note, keys)
        problems = list(_unproven(events, checkpoint))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused([Problem("proof.not_a_proof")]) from None
    if problems or not events:
        raise Refused(problems or [Problem("proof.not_a_proof")])
    return checkpoint, len(events)


def _unproven(events: list[Mapping[str, Any]], checkpoint: Checkpoint) -> Iterator[Problem]:
    for event in events:
        path = [from_base64(part) for part in event["proof"]]
        number, leaf = int(event["number"]), event["hash"].encode()
        if not includes(leaf, number - 1, checkpoint.size, path, checkpoint.root):
            yield Problem("proof.not_in_the_log", {"number": number, "size": checkpoint.size})
