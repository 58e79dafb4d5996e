"""The life of a change request as a table."""

from __future__ import annotations

from django.db import models

from esar.agree.scorecards.states import NEXT
from esar.platform.lifecycle.moves import Move, OwnWork, drafting
from esar.platform.organisations.models import Role


class ChangeState(models.TextChoices):
    """Where a change request is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    OPINION = "opinion"
    DECIDE = "decide"
    TELL = "tell"
    ACKNOWLEDGE = "acknowledge"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


UNDECIDED = (ChangeState.DRAFT, ChangeState.PROPOSED, ChangeState.OPINION, ChangeState.DECIDE)

CHANGE_MOVES: dict[str, Move] = {
    **drafting((ChangeState.DRAFT,), ChangeState.PROPOSED, NEXT),
    # From a draft too, and for good.
    "withdraw": Move(
        (ChangeState.DRAFT, ChangeState.PROPOSED), ChangeState.WITHDRAWN, (Role.REPORTER,)
    ),
    "opinion": Move(
        (ChangeState.OPINION,),
        NEXT,
        (Role.SECRETARY,),
        OwnWork.NOT_SENT,
        needs_resolution=True,
        bound=True,
    ),
    "approve": Move(
        (ChangeState.DECIDE,),
        NEXT,
        (Role.SECRETARY,),
        OwnWork.NOT_SENT,
        needs_resolution=True,
        bound=True,
    ),
    "reject": Move(
        (ChangeState.OPINION, ChangeState.DECIDE),
        ChangeState.REJECTED,
        (Role.SECRETARY,),
        OwnWork.NOT_SENT,
        needs_resolution=True,
        needs_reason=True,
        bound=True,
    ),
    "tell": Move(
        (ChangeState.TELL,),
        NEXT,
        (Role.SECRETARY, Role.ANALYST),
        OwnWork.NOT_SENT,
        bound=True,
    ),
    "acknowledge": Move(
        (ChangeState.ACKNOWLEDGE,),
        NEXT,
        (Role.SECRETARY,),
        OwnWork.NOT_SENT,
        needs_resolution=True,
        bound=True,
    ),
}
CHANGE_EDITS: dict[str, Move] = {
    "edit": Move((ChangeState.DRAFT,), ChangeState.DRAFT, (Role.REPORTER,)),
}
