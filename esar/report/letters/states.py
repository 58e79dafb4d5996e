"""The life of a circular letter, as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class LetterState(models.TextChoices):
    """Where a letter is. Once sent it is frozen; closed, nobody waits for receipts any more."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SENT = "sent"
    CLOSED = "closed"


class Speed(models.TextChoices):
    """How fast it must be dealt with (ชั้นความเร็ว)."""

    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    MOST_URGENT = "most_urgent"


class How(models.TextChoices):
    """How a receipt came: a click of the body's own people, a personal link, or on paper."""

    SYSTEM = "system"
    LINK = "link"
    PAPER = "paper"


READ_BY_OTHERS = (LetterState.SENT, LetterState.CLOSED)

# The reporter and the approver are those of the sending body; OPDC's letters are its analysts'.
LETTER_MOVES: dict[str, Move] = {
    "propose": Move(
        (LetterState.DRAFT,), LetterState.PROPOSED, (Role.REPORTER, Role.ANALYST), bound=True
    ),
    "withdraw": Move((LetterState.PROPOSED,), LetterState.DRAFT, (Role.REPORTER, Role.ANALYST)),
    "send_back": Move(
        (LetterState.PROPOSED,),
        LetterState.DRAFT,
        (Role.APPROVER, Role.ANALYST),
        OwnWork.NOT_WRITTEN,
        needs_reason=True,
    ),
    "send": Move(
        (LetterState.PROPOSED,),
        LetterState.SENT,
        (Role.APPROVER, Role.ANALYST),
        OwnWork.NOT_WRITTEN,
        bound=True,
    ),
    "close": Move(
        (LetterState.SENT,),
        LetterState.CLOSED,
        (Role.REPORTER, Role.APPROVER, Role.ANALYST),
        needs_reason=True,
    ),
}

# Neither is a move: the letter stays in its state.
LETTER_EDITS: dict[str, Move] = {
    "edit": Move((LetterState.DRAFT,), LetterState.DRAFT, (Role.REPORTER, Role.ANALYST)),
    "follow_up": Move(
        (LetterState.SENT,), LetterState.SENT, (Role.REPORTER, Role.APPROVER, Role.ANALYST)
    ),
}
