"""The life of a scorecard's KPI templates as a table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class TemplatesState(models.TextChoices):
    """Where a scorecard's KPI templates are, once its KPIs are in force."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SENT = "sent"
    RETURNED = "returned"
    PASSED = "passed"


_AT_THE_BODY = (TemplatesState.DRAFT, TemplatesState.RETURNED)


TEMPLATES_MOVES: dict[str, Move] = {
    "propose": Move(_AT_THE_BODY, TemplatesState.PROPOSED, (Role.REPORTER,), bound=True),
    "withdraw": Move((TemplatesState.PROPOSED,), TemplatesState.DRAFT, (Role.REPORTER,)),
    "send_back": Move(
        (TemplatesState.PROPOSED,),
        TemplatesState.DRAFT,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        needs_reason=True,
    ),
    "submit": Move(
        (TemplatesState.PROPOSED,),
        TemplatesState.SENT,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        bound=True,
    ),
    # With a verdict on every KPI: one or more to be amended, or all passed.
    "return": Move(
        (TemplatesState.SENT,),
        TemplatesState.RETURNED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        bound=True,
    ),
    "pass": Move(
        (TemplatesState.SENT,), TemplatesState.PASSED, (Role.ANALYST,), OwnWork.NOT_SENT, bound=True
    ),
}
TEMPLATES_EDITS: dict[str, Move] = {
    "edit": Move(_AT_THE_BODY, TemplatesState.DRAFT, (Role.REPORTER,)),
    "audit": Move((TemplatesState.SENT,), TemplatesState.SENT, (Role.ANALYST,), OwnWork.NOT_SENT),
}
