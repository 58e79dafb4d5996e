"""The life of a Cabinet resolution that adds a Joint KPI in mid-year, as one table."""

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class AdditionState(models.TextChoices):
    """Where an addition is."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    DROPPED = "dropped"


DRAFT, IN_FORCE, DROPPED = AdditionState
OPDC = (Role.ANALYST, Role.ADMINISTRATOR)
ADDITION_MOVES: dict[str, Move] = {
    "begin": Move((DRAFT,), DRAFT, OPDC, begins="written", decides=False),
    "enact": Move((DRAFT,), IN_FORCE, OPDC, OwnWork.NOT_WRITTEN, bound=True, tells=OPDC),
    "drop": Move((DRAFT,), DROPPED, OPDC, needs_reason=True, decides=False),
}
