"""The life of a request to correct personal data, as one table."""

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class CorrectionState(models.TextChoices):
    """Where a request is."""

    ASKED = "asked"
    ANSWERED = "answered"


ASKED, ANSWERED = CorrectionState
WHO = (Role.ADMINISTRATOR,)
CORRECTION_MOVES: dict[str, Move] = {
    "begin": Move((ASKED,), ASKED, (), begins="asked", tells=WHO),
    "answer": Move(
        (ASKED,), ANSWERED, WHO, OwnWork.NOT_WRITTEN, needs_reason=True, bound=True, tells=WHO
    ),
}
