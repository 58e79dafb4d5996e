"""Who may move a day of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import Verdict, denied
from esar.platform.organisations.interest import without_interest
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import holds


def may_extend(person: Any, day: date, body: Body | None = None) -> Verdict:
    """Move a day for everyone, or for one body: then without an interest in it."""
    if holds(person, day, Role.ADMINISTRATOR):
        bodies = () if body is None else (body,)
        return without_interest(person, bodies, day, Role.ADMINISTRATOR)
    return denied("calendar.only_administrator")
