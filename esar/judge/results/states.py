"""The life of a result, as one table."""

from __future__ import annotations

from django.db import models


class ResultState(models.TextChoices):
    """Only a released result is seen by anyone outside OPDC."""

    COMPUTED = "computed"
    RELEASED = "released"
    SUPERSEDED = "superseded"  # a correction was released


RESULT_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "release": ((ResultState.COMPUTED,), ResultState.RELEASED),
    "supersede": ((ResultState.COMPUTED, ResultState.RELEASED), ResultState.SUPERSEDED),
}
