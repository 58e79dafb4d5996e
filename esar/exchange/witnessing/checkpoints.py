"""Checkpoints (C2SP tlog-checkpoint): which log, how many events, and the root over them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from esar.exchange.witnessing.merkle import BYTES, Tree
from esar.exchange.witnessing.notes import Key, Note, SigningKey, as_base64, from_base64, read_note
from esar.kernel.problems import Problem, Refused

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """The log as it stood: its origin, the number of its events, the root of their tree."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{as_base64(self.root)}\n"


def signed(checkpoint: Checkpoint, key: SigningKey) -> Note:
    text = str(checkpoint)
    return Note(text, (key.sign(text),))


def checkpoint_of(note: Note) -> Checkpoint:
    """What a note says, whoever signed it. Errors: Refused when it is no checkpoint.

    Lines beyond the third are none of ours, but a witness signs them for other logs.
    """
    lines = note.text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise Refused([Problem("note.not_a_checkpoint")])
    try:
        root = from_base64(lines[2])
    except ValueError:
        root = b""
    if len(root) != BYTES:
        raise Refused([Problem("note.not_a_checkpoint")])
    return Checkpoint(lines[0], int(lines[1]), root)


def read_checkpoint(text: str, keys: Iterable[Key]) -> Checkpoint:
    """A checkpoint that one of the keys has signed. Errors: Refused for any other."""
    note = read_note(text)
    checkpoint = checkpoint_of(note)
    trusted = list(keys)
    signed_by = [key for key in trusted if note.is_signed_by(key)]  # a false one is told of each
    if not signed_by:
        names = ", ".join(key.name for key in trusted) or "–"
        raise Refused([Problem("note.not_signed", {"origin": checkpoint.origin, "keys": names})])
    return checkpoint


def difference(checkpoint: Checkpoint, log: Tree) -> Problem | None:
    """Why the log is not the one that was signed, or not its continuation; None when it is."""
    figures = {"size": checkpoint.size, "found": log.size}
    if log.size < checkpoint.size:
        return Problem("checkpoint.log_is_shorter", figures)
    if log.root(checkpoint.size) != checkpoint.root:
        return Problem("checkpoint.log_is_another", figures)
    return None
