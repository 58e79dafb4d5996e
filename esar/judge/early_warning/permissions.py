"""Who may warn, and who may do what to a warning, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.judge.early_warning.models import EarlyWarning
from esar.judge.early_warning.queries import planned_by
from esar.judge.early_warning.states import WARNING_MOVES
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_warn(person: Any, day: date) -> Verdict:
    """Look at all projections, and have those warned that the rules name."""
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))


def may_move(person: Any, warning: EarlyWarning, name: str, day: date) -> Verdict:
    """Make a move of WARNING_MOVES. Nobody sends on, or accepts, the plan they wrote."""
    move = WARNING_MOVES[name]
    if warning.state not in move.sources:
        return denied("warning.wrong_state", state=Word(f"warning-state.{warning.state}"))
    body = warning.scorecard.body_id
    at_body = (Role.REPORTER, Role.APPROVER)
    if not any(
        holds(person, day, role, body=body if role in at_body else None) for role in move.roles
    ):
        return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in move.roles))
    by_opdc = Role.ANALYST in move.roles
    if name not in ("plan", "withdraw_warning") and planned_by(person, warning, or_sent=by_opdc):
        return denied("access.own_work")
    return ALLOWED
