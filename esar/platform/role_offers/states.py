"""The life of an offer of a role, as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import Move, OwnWork


class OfferState(models.TextChoices):
    """Where an offer is. Accepted, the role is given or lent."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OFFERED, ACCEPTED, DECLINED, WITHDRAWN = OfferState
# No roles that people are appointed to: whoever offers, and the person to whom it is offered.
GIVER, TAKER = "giver", "taker"
OFFER_MOVES: dict[str, Move] = {
    "begin": Move((OFFERED,), OFFERED, (GIVER,), begins="offered"),
    "accept": Move((OFFERED,), ACCEPTED, (TAKER,), OwnWork.NOT_WRITTEN, bound=True),
    "decline": Move((OFFERED,), DECLINED, (TAKER,)),
    "withdraw": Move((OFFERED,), WITHDRAWN, (GIVER,)),
}
