"""The life of an assessment, of a visit and of a finding, each as one table.

The middle states are the levels of the rulebook's `assessment` entry, in its order.
"""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class Stage(models.TextChoices):
    """At whose desk an assessment is."""

    PRELIMINARY = "preliminary"
    MINISTER = "minister"
    PRIME_MINISTER = "prime_minister"
    RETURNED = "returned"  # the report is with the body again
    DONE = "done"


class VisitState(models.TextChoices):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class FindingState(models.TextChoices):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


LEVELS = (Stage.PRELIMINARY, Stage.MINISTER, Stage.PRIME_MINISTER)
NEXT, FORMER = "next", "former"  # along the rulebook's levels; after the last one it is done
STAYS = "stays"  # an edit: it remains where it is
OF_OPDC = (Role.ASSESSOR, Role.ANALYST)
OF_A_LEVEL = (Role.ASSESSOR, Role.MINISTERS_OFFICE)  # whichever has it on its desk

ASSESSMENT_MOVES: dict[str, Move] = {
    "pass_on": Move(LEVELS, NEXT, OF_A_LEVEL, OwnWork.NOT_SENT, bound=True),
    "hand_back": Move(
        (Stage.MINISTER, Stage.PRIME_MINISTER),
        FORMER,
        (Role.MINISTERS_OFFICE,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
    ),
    "return": Move(
        (Stage.PRELIMINARY,),
        Stage.RETURNED,
        (Role.ASSESSOR,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
    ),
    # It follows from the report, which its body sends in again.
    "resubmit": Move((Stage.RETURNED,), Stage.PRELIMINARY, (), by_system=True),
}
# None is a move: it stays at its level.
ASSESSMENT_EDITS: dict[str, Move] = {
    "declare": Move(LEVELS, STAYS, OF_A_LEVEL, decides=False),
    "judge": Move(LEVELS, STAYS, OF_A_LEVEL, OwnWork.NOT_SENT, bound=True),
    "check": Move(LEVELS, STAYS, OF_A_LEVEL, OwnWork.NOT_SENT, bound=True),
}

VISIT_MOVES: dict[str, Move] = {
    "done": Move((VisitState.PLANNED,), VisitState.DONE, OF_OPDC),
    "cancel": Move((VisitState.PLANNED,), VisitState.CANCELLED, OF_OPDC, needs_reason=True),
}
# Writing down what a visit found leaves it as it is.
VISIT_EDITS: dict[str, Move] = {
    "add_finding": Move((VisitState.DONE,), VisitState.DONE, OF_OPDC),
}

# What is answered or asked is the reason of the move.
FINDING_MOVES: dict[str, Move] = {
    "answer": Move(
        (FindingState.OPEN,),
        FindingState.ANSWERED,
        (Role.REPORTER, Role.APPROVER),
        needs_reason=True,
    ),
    "reopen": Move(
        (FindingState.ANSWERED,), FindingState.OPEN, OF_OPDC, needs_reason=True, bound=True
    ),
    "close": Move(
        (FindingState.OPEN, FindingState.ANSWERED), FindingState.CLOSED, OF_OPDC, bound=True
    ),
}
