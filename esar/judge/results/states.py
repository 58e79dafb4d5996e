"""The life of a result, as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class ResultState(models.TextChoices):
    """Only a released result is seen by anyone outside OPDC."""

    COMPUTED = "computed"
    RELEASED = "released"
    SUPERSEDED = "superseded"  # a correction was released


RESULT_MOVES: dict[str, Move] = {
    "release": Move(
        (ResultState.COMPUTED,),
        ResultState.RELEASED,
        (Role.ANALYST,),
        OwnWork.NOT_WRITTEN,
        bound=True,
    ),
    # It follows from the next number: computed, where this one waits; else released.
    "supersede": Move(
        (ResultState.COMPUTED, ResultState.RELEASED), ResultState.SUPERSEDED, (), by_system=True
    ),
}
