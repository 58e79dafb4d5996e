"""Who may release results and take out the linkage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from esar.judge.assessments.queries import acted_on
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_release(person: Any, day: date) -> Verdict:
    """Release results: OPDC's analysts."""
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))


def may_release_these(person: Any, assessments: Iterable[int | None]) -> Verdict:
    """Nobody releases a result that they assessed. One query for all of them."""
    if acted_on(person, [pk for pk in assessments if pk is not None]):
        return denied("access.own_work")
    return ALLOWED


def may_see_unreleased(person: Any, day: date) -> Verdict:
    """See a result before everyone does: OPDC's own people."""
    if holds(person, day, Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.ASSESSOR):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))


def may_see_linkage(person: Any, day: date) -> Verdict:
    """The appraisal of heads of agencies: OPDC's analysts and auditors."""
    if holds(person, day, Role.ANALYST, Role.AUDITOR):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"), Word("role.auditor")))
