"""The life of what a body says of its evaluation of itself, as one table."""

from django.db import models

from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork
from esar.platform.organisations.models import Role


class SelfEvaluationState(models.TextChoices):
    """Where its papers are."""

    ASKED = "asked"
    RECEIVED = "received"
    CHECKED = "checked"
    PUT = "put"  # to the Prime Minister, with the results of the others


ASKED, RECEIVED, CHECKED, PUT = SelfEvaluationState
OPDC = (Role.ANALYST,)
SELF_EVALUATION_MOVES: dict[str, Move] = {
    "begin": Move((ASKED,), ASKED, OPDC, begins="asked", tells=AT_THE_BODY),
    "send": Move((ASKED,), RECEIVED, (Role.APPROVER,), OwnWork.NOT_WRITTEN, bound=True, tells=OPDC),
    # Papers that came by letter: whoever wrote them down may say so, and checks nothing.
    "take_in": Move((ASKED,), RECEIVED, OPDC, bound=True, tells=AT_THE_BODY),
    "send_back": Move(
        (RECEIVED,),
        ASKED,
        OPDC,
        OwnWork.NOT_SENT,
        needs_reason=True,
        bound=True,
        tells=AT_THE_BODY,
    ),
    "check": Move((RECEIVED,), CHECKED, OPDC, OwnWork.NOT_SENT, bound=True, tells=AT_THE_BODY),
    "put": Move(
        (CHECKED,), PUT, OPDC, OwnWork.NOT_SENT, bound=True, tells=(Role.MINISTERS_OFFICE,)
    ),
}
# Neither is a move: the papers stay where they are.
SELF_EVALUATION_EDITS: dict[str, Move] = {
    "fill": Move((ASKED,), ASKED, (Role.REPORTER, Role.ANALYST)),
}
