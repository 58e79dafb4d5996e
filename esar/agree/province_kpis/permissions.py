"""Who may load what provinces choose."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.scorecards.states import SCORECARD_EDITS
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.queries import holds

LOADERS = SCORECARD_EDITS["load"].roles


def may_load(person: Any, day: date) -> Verdict:
    """Send a file: who may load some scorecard. Each row asks of its own (`may_edit`)."""
    if holds(person, day, *LOADERS):
        return ALLOWED
    return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in LOADERS))
