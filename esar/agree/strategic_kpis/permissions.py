"""Who may draft strategic KPIs. What one may do with one of them is its life's."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_draft(person: Any, day: date) -> Verdict:
    """Draft strategic KPIs, one by one or by a file: OPDC's analysts."""
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))
