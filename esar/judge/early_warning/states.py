"""The lives of a warning with its corrective plan and of a look ahead, each as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle import moves
from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class WarningState(models.TextChoices):
    """Where a warning is."""

    ASKED = "asked"
    PLANNED = "planned"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DONE = "done"
    WITHDRAWN = "withdrawn"


OPEN = (
    WarningState.ASKED,
    WarningState.PLANNED,
    WarningState.SENT,
    WarningState.RETURNED,
    WarningState.ACCEPTED,
)
# What is still between the body and OPDC: committees and ministries do not see it yet.
AT_THE_BODY = (
    WarningState.ASKED,
    WarningState.PLANNED,
    WarningState.RETURNED,
    WarningState.WITHDRAWN,
)

WARNING_MOVES: dict[str, Move] = {
    "plan": Move(
        (WarningState.ASKED, WarningState.PLANNED, WarningState.RETURNED),
        WarningState.PLANNED,
        (Role.REPORTER,),
        tells=(Role.APPROVER,),
    ),
    "send_back": Move(
        (WarningState.PLANNED,),
        WarningState.RETURNED,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        needs_reason=True,
        tells=moves.AT_THE_BODY,
    ),
    "send_plan": Move(
        (WarningState.PLANNED,),
        WarningState.SENT,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        bound=True,
        tells=(Role.ANALYST,),
    ),
    "accept_plan": Move(
        (WarningState.SENT,),
        WarningState.ACCEPTED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        bound=True,
        tells=moves.AT_THE_BODY,
    ),
    "return_plan": Move(
        (WarningState.SENT,),
        WarningState.RETURNED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
        tells=moves.AT_THE_BODY,
    ),
    "close_warning": Move(
        (WarningState.ACCEPTED,),
        WarningState.DONE,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        tells=moves.AT_THE_BODY,
    ),
    "withdraw_warning": Move(
        OPEN, WarningState.WITHDRAWN, (Role.ANALYST,), needs_reason=True, tells=moves.AT_THE_BODY
    ),
}


class LookState(models.TextChoices):
    """Where a look ahead is. A forgotten one was done, and its rows have given way to newer."""

    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    FORGOTTEN = "forgotten"
    FAILED = "failed"


UNDER_WAY = (LookState.ASKED, LookState.RUNNING)

# Nobody's moves: the worker makes them. An analyst asks, which begins the life.
LOOK_MOVES: dict[str, Move] = {
    "begin": Move((LookState.ASKED,), LookState.RUNNING, ()),
    "finish": Move((LookState.RUNNING,), LookState.DONE, ()),
    "forget": Move((LookState.DONE,), LookState.FORGOTTEN, ()),
    "fail": Move(UNDER_WAY, LookState.FAILED, ()),
}
