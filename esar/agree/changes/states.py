"""The life of a change request as a table."""

from __future__ import annotations

from django.db import models

from esar.agree.scorecards.states import NEXT
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Role


class ChangeState(models.TextChoices):
    """Where a change request is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    OPINION = "opinion"
    DECIDE = "decide"
    ACKNOWLEDGE = "acknowledge"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CHANGE_MOVES: dict[str, Move] = {
    "propose": Move((ChangeState.DRAFT,), ChangeState.PROPOSED, (Role.REPORTER,)),
    "withdraw": Move(
        (ChangeState.DRAFT, ChangeState.PROPOSED), ChangeState.WITHDRAWN, (Role.REPORTER,)
    ),
    "send_back": Move(
        (ChangeState.PROPOSED,), ChangeState.DRAFT, (Role.APPROVER,), needs_reason=True
    ),
    "submit": Move((ChangeState.PROPOSED,), NEXT, (Role.APPROVER,)),
    "opinion": Move((ChangeState.OPINION,), NEXT, (Role.SECRETARY,), needs_resolution=True),
    "approve": Move((ChangeState.DECIDE,), NEXT, (Role.SECRETARY,), needs_resolution=True),
    "reject": Move(
        (ChangeState.OPINION, ChangeState.DECIDE),
        ChangeState.REJECTED,
        (Role.SECRETARY,),
        needs_resolution=True,
        needs_reason=True,
    ),
    "acknowledge": Move((ChangeState.ACKNOWLEDGE,), NEXT, (Role.SECRETARY,), needs_resolution=True),
}


CHANGE_EDITS: dict[str, Move] = {
    "edit": Move((ChangeState.DRAFT,), ChangeState.DRAFT, (Role.REPORTER,)),
}
