"""Who may call a sitting, and record by which order a committee sits. A sitting's moves are its
life's.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Committee, Role
from esar.platform.organisations.queries import holds


def may_call(person: Any, committee: Committee, day: date) -> Verdict:
    """Call a sitting: the committee's secretary."""
    if holds(person, day, Role.SECRETARY, committee=committee.pk):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.secretary"),))


def may_record_order(person: Any, committee: Committee, day: date) -> Verdict:
    """Record the order that appoints a committee: its secretary, or who keeps the registry."""
    if holds(person, day, Role.SECRETARY, committee=committee.pk):
        return ALLOWED
    if holds(person, day, Role.ADMINISTRATOR):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.secretary"), Word("role.administrator")))
