"""What is wrong between the log as it is and as it was signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from esar.exchange.witnessing.checkpoints import checkpoint_of, difference
from esar.exchange.witnessing.merkle import Tree
from esar.exchange.witnessing.notes import Key, read_note
from esar.exchange.witnessing.stamps import stamped_at
from esar.kernel.problems import Problem, Refused
from esar.platform.history import models
from esar.platform.history.checkpoints import queries

FRESH = timedelta(hours=26)  # a day, and two hours for a worker or a witness that was away


def findings(at: datetime) -> Iterator[Problem]:
    """Every checkpoint that the log does not bear out; witnesses and stamps that come no more.

    Signatures of the log are checked where its key is told of; the roots everywhere.
    """
    stored = list(models.Checkpoint.objects.order_by("size"))
    try:
        keys = queries.public_keys()
    except Refused as refused:
        yield from refused.problems
        keys = []
    if stored:
        log = queries.tree()  # after the checkpoints: what is written meanwhile only lengthens it
        for checkpoint in stored:
            yield from _of_checkpoint(checkpoint, log, keys)
    yield from _of_witnesses(at)
    yield from _of_stamps(at)


def _of_checkpoint(stored: models.Checkpoint, log: Tree, keys: list[Key]) -> Iterator[Problem]:
    try:
        checkpoint = checkpoint_of(read_note(stored.note))
        if keys:
            queries.said_by(stored, keys)
    except Refused as refused:
        yield from refused.problems
        return
    if checkpoint.size != stored.size:
        figures = {"size": stored.size, "found": checkpoint.size}
        yield Problem("doctor.checkpoint_changed", figures)
    if problem := difference(checkpoint, log):
        yield problem


def _of_witnesses(at: datetime) -> Iterator[Problem]:
    try:
        addresses = queries.witnesses()
    except Refused as refused:
        yield from refused.problems
        return
    for witness in addresses:
        seen = queries.seen_by(witness.key)
        figures = {"witness": witness.key.name, "hours": FRESH // timedelta(hours=1)}
        if seen is None:
            yield Problem("doctor.never_cosigned", figures)
        elif at - datetime.fromtimestamp(seen[1], UTC) > FRESH:
            yield Problem("doctor.not_cosigned", {**figures, "size": seen[0]})


def _of_stamps(at: datetime) -> Iterator[Problem]:
    """Stamps that are false, and an authority that has stamped nothing for long."""
    try:
        authority = queries.stamp_authority()
    except Refused as refused:
        yield from refused.problems
        return
    if authority is None:
        return
    stamps = models.Stamp.objects.select_related("checkpoint").order_by("pk")
    for stamp in stamps:
        try:
            stamped_at(stamp.answer, stamp.checkpoint.note, authority.roots)
        except Refused as refused:
            why = refused.problems[0].figures["why"]
            yield Problem("doctor.stamp_false", {"size": stamp.pk, "why": why})
    newest = max((stamp.at for stamp in stamps), default=None)
    if newest is None or at - newest > FRESH:
        figures = {"address": authority.address, "hours": FRESH // timedelta(hours=1)}
        yield Problem("doctor.not_stamped", figures)
