"""The life of a monthly report, as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class MonthState(models.TextChoices):
    """Where a monthly report is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SUBMITTED = "submitted"


MONTH_MOVES: dict[str, Move] = {
    "propose": Move((MonthState.DRAFT,), MonthState.PROPOSED, (Role.REPORTER,), bound=True),
    "withdraw": Move((MonthState.PROPOSED,), MonthState.DRAFT, (Role.REPORTER,)),
    "send_back": Move(
        (MonthState.PROPOSED,),
        MonthState.DRAFT,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        needs_reason=True,
    ),
    "submit": Move(
        (MonthState.PROPOSED,),
        MonthState.SUBMITTED,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        bound=True,
    ),
    "return": Move(
        (MonthState.SUBMITTED,),
        MonthState.DRAFT,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
    ),
}

# Writing in a report is no move: it stays in its state.
MONTH_EDITS: dict[str, Move] = {
    "edit": Move((MonthState.DRAFT,), MonthState.DRAFT, (Role.REPORTER,))
}
