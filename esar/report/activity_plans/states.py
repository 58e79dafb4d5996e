"""The life of a plan and of a request to change it, each as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class PlanState(models.TextChoices):
    """Where a plan is. Sent in, its last version is in force."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SUBMITTED = "submitted"


class PlanChangeState(models.TextChoices):
    """Where a request to change a plan is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ASKED = "asked"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PLAN_MOVES: dict[str, Move] = {
    "propose": Move((PlanState.DRAFT,), PlanState.PROPOSED, (Role.REPORTER,), bound=True),
    "withdraw": Move((PlanState.PROPOSED,), PlanState.DRAFT, (Role.REPORTER,)),
    "send_back": Move(
        (PlanState.PROPOSED,),
        PlanState.DRAFT,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        needs_reason=True,
    ),
    "submit": Move(
        (PlanState.PROPOSED,),
        PlanState.SUBMITTED,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        bound=True,
    ),
    # Until the plan is due; after that a change is asked for.
    "reopen": Move(
        (PlanState.SUBMITTED,), PlanState.DRAFT, (Role.REPORTER, Role.APPROVER), needs_reason=True
    ),
}

PLAN_CHANGE_MOVES: dict[str, Move] = {
    "propose": Move(
        (PlanChangeState.DRAFT,), PlanChangeState.PROPOSED, (Role.REPORTER,), bound=True
    ),
    "withdraw": Move(
        (PlanChangeState.DRAFT, PlanChangeState.PROPOSED),
        PlanChangeState.WITHDRAWN,
        (Role.REPORTER,),
    ),
    "send_back": Move(
        (PlanChangeState.PROPOSED,),
        PlanChangeState.DRAFT,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        needs_reason=True,
    ),
    "submit": Move(
        (PlanChangeState.PROPOSED,),
        PlanChangeState.ASKED,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        bound=True,
    ),
    "approve": Move(
        (PlanChangeState.ASKED,),
        PlanChangeState.DONE,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        bound=True,
    ),
    "reject": Move(
        (PlanChangeState.ASKED,),
        PlanChangeState.REJECTED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
    ),
}

# Editing what a thing holds is no move: it stays in its state.
PLAN_EDITS: dict[str, Move] = {"edit": Move((PlanState.DRAFT,), PlanState.DRAFT, (Role.REPORTER,))}
PLAN_CHANGE_EDITS: dict[str, Move] = {
    "edit": Move((PlanChangeState.DRAFT,), PlanChangeState.DRAFT, (Role.REPORTER,))
}
