"""Writes: the log is signed, shown to the witnesses, and kept with what they signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from esar.exchange.witnessing.checkpoints import Checkpoint, checkpoint_of, difference, signed
from esar.exchange.witnessing.merkle import Tree
from esar.exchange.witnessing.notes import Note, read_note
from esar.exchange.witnessing.sending import Answer, WitnessAddress, cosignatures
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.platform.history import models
from esar.platform.history.actions import record
from esar.platform.history.checkpoints.queries import newest, seen_by, signing_key, tree, witnesses


@dataclass(frozen=True)
class SignedLog:
    """The checkpoint that was kept, and what each witness answered."""

    note: Note
    answers: Sequence[Answer]

    @property
    def problems(self) -> list[Problem]:
        """Why witnesses did not sign."""
        return [answer.problem for answer in self.answers if answer.problem]


def sign_log(*, at: datetime) -> SignedLog:
    """Sign the log as it is now and ask every witness; what they sign is kept with it.

    It is asked outside any transaction, for a witness may be slow. One that does not sign keeps
    no checkpoint from being made.

    Errors: Refused without a key, for a log without events, and for one that is not the
    continuation of what was signed last.
    """
    key, asked_witnesses = signing_key(), witnesses()
    log = tree()
    if not log.size:
        raise Refused([Problem("checkpoint.nothing_to_sign")])
    _require_continued(log)
    note = signed(Checkpoint(key.name, log.size, log.root()), key)
    answers = cosignatures(note, log, asked_witnesses, _seen_sizes(asked_witnesses))
    cosigned = [answer.signature for answer in answers if answer.signature]
    note = note.with_signatures(*cosigned)
    _keep(note, log.size, at=at)
    return SignedLog(note, answers)


def _require_continued(log: Tree) -> None:
    """Errors: Refused; a log never signs two histories."""
    last = newest()
    problem = last and difference(checkpoint_of(read_note(last.note)), log)
    if problem:
        raise Refused([problem])


def _seen_sizes(asked_witnesses: list[WitnessAddress]) -> dict[str, int]:
    seen = {witness.key.name: seen_by(witness.key) for witness in asked_witnesses}
    return {name: newest_seen[0] for name, newest_seen in seen.items() if newest_seen}


def _keep(note: Note, size: int, *, at: datetime) -> None:
    """Keep it with its event; the same size signed twice at once is kept once."""
    try:
        with transaction.atomic():
            if models.Checkpoint.objects.filter(size=size).exists():
                return
            stored = models.Checkpoint(size=size, at=at, note=str(note))
            stored.save(force_insert=True)
            after = {"size": size, "sha256": digest(str(note))}
            record("checkpoint.sign", stored, by=None, at=at, after=after)
    except IntegrityError:
        return
