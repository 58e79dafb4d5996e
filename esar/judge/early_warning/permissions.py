"""Who may warn, and why not; the life of a warning says the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_warn(person: Any, day: date) -> Verdict:
    """Look at all projections, and have those warned that the rules name."""
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))
