"""Who may release results and take out the linkage."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds

SEES_LINKAGE = (Role.ANALYST, Role.AUDITOR, Role.MINISTERS_OFFICE, Role.APPROVER)


def may_release(person: Any, day: date) -> Verdict:
    """Release results at all: OPDC's analysts. Each is asked for again as it is released."""
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))


def may_record_step(person: Any, day: date) -> Verdict:
    """Record a step of the route that results go before their release: OPDC's analysts."""
    return may_release(person, day)


def may_see_unreleased(person: Any, day: date) -> Verdict:
    """See a result before everyone does: OPDC's own people."""
    if holds(person, day, Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.ASSESSOR):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))


def may_see_linkage(person: Any, day: date) -> Verdict:
    """The appraisal of heads of agencies: of all for OPDC's analysts and auditors.

    A minister's office and a body's approver see it of their own (`linkage.bodies_shown`).
    """
    if holds(person, day, *SEES_LINKAGE):
        return ALLOWED
    return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in SEES_LINKAGE))
