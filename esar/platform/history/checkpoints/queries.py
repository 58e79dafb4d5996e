"""Reads: the keys, the tree over the log, what was signed of it and by whom."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from esar.exchange.witnessing.checkpoints import Checkpoint, read_checkpoint
from esar.exchange.witnessing.keys import load_signing_key
from esar.exchange.witnessing.merkle import Tree
from esar.exchange.witnessing.notes import LOG, Key, SigningKey, read_key, read_note
from esar.exchange.witnessing.sending import WitnessAddress, read_addresses
from esar.exchange.witnessing.stamps import StampAuthority, read_authority
from esar.kernel.problems import Problem, Refused
from esar.platform.history import models
from esar.platform.history.models import Event

LOOKED_BACK = 100  # checkpoints in which a witness's newest signature is looked for


def is_signed() -> bool:
    """Whether this site signs its log."""
    return bool(settings.LOG_KEY)


def signing_key() -> SigningKey:
    """Errors: Refused when none is set, it cannot be read, or others may read it."""
    if not settings.LOG_KEY:
        raise Refused([Problem("checkpoint.no_key")])
    key = load_signing_key(Path(settings.LOG_KEY))
    if key.kind != LOG:
        raise Refused([Problem("key.not_of_a_log", {"name": key.name})])
    return key


def public_keys() -> list[Key]:
    """The key that signs now and those that are told of. Errors: Refused."""
    own = [signing_key().public] if is_signed() else []
    public = map(read_key, settings.LOG_PUBLIC_KEYS.split())
    return own + [key for key in public if key not in own]


def witnesses() -> list[WitnessAddress]:
    """Errors: Refused when the setting cannot be read."""
    return read_addresses(settings.WITNESSES)


def stamp_authority() -> StampAuthority | None:
    """Who stamps checkpoints; None where nobody is set. Errors: Refused (`read_authority`)."""
    if not settings.STAMP_AUTHORITY:
        return None
    return read_authority(settings.STAMP_AUTHORITY, Path(settings.STAMP_ROOTS))


def tree(size: int | None = None) -> Tree:
    """The tree over the events, or over those up to a number. One query, read in portions."""
    events = Event.objects.order_by("number")
    if size is not None:
        events = events.filter(number__lte=size)
    hashes = events.values_list("hash", flat=True).iterator(chunk_size=5000)
    return Tree(digest.encode() for digest in hashes)


def newest() -> models.Checkpoint | None:
    return models.Checkpoint.objects.order_by("-size").first()


def newest_stamp() -> models.Stamp | None:
    """The stamp of the newest checkpoint that has one. One query."""
    return models.Stamp.objects.order_by("-pk").first()


def first_with(number: int) -> models.Checkpoint | None:
    """The first checkpoint that an event is in: which it is never changes. One query."""
    return models.Checkpoint.objects.filter(size__gte=number).order_by("size").first()


def said_by(stored: models.Checkpoint, keys: list[Key]) -> Checkpoint:
    """What a stored checkpoint says. Errors: Refused unless one of the keys has signed it."""
    return read_checkpoint(stored.note, keys)


def seen_by(key: Key) -> tuple[int, int] | None:
    """Size and time (seconds since 1970) of the newest checkpoint that a witness has signed.

    One query. A signature that is false is none.
    """
    stored = models.Checkpoint.objects.order_by("-size")[:LOOKED_BACK]
    for size, text in stored.values_list("size", "note"):
        try:
            at = read_note(text).seen_at(key)
        except Refused:
            continue
        if at is not None:
            return size, at
    return None
