"""A witness: of each log it keeps the last checkpoint that it signed, and signs only what goes on.

Its folder holds its own key and one file for each log, written whole before anything is signed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from esar.exchange.witnessing.checkpoints import Checkpoint, checkpoint_of
from esar.exchange.witnessing.keys import load_signing_key
from esar.exchange.witnessing.merkle import BYTES, EMPTY, continues
from esar.exchange.witnessing.notes import (
    Key,
    Note,
    Signature,
    SigningKey,
    as_base64,
    from_base64,
    read_key,
    read_note,
)
from esar.kernel.problems import Problem, Refused

MOST_HASHES = 63
BAD_REQUEST, FORBIDDEN, UNKNOWN, CONFLICT, UNPROCESSABLE = 400, 403, 404, 409, 422


class NotWitnessed(Refused):
    """Why a witness does not sign: the HTTP status, and of a conflict of sizes its own size."""

    def __init__(
        self, status: int, problems: Sequence[Problem], seen_size: int | None = None
    ) -> None:
        super().__init__(problems)
        self.status = status
        self.seen_size = seen_size


@dataclass(frozen=True)
class Seen:
    """A log as the witness knows it: its key, and the last checkpoint that was signed."""

    origin: str
    key: Key
    note: str = ""

    @property
    def checkpoint(self) -> Checkpoint:
        if self.note:
            return checkpoint_of(read_note(self.note))
        return Checkpoint(self.origin, 0, EMPTY)


@dataclass(frozen=True)
class Request:
    """What a log asks: to sign `note`, which goes on from its checkpoint of `old` events."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        hashes = "".join(f"{as_base64(digest)}\n" for digest in self.proof)
        return f"old {self.old}\n{hashes}\n{self.note}"


def read_request(text: str) -> Request:
    """Errors: NotWitnessed when it has not the form of C2SP tlog-witness."""
    head, _, note = text.partition("\n\n")
    first, *hashes = head.split("\n")
    word, _, size = first.partition(" ")
    is_size = size.isascii() and size.isdigit() and len(size) < 20 and str(int(size)) == size
    try:
        proof = tuple(from_base64(line) for line in hashes)
        if word != "old" or not is_size or len(proof) > MOST_HASHES:
            raise ValueError(first)
        if any(len(digest) != BYTES for digest in proof):
            raise ValueError(hashes)
        return Request(int(size), proof, read_note(note))
    except ValueError:
        raise NotWitnessed(BAD_REQUEST, [Problem("witness.not_a_request")]) from None
    except Refused as refused:
        raise NotWitnessed(BAD_REQUEST, refused.problems) from None


class Witness:
    """What a witness has seen, in its folder, and its signing. Safe for several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    @property
    def key_file(self) -> Path:
        return self.folder / "witness.key"

    def key(self) -> SigningKey:
        """Errors: Refused when there is none, or others may read it."""
        return load_signing_key(self.key_file)

    def add(self, origin: str, key: Key) -> None:
        """Know a log. Its key may change; what was seen of it stays."""
        with self._alone():
            seen = self._seen(origin) or Seen(origin, key)
            self._write(replace(seen, key=key))

    def all_seen(self) -> list[Seen]:
        """Every log that it knows, by origin. Errors: Refused when a file of it cannot be read."""
        return sorted(
            (self._read(path) for path in self.folder.glob("*.json")), key=lambda seen: seen.origin
        )

    def cosign(self, request: Request, *, at: int) -> Signature:
        """Sign what goes on from what was seen, and remember it first.

        Errors: NotWitnessed for an unknown log, a forged or malformed checkpoint, a smaller log,
        and one that is not the continuation of what was seen.
        """
        try:
            checkpoint = checkpoint_of(request.note)
        except Refused as refused:
            raise NotWitnessed(BAD_REQUEST, refused.problems) from None
        with self._alone():
            seen = self._seen(checkpoint.origin)
            if seen is None:
                figures = {"origin": _quoted(checkpoint.origin)}
                raise NotWitnessed(UNKNOWN, [Problem("witness.unknown_log", figures)])
            _require_signed(request.note, seen)
            _require_continued(request, checkpoint, seen.checkpoint)
            text = request.note.text
            own = Note(text, (_log_signature(request.note, seen.key),))
            self._write(replace(seen, note=str(own)))
            return self.key().sign(text, at)

    def _seen(self, origin: str) -> Seen | None:
        path = self._path(origin)
        return self._read(path) if path.exists() else None

    def _path(self, origin: str) -> Path:
        return self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.json"

    def _read(self, path: Path) -> Seen:
        try:
            content = json.loads(path.read_text("utf-8"))
            seen = Seen(content["origin"], read_key(content["key"]), content["checkpoint"])
            is_own = self._path(seen.origin) == path and seen.checkpoint.origin == seen.origin
        except (OSError, ValueError, KeyError, TypeError, AttributeError, Refused):
            is_own = False
        if not is_own:  # never to be taken for a log of which nothing was seen
            raise Refused([Problem("witness.unreadable", {"path": path})]) from None
        return seen

    def _write(self, seen: Seen) -> None:
        """On the disk, whole, before this returns. Errors: Refused when the disk takes it not."""
        path = self._path(seen.origin)
        half = path.with_suffix(".part")
        content = {"origin": seen.origin, "key": str(seen.key), "checkpoint": seen.note}
        try:
            with half.open("w", encoding="utf-8") as out:
                json.dump(content, out, ensure_ascii=False, indent=1)
                out.flush()
                os.fsync(out.fileno())
            half.replace(path)
            handle = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(handle)  # the new name too
            finally:
                os.close(handle)
        except OSError as error:
            figures = {"path": path, "why": error.strerror or str(error)}
            raise Refused([Problem("witness.cannot_write", figures)]) from None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One thread of one process at a time reads what was seen and writes it."""
        with self._lock, (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _require_signed(note: Note, seen: Seen) -> None:
    figures = {"origin": seen.origin}
    try:
        if note.is_signed_by(seen.key):
            return
    except Refused:
        pass
    raise NotWitnessed(FORBIDDEN, [Problem("witness.forged", figures)])


def _log_signature(note: Note, key: Key) -> Signature:
    signature = note.signature_of(key)
    assert signature is not None  # it was looked at before
    return signature


def _require_continued(request: Request, checkpoint: Checkpoint, seen: Checkpoint) -> None:
    """Errors: NotWitnessed unless the checkpoint goes on from what was seen."""
    size = {"origin": seen.origin, "size": checkpoint.size, "seen": seen.size, "old": request.old}
    if request.old > checkpoint.size:
        raise NotWitnessed(BAD_REQUEST, [Problem("witness.old_is_larger", size)])
    if checkpoint.size < seen.size:
        raise NotWitnessed(CONFLICT, [Problem("witness.rolled_back", size)], seen.size)
    if request.old != seen.size:
        raise NotWitnessed(CONFLICT, [Problem("witness.other_size", size)], seen.size)
    if checkpoint.size == seen.size and checkpoint.root != seen.root:
        raise NotWitnessed(CONFLICT, [Problem("witness.forked", size)])
    if not continues(seen.size, seen.root, checkpoint.size, checkpoint.root, request.proof):
        raise NotWitnessed(UNPROCESSABLE, [Problem("witness.not_continued", size)])


def _quoted(text: str) -> str:
    return f"“{ascii(text)[1:-1][:120]}”"
