"""Who may do what to a change request."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.queries import change_route_of, wrote_change
from esar.agree.changes.states import CHANGE_EDITS, CHANGE_MOVES
from esar.agree.scorecards.permissions import has_state_and_role, window_verdict
from esar.kernel.access import ALLOWED, Verdict, denied


def may_edit_change(person: Any, change: ChangeRequest, day: date) -> Verdict:
    move = CHANGE_EDITS["edit"]
    return has_state_and_role(person, move, "change", change.state, change.scorecard, None, day)


def may_move_change(person: Any, change: ChangeRequest, name: str, day: date) -> Verdict:
    """Make a move of CHANGE_MOVES. Nobody approves what they asked for."""
    move = CHANGE_MOVES[name]
    route = change_route_of(change)
    verdict = has_state_and_role(person, move, "change", change.state, change.scorecard, route, day)
    if not verdict:
        return verdict
    outside = name not in ("submit", "send_back")
    mine = name not in ("propose", "withdraw")
    if mine and wrote_change(person, change, or_submitted=outside):
        return denied("access.own_work")
    if name in ("propose", "submit"):
        return window_verdict(change.scorecard, day)
    return ALLOWED
