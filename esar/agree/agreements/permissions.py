"""Who may record a signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import State
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.interest import without_interest
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_record_signature(person: Any, scorecard: Scorecard, day: date) -> Verdict:
    """Record who has signed, while the agreement waits for its signatures."""
    if scorecard.state != State.SIGN:
        return denied("scorecard.wrong_state", state=Word(f"scorecard-state.{scorecard.state}"))
    if holds(person, day, Role.APPROVER, body=scorecard.body_id):
        return ALLOWED
    if holds(person, day, Role.ANALYST):
        return without_interest(person, (scorecard.body,), day, Role.ANALYST)
    return denied("access.wrong_role", roles=(Word("role.approver"), Word("role.analyst")))
