"""The lives of a strategic KPI and of what its host reports of a year, each as one table."""

from __future__ import annotations

from django.db import models

from esar.agree.committees.states import PaperState
from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork
from esar.platform.organisations.models import Role


class StrategicState(models.TextChoices):
    """Where it is: with OPDC, the level-1 group, the sub-commission, its committee, or in force."""

    DRAFT = "draft"
    OPINION = "opinion"
    DECIDE = "decide"
    APPROVED = "approved"
    TOLD = "told"
    IN_FORCE = "in_force"


DRAFT, OPINION, DECIDE, APPROVED, TOLD, IN_FORCE = StrategicState
OPDC = (Role.ANALYST, Role.ADMINISTRATOR)
COMMITTEE = (Role.SECRETARY,)

STRATEGIC_MOVES: dict[str, Move] = {
    "begin": Move((DRAFT,), DRAFT, (Role.ANALYST,), begins="drafted", decides=False),
    "submit": Move(
        (DRAFT,), OPINION, OPDC, OwnWork.NOT_WRITTEN, bound=True, tells=COMMITTEE, decides=False
    ),
    "opinion": Move(
        (OPINION,),
        DECIDE,
        COMMITTEE,
        OwnWork.NOT_SENT,
        needs_resolution=True,
        bound=True,
        tells=COMMITTEE,
    ),
    "approve": Move(
        (DECIDE,),
        APPROVED,
        COMMITTEE,
        OwnWork.NOT_SENT,
        needs_resolution=True,
        bound=True,
        tells=OPDC,
    ),
    "return": Move(
        (OPINION, DECIDE),
        DRAFT,
        COMMITTEE,
        OwnWork.NOT_SENT,
        needs_reason=True,
        needs_resolution=True,
        bound=True,
        tells=OPDC,
    ),
    "tell": Move((APPROVED,), TOLD, OPDC, bound=True, decides=False),
    "enforce": Move((TOLD,), IN_FORCE, (), by_system=True),
}
STRATEGIC_EDITS: dict[str, Move] = {
    "edit": Move((DRAFT,), DRAFT, (Role.ANALYST,), decides=False),
    "cascade": Move((TOLD, IN_FORCE), IN_FORCE, COMMITTEE),
}


# What a sitting resolves on a paper that lists some of them, or says whom one of them reaches.
LIST_MOVES: dict[str, Move] = {
    name: Move(
        (PaperState.TABLED,),
        PaperState.RESOLVED,
        COMMITTEE,
        needs_resolution=True,
        needs_reason=name == "return",
        bound=True,
    )
    for name in ("opinion", "approve", "return")
}
CASCADE_MOVES: dict[str, Move] = {
    name: Move(
        (PaperState.TABLED,), PaperState.RESOLVED, COMMITTEE, needs_resolution=True, bound=True
    )
    for name in ("cascaded", "not_cascaded")
}


class ResultState(models.TextChoices):
    """Where what a host reports of a year is: with the host, with OPDC, public, or given up."""

    DRAFT = "draft"
    SENT = "sent"
    RELEASED = "released"
    RETURNED = "returned"
    DROPPED = "dropped"


# What was sent in is not changed: sent back, it stays to be read, and the host writes another.
RESULT_MOVES: dict[str, Move] = {
    "begin": Move((ResultState.DRAFT,), ResultState.DRAFT, (Role.REPORTER,), begins="written"),
    "send": Move(
        (ResultState.DRAFT,),
        ResultState.SENT,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        bound=True,
        tells=(Role.ANALYST,),
    ),
    "drop": Move((ResultState.DRAFT,), ResultState.DROPPED, AT_THE_BODY, needs_reason=True),
    "release": Move(
        (ResultState.SENT,),
        ResultState.RELEASED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        bound=True,
        tells=AT_THE_BODY,
    ),
    "return": Move(
        (ResultState.SENT,),
        ResultState.RETURNED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
        tells=AT_THE_BODY,
    ),
}
RESULT_EDITS: dict[str, Move] = {
    "edit": Move((ResultState.DRAFT,), ResultState.DRAFT, (Role.REPORTER,))
}
