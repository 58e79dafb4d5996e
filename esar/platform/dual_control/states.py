"""The life of an act of two administrators, as one table."""

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class DualState(models.TextChoices):
    """Where an act of two is."""

    ASKED = "asked"
    DONE = "done"
    WITHDRAWN = "withdrawn"


ASKED, DONE, WITHDRAWN = DualState
WHO = (Role.ADMINISTRATOR,)
DUAL_MOVES: dict[str, Move] = {
    "begin": Move((ASKED,), ASKED, WHO, begins="asked", tells=WHO),
    "approve": Move((ASKED,), DONE, WHO, OwnWork.NOT_WRITTEN, bound=True, tells=WHO),
    "withdraw": Move((ASKED,), WITHDRAWN, WHO, needs_reason=True, tells=WHO),
}
