"""The life of a delivery of central data, and of an objection to a value of it."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class DeliveryState(models.TextChoices):
    """Where a file that an owner sent is; nothing counts before it is published."""

    CHECKING = "checking"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class ObjectionState(models.TextChoices):
    """Where an objection is."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


DELIVERY_MOVES: dict[str, Move] = {
    "publish": Move(
        (DeliveryState.CHECKING,), DeliveryState.PUBLISHED, (Role.CENTRAL_OWNER,), bound=True
    ),
    "discard": Move(
        (DeliveryState.CHECKING,), DeliveryState.DISCARDED, (Role.CENTRAL_OWNER,), decides=False
    ),
}

OBJECTION_MOVES: dict[str, Move] = {
    "uphold": Move(
        (ObjectionState.OPEN,),
        ObjectionState.UPHELD,
        (Role.CENTRAL_OWNER,),
        OwnWork.NOT_WRITTEN,
        needs_reason=True,
        bound=True,
    ),
    "reject": Move(
        (ObjectionState.OPEN,),
        ObjectionState.REJECTED,
        (Role.CENTRAL_OWNER,),
        OwnWork.NOT_WRITTEN,
        needs_reason=True,
        bound=True,
    ),
    "withdraw": Move(
        (ObjectionState.OPEN,), ObjectionState.WITHDRAWN, (Role.REPORTER, Role.APPROVER)
    ),
}
