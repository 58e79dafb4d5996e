"""Who may release results and take out the linkage."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.access import ALLOWED, Verdict, denied
from esar.organisations.models import Role
from esar.organisations.queries import holds


def may_release(person: Any, day: date) -> Verdict:
    """Release results: OPDC's analysts."""
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=("role.analyst",))


def may_see_linkage(person: Any, day: date) -> Verdict:
    """The appraisal of heads of agencies: OPDC, and a minister's office."""
    if holds(person, day, Role.ANALYST, Role.AUDITOR):
        return ALLOWED
    return denied("access.wrong_role", roles=("role.analyst", "role.auditor"))
