"""The life of a monthly report, as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork, drafting
from esar.platform.organisations.models import Role


class MonthState(models.TextChoices):
    """Where a monthly report is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SUBMITTED = "submitted"


MONTH_MOVES: dict[str, Move] = {
    **drafting((MonthState.DRAFT,), MonthState.PROPOSED, MonthState.SUBMITTED),
    "return": Move(
        (MonthState.SUBMITTED,),
        MonthState.DRAFT,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
        tells=AT_THE_BODY,
    ),
}

# Writing in a report is no move: it stays in its state.
MONTH_EDITS: dict[str, Move] = {
    "edit": Move((MonthState.DRAFT,), MonthState.DRAFT, (Role.REPORTER,))
}
