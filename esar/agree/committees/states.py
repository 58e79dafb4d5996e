"""The life of a sitting, and what may come of an item on its table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Role


class SittingState(models.TextChoices):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PaperState(models.TextChoices):
    """Whether a committee has carried out what it resolved on a paper."""

    TABLED = "tabled"
    RESOLVED = "resolved"


class Outcome(models.TextChoices):
    """What was resolved; each is the move of that name, but `deferred`, which moves nothing."""

    OPINION = "opinion"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    ACKNOWLEDGE = "acknowledge"
    CASCADED = "cascaded"
    NOT_CASCADED = "not_cascaded"
    DEFERRED = "deferred"


SITTING_MOVES: dict[str, Move] = {
    "open": Move((SittingState.PLANNED,), SittingState.OPEN, (Role.SECRETARY,)),
    "close": Move((SittingState.OPEN,), SittingState.CLOSED, (Role.SECRETARY,), bound=True),
    "cancel": Move(
        (SittingState.PLANNED,), SittingState.CANCELLED, (Role.SECRETARY,), needs_reason=True
    ),
}

# What does not move a sitting but needs it in these states.
SITTING_EDITS: dict[str, Move] = {
    "agenda": Move(
        (SittingState.PLANNED, SittingState.OPEN), SittingState.PLANNED, (Role.SECRETARY,)
    ),
    "attendance": Move(
        (SittingState.PLANNED, SittingState.OPEN), SittingState.PLANNED, (Role.SECRETARY,)
    ),
    "resolve": Move((SittingState.OPEN,), SittingState.OPEN, (Role.SECRETARY,)),
}
