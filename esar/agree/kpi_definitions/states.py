"""The life of a scorecard's KPI templates as a table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork, drafting
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
    **drafting(_AT_THE_BODY, TemplatesState.PROPOSED, TemplatesState.SENT, tells=(Role.ANALYST,)),
    # With a verdict on every KPI: one or more to be amended, or all passed.
    "return": Move(
        (TemplatesState.SENT,),
        TemplatesState.RETURNED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        bound=True,
        tells=AT_THE_BODY,
    ),
    "pass": Move(
        (TemplatesState.SENT,),
        TemplatesState.PASSED,
        (Role.ANALYST,),
        OwnWork.NOT_SENT,
        bound=True,
        tells=AT_THE_BODY,
    ),
}
TEMPLATES_EDITS: dict[str, Move] = {
    "edit": Move(_AT_THE_BODY, TemplatesState.DRAFT, (Role.REPORTER,)),
    "audit": Move((TemplatesState.SENT,), TemplatesState.SENT, (Role.ANALYST,), OwnWork.NOT_SENT),
}
