"""The life of a body's request for a later day, as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class ExtensionState(models.TextChoices):
    """Where a request is."""

    DRAFT = "draft"
    SENT = "sent"
    GRANTED = "granted"
    REFUSED = "refused"


DRAFT, SENT = (ExtensionState.DRAFT,), (ExtensionState.SENT,)
EXTENSION_MOVES: dict[str, Move] = {
    "send": Move(DRAFT, ExtensionState.SENT, (Role.APPROVER,), OwnWork.NOT_WRITTEN, bound=True),
    "grant": Move(
        SENT, ExtensionState.GRANTED, (Role.ADMINISTRATOR,), OwnWork.NOT_SENT, bound=True
    ),
    "refuse": Move(
        SENT,
        ExtensionState.REFUSED,
        (Role.ADMINISTRATOR,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
    ),
}
