"""Who may keep OPDC's list of indicators."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.indicators.models import Indicator
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_keep_list(person: Any, indicator: Indicator | None, day: date) -> Verdict:
    """Add to OPDC's list or change what is on it: OPDC's analysts, and nothing but the list."""
    if indicator is not None and (indicator.body_id is not None or indicator.is_of_the_rules):
        return denied("indicator.not_listed", indicator=indicator.code)
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"),))
