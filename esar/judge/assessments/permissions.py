"""Who may plan a visit, before there is one, or declare; what else one may is told by the lives."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments.life import without_conflict
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.states import OF_A_LEVEL, OF_OPDC
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.interest import without_interest
from esar.platform.organisations.queries import holds


def may_declare(person: Any, day: date) -> Verdict:
    """Declare for a whole year whether one has a conflict of interest: whoever judges at all."""
    if holds(person, day, *OF_A_LEVEL):
        return ALLOWED
    return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in OF_A_LEVEL))


def may_plan(person: Any, day: date) -> Verdict:
    """Plan visits at all: OPDC's. Each body is asked about when it is chosen."""
    if holds(person, day, *OF_OPDC):
        return ALLOWED
    return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in OF_OPDC))


def may_visit(person: Any, about: Assessment | Scorecard, day: date) -> Verdict:
    """Plan a visit, or a meeting to advise: without an interest or a declared conflict."""
    assessment = about if isinstance(about, Assessment) else None
    card = about.report.scorecard if isinstance(about, Assessment) else about
    for verdict in (may_plan(person, day), without_interest(person, (card.body,), day, *OF_OPDC)):
        if not verdict:
            return verdict
    return without_conflict(person, assessment)
