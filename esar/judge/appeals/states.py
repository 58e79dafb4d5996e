"""The life of an appeal, as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork
from esar.platform.organisations.models import Role


class AppealState(models.TextChoices):
    """Where an appeal is."""

    DRAFT = "draft"
    FILED = "filed"
    HEARD = "heard"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Vote(models.TextChoices):
    """What a member of the panel says."""

    UPHOLD = "uphold"
    REJECT = "reject"


OPEN = (AppealState.DRAFT, AppealState.FILED, AppealState.HEARD)
AT_OPDC = (AppealState.FILED, AppealState.HEARD)
DECIDED = (AppealState.UPHELD, AppealState.REJECTED)

# ASSESSOR is a member of the panel here, and for "uphold" and "reject" its chair. Whoever sits is
# kept from their own work by what bars them; see queries.barred_from.
APPEAL_MOVES: dict[str, Move] = {
    "write": Move((AppealState.DRAFT,), AppealState.DRAFT, (Role.REPORTER,)),
    "file": Move(
        (AppealState.DRAFT,),
        AppealState.FILED,
        (Role.APPROVER,),
        OwnWork.NOT_WRITTEN,
        bound=True,
    ),
    "name_panel": Move(AT_OPDC, AppealState.HEARD, (Role.ANALYST,), bound=True),
    "vote": Move(
        (AppealState.HEARD,),
        AppealState.HEARD,
        (Role.ASSESSOR,),
        needs_reason=True,
        bound=True,
    ),
    "uphold": Move(
        (AppealState.HEARD,),
        AppealState.UPHELD,
        (Role.ASSESSOR,),
        needs_reason=True,
        bound=True,
    ),
    "reject": Move(
        (AppealState.HEARD,),
        AppealState.REJECTED,
        (Role.ASSESSOR,),
        needs_reason=True,
        bound=True,
    ),
    "withdraw": Move(OPEN, AppealState.WITHDRAWN, (Role.APPROVER,)),
}
