"""The life of an early warning and of its corrective plan, as one table."""

from __future__ import annotations

from django.db import models

from esar.organisations.models import Role
from esar.scorecards.states import Move


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
    WarningState.ASKED, WarningState.PLANNED, WarningState.SENT, WarningState.RETURNED,
    WarningState.ACCEPTED,
)  # fmt: skip
# What is still between the body and OPDC: committees and ministries do not see it yet.
AT_THE_BODY = (
    WarningState.ASKED, WarningState.PLANNED, WarningState.RETURNED, WarningState.WITHDRAWN,
)  # fmt: skip

WARNING_MOVES: dict[str, Move] = {
    "plan": Move(
        (WarningState.ASKED, WarningState.PLANNED, WarningState.RETURNED), WarningState.PLANNED,
        (Role.REPORTER,),
    ),
    "send_back": Move(
        (WarningState.PLANNED,), WarningState.RETURNED, (Role.APPROVER,), reasoned=True
    ),
    "send_plan": Move((WarningState.PLANNED,), WarningState.SENT, (Role.APPROVER,)),
    "accept_plan": Move((WarningState.SENT,), WarningState.ACCEPTED, (Role.ANALYST,)),
    "return_plan": Move(
        (WarningState.SENT,), WarningState.RETURNED, (Role.ANALYST,), reasoned=True
    ),
    "close_warning": Move(
        (WarningState.ACCEPTED,), WarningState.DONE, (Role.ANALYST,), reasoned=True
    ),
    "withdraw_warning": Move(OPEN, WarningState.WITHDRAWN, (Role.ANALYST,), reasoned=True),
}  # fmt: skip
