"""The life of a scorecard and of a change request, each as one table.

Which steps there are, and in what order, is the rulebook's route; a move that passes a step leads
to the next one of the route (`NEXT`).
"""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Role


class State(models.TextChoices):
    """Where a scorecard is. The middle ones are acts of the rulebook's route."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    OPINION = "opinion"
    DECIDE = "decide"
    COLLECT = "collect"
    ACKNOWLEDGE = "acknowledge"
    INFORM = "inform"
    SIGN = "sign"
    IN_FORCE = "in_force"


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


class TemplatesState(models.TextChoices):
    """Where a scorecard's KPI templates are, once its KPIs are in force."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SENT = "sent"
    RETURNED = "returned"
    PASSED = "passed"


NEXT = "next"  # the next step of the rulebook's route


SCORECARD_MOVES: dict[str, Move] = {
    "propose": Move((State.DRAFT,), State.PROPOSED, (Role.REPORTER,)),
    "withdraw": Move((State.PROPOSED,), State.DRAFT, (Role.REPORTER,)),
    "send_back": Move((State.PROPOSED,), State.DRAFT, (Role.APPROVER,), needs_reason=True),
    "submit": Move((State.PROPOSED,), NEXT, (Role.APPROVER,)),
    "opinion": Move((State.OPINION,), NEXT, (Role.SECRETARY,), needs_resolution=True),
    "approve": Move((State.DECIDE,), NEXT, (Role.SECRETARY,), needs_resolution=True),
    "return": Move(
        (State.OPINION, State.DECIDE, State.ACKNOWLEDGE),
        State.DRAFT,
        (Role.SECRETARY,),
        needs_resolution=True,
        needs_reason=True,
    ),
    "collect": Move((State.COLLECT,), NEXT, (Role.ANALYST,)),
    "return_by_opdc": Move(
        (State.COLLECT, State.INFORM, State.SIGN), State.DRAFT, (Role.ANALYST,), needs_reason=True
    ),
    "acknowledge": Move((State.ACKNOWLEDGE,), NEXT, (Role.SECRETARY,), needs_resolution=True),
    "inform": Move((State.INFORM,), NEXT, (Role.ANALYST,)),
    # When everyone whom the rulebook names has signed.
    "sign": Move((State.SIGN,), NEXT, (Role.ANALYST,)),
}

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

_AT_THE_BODY = (TemplatesState.DRAFT, TemplatesState.RETURNED)
TEMPLATES_MOVES: dict[str, Move] = {
    "propose": Move(_AT_THE_BODY, TemplatesState.PROPOSED, (Role.REPORTER,)),
    "withdraw": Move((TemplatesState.PROPOSED,), TemplatesState.DRAFT, (Role.REPORTER,)),
    "send_back": Move(
        (TemplatesState.PROPOSED,), TemplatesState.DRAFT, (Role.APPROVER,), needs_reason=True
    ),
    "submit": Move((TemplatesState.PROPOSED,), TemplatesState.SENT, (Role.APPROVER,)),
    # With a verdict on every KPI: one or more to be amended, or all passed.
    "return": Move((TemplatesState.SENT,), TemplatesState.RETURNED, (Role.ANALYST,)),
    "pass": Move((TemplatesState.SENT,), TemplatesState.PASSED, (Role.ANALYST,)),
}

# Editing what a thing holds is no move: it stays in its state.
EDITS: dict[str, Move] = {
    "scorecard": Move((State.DRAFT,), State.DRAFT, (Role.REPORTER,)),
    "change": Move((ChangeState.DRAFT,), ChangeState.DRAFT, (Role.REPORTER,)),
    "templates": Move(_AT_THE_BODY, TemplatesState.DRAFT, (Role.REPORTER,)),
    "audit": Move((TemplatesState.SENT,), TemplatesState.SENT, (Role.ANALYST,)),
}
