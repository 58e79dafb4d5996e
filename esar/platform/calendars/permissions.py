"""Who may move a day of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_extend(person: Any, day: date) -> Verdict:
    if holds(person, day, Role.ADMINISTRATOR):
        return ALLOWED
    return denied("calendar.only_administrator")
