"""Who may keep the register of international indexes."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_keep_indexes(person: Any, day: date) -> Verdict:
    """List an index, write an edition, record what its host did: OPDC's analysts."""
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))
