"""The life of a scorecard and of a change request, each as one table.

Which steps there are, and in what order, is the rulebook's route; a move that passes a step leads
to the next one of the route (`NEXT`).
"""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork, drafting
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


NEXT = "next"  # the next step of the rulebook's route


SCORECARD_MOVES: dict[str, Move] = {
    **drafting((State.DRAFT,), State.PROPOSED, NEXT),
    "opinion": Move(
        (State.OPINION,),
        NEXT,
        (Role.SECRETARY,),
        OwnWork.NOT_SENT,
        needs_resolution=True,
        bound=True,
    ),
    "approve": Move(
        (State.DECIDE,),
        NEXT,
        (Role.SECRETARY,),
        OwnWork.NOT_SENT,
        needs_resolution=True,
        bound=True,
    ),
    "return": Move(
        (State.OPINION, State.DECIDE, State.ACKNOWLEDGE),
        State.DRAFT,
        (Role.SECRETARY,),
        OwnWork.NOT_SENT,
        needs_resolution=True,
        needs_reason=True,
        bound=True,
    ),
    "collect": Move((State.COLLECT,), NEXT, (Role.ANALYST,), OwnWork.NOT_SENT, bound=True),
    "return_by_opdc": Move(
        (State.COLLECT, State.INFORM, State.SIGN),
        State.DRAFT,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
    ),
    "acknowledge": Move(
        (State.ACKNOWLEDGE,),
        NEXT,
        (Role.SECRETARY,),
        OwnWork.NOT_SENT,
        needs_resolution=True,
        bound=True,
    ),
    "inform": Move((State.INFORM,), NEXT, (Role.ANALYST,), OwnWork.NOT_SENT, bound=True),
    # When everyone whom the rulebook names has signed.
    "sign": Move((State.SIGN,), NEXT, (Role.ANALYST,), OwnWork.NOT_SENT, bound=True),
}
# Editing what it holds is no move: it stays in its state.
SCORECARD_EDITS: dict[str, Move] = {
    "edit": Move((State.DRAFT,), State.DRAFT, (Role.REPORTER,)),
    # Chosen by its body and sent in a file: OPDC takes in what all provinces choose.
    "load": Move((State.DRAFT,), State.DRAFT, (Role.REPORTER, Role.ANALYST)),
}
