"""The life of a plan and of a request to change it, each as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork, drafting
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
    **drafting((PlanState.DRAFT,), PlanState.PROPOSED, PlanState.SUBMITTED, tells=(Role.ANALYST,)),
    # Until the plan is due; after that a change is asked for.
    "reopen": Move(
        (PlanState.SUBMITTED,), PlanState.DRAFT, AT_THE_BODY, needs_reason=True, tells=AT_THE_BODY
    ),
}

PLAN_CHANGE_MOVES: dict[str, Move] = {
    **drafting(
        (PlanChangeState.DRAFT,),
        PlanChangeState.PROPOSED,
        PlanChangeState.ASKED,
        tells=(Role.ANALYST,),
    ),
    # From a draft too, and for good.
    "withdraw": Move(
        (PlanChangeState.DRAFT, PlanChangeState.PROPOSED),
        PlanChangeState.WITHDRAWN,
        (Role.REPORTER,),
        tells=AT_THE_BODY,
    ),
    "approve": Move(
        (PlanChangeState.ASKED,),
        PlanChangeState.DONE,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        bound=True,
        tells=AT_THE_BODY,
    ),
    "reject": Move(
        (PlanChangeState.ASKED,),
        PlanChangeState.REJECTED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
        tells=AT_THE_BODY,
    ),
}

# Editing what a thing holds is no move: it stays in its state.
PLAN_EDITS: dict[str, Move] = {"edit": Move((PlanState.DRAFT,), PlanState.DRAFT, (Role.REPORTER,))}
PLAN_CHANGE_EDITS: dict[str, Move] = {
    "edit": Move((PlanChangeState.DRAFT,), PlanChangeState.DRAFT, (Role.REPORTER,))
}
