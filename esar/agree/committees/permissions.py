"""Who may call, open, close and record a sitting."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.committees.models import Sitting
from esar.agree.committees.states import SITTING_EDITS, SITTING_MOVES
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Committee, Role
from esar.platform.organisations.queries import holds


def may_call(person: Any, committee: Committee, day: date) -> Verdict:
    if holds(person, day, Role.SECRETARY, committee=committee.pk):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.secretary"),))


def may_do(person: Any, sitting: Sitting, name: str, day: date) -> Verdict:
    """Make a move of SITTING_MOVES, or one of SITTING_EDITS."""
    move = SITTING_MOVES.get(name) or SITTING_EDITS[name]
    if sitting.state not in move.sources:
        return denied("sitting.wrong_state", state=Word(f"sitting-state.{sitting.state}"))
    return may_call(person, sitting.committee, day)
