"""The life of a strategic KPI, as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
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
BY_RESOLUTION = ("opinion", "approve", "return")  # what a sitting may resolve on a list of them

STRATEGIC_MOVES: dict[str, Move] = {
    "begin": Move((DRAFT,), DRAFT, (Role.ANALYST,), begins="drafted", decides=False),
    "submit": Move((DRAFT,), OPINION, OPDC, OwnWork.NOT_WRITTEN, bound=True, decides=False),
    "opinion": Move((OPINION,), DECIDE, COMMITTEE, needs_resolution=True, bound=True),
    "approve": Move((DECIDE,), APPROVED, COMMITTEE, needs_resolution=True, bound=True),
    "return": Move(
        (OPINION, DECIDE), DRAFT, COMMITTEE, needs_reason=True, needs_resolution=True, bound=True
    ),
    "tell": Move((APPROVED,), TOLD, OPDC, bound=True, decides=False),
    "enforce": Move((TOLD,), IN_FORCE, (), by_system=True),
}
STRATEGIC_EDITS: dict[str, Move] = {
    "edit": Move((DRAFT,), DRAFT, (Role.ANALYST,), decides=False),
    "cascade": Move((TOLD, IN_FORCE), IN_FORCE, COMMITTEE),
}
