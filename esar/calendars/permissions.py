"""Who may move a day of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.access import ALLOWED, Verdict, denied
from esar.organisations.models import Role
from esar.organisations.queries import holds


def may_extend(person: Any, day: date) -> Verdict:
    if holds(person, day, Role.ADMINISTRATOR):
        return ALLOWED
    return denied("calendar.only_administrator")
