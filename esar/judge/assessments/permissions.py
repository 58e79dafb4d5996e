"""Who may plan a visit, before there is one; what else one may is told by the lives."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.judge.assessments.life import without_conflict
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.states import OF_OPDC
from esar.kernel.access import Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.queries import holds


def may_visit(person: Any, assessment: Assessment | None, day: date) -> Verdict:
    """Plan a visit, or a meeting to advise: OPDC's, without a declared conflict."""
    if not holds(person, day, *OF_OPDC):
        return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in OF_OPDC))
    return without_conflict(person, assessment)
