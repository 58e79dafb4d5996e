"""The life of a body's request for a later day, as one table."""

from django.db import models

from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork
from esar.platform.organisations.models import Role


class ExtensionState(models.TextChoices):
    """Where a request is."""

    DRAFT = "draft"
    SENT = "sent"
    GRANTED = "granted"
    REFUSED = "refused"


DRAFT, SENT, GRANTED, REFUSED = ExtensionState
WHO, NOT_SENT = (Role.ADMINISTRATOR,), OwnWork.NOT_SENT
EXTENSION_MOVES: dict[str, Move] = {
    "begin": Move((DRAFT,), DRAFT, (Role.REPORTER,), begins="asked"),
    "send": Move((DRAFT,), SENT, (Role.APPROVER,), OwnWork.NOT_WRITTEN, bound=True, tells=WHO),
    "grant": Move((SENT,), GRANTED, WHO, NOT_SENT, bound=True, tells=AT_THE_BODY),
    "refuse": Move(
        (SENT,), REFUSED, WHO, NOT_SENT, needs_reason=True, bound=True, tells=AT_THE_BODY
    ),
}
