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
from esar.exchange.witnessing.stamps import ask_for_stamp
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.platform.history import models
from esar.platform.history.actions import record
from esar.platform.history.checkpoints.queries import (
    newest,
    seen_by,
    signing_key,
    stamp_authority,
    tree,
    witnesses,
)


@dataclass(frozen=True)
class SignedLog:
    """The checkpoint that was kept, and what each witness answered."""

    note: Note
    answers: Sequence[Answer]
    stamp_problems: Sequence[Problem] = ()

    @property
    def problems(self) -> list[Problem]:
        """Why witnesses did not sign, and why there is no stamp."""
        unsigned = [answer.problem for answer in self.answers if answer.problem]
        return [*unsigned, *self.stamp_problems]


def sign_log(*, at: datetime) -> SignedLog:
    """Sign the log as it is now, ask every witness and have it stamped; what they sign is kept.

    They are asked outside any transaction, for they may be slow. One that does not sign keeps
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
    stored = _keep(note, log.size, at=at)
    return SignedLog(note, answers, _stamp(stored, at=at))


def _require_continued(log: Tree) -> None:
    """Errors: Refused; a log never signs two histories."""
    last = newest()
    problem = last and difference(checkpoint_of(read_note(last.note)), log)
    if problem:
        raise Refused([problem])


def _seen_sizes(asked_witnesses: list[WitnessAddress]) -> dict[str, int]:
    seen = {witness.key.name: seen_by(witness.key) for witness in asked_witnesses}
    return {name: newest_seen[0] for name, newest_seen in seen.items() if newest_seen}


def _keep(note: Note, size: int, *, at: datetime) -> models.Checkpoint:
    """Keep it with its event; the same size signed twice at once is kept once."""
    if before := models.Checkpoint.objects.filter(size=size).first():
        return before
    try:
        with transaction.atomic():
            stored = models.Checkpoint(size=size, at=at, note=str(note))
            stored.save(force_insert=True)
            after = {"size": size, "sha256": digest(str(note))}
            record("checkpoint.sign", stored, by=None, at=at, after=after)
            return stored
    except IntegrityError:
        return models.Checkpoint.objects.get(size=size)


def _stamp(checkpoint: models.Checkpoint, *, at: datetime) -> list[Problem]:
    """Have it stamped once, where an authority is set; why it was not."""
    try:
        authority = stamp_authority()
        if authority is None or models.Stamp.objects.filter(checkpoint=checkpoint).exists():
            return []
        answer = ask_for_stamp(checkpoint.note, authority)
        with transaction.atomic():
            stored = models.Stamp(checkpoint=checkpoint, at=at, answer=answer)
            stored.save(force_insert=True)
            after = {"size": checkpoint.size, "sha256": digest(answer)}
            record("checkpoint.stamp", stored, by=None, at=at, after=after)
    except Refused as refused:
        return list(refused.problems)
    except IntegrityError:  # stamped by another at the same moment
        return []
    return []
