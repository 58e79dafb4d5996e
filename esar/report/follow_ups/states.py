"""The life of what a lead tells of its agenda, as one table."""

from django.db import models

from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork
from esar.platform.organisations.models import Role


class FollowUpState(models.TextChoices):
    """Where it is."""

    DRAFT = "draft"
    SENT = "sent"
    ADVISED = "advised"
    DROPPED = "dropped"


class StageState(models.TextChoices):
    """How a stage of the chain goes."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    STUCK = "stuck"


DRAFT, SENT, ADVISED, DROPPED = FollowUpState
ADVISERS = (Role.SECRETARY,)  # of the first level's working group on departments
FOLLOW_UP_MOVES: dict[str, Move] = {
    "begin": Move((DRAFT,), DRAFT, (Role.REPORTER,), begins="written"),
    "send": Move((DRAFT,), SENT, (Role.APPROVER,), OwnWork.NOT_WRITTEN, bound=True, tells=ADVISERS),
    "drop": Move((DRAFT,), DROPPED, AT_THE_BODY, needs_reason=True, tells=AT_THE_BODY),
    "advise": Move(
        (SENT,),
        ADVISED,
        ADVISERS,
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
        tells=AT_THE_BODY,
    ),
}
FOLLOW_UP_EDITS: dict[str, Move] = {"edit": Move((DRAFT,), DRAFT, (Role.REPORTER,))}
