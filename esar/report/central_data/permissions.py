"""Who may deliver central data, and object to a value of it; their lives say the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.law.rules.refusals import denial
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds
from esar.report.central_data.data_sets.queries import DataSet
from esar.report.central_data.models import CentralValue
from esar.report.central_data.queries import last_day_to_object, owned_by, set_of


def may_deliver(person: Any, data_set: DataSet | None, day: date) -> Verdict:
    """Send in values: only for the body that the rulebook names as the owner."""
    if data_set is not None and data_set.owner in owned_by(person, day):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.central_owner"),))


def may_object(person: Any, value: CentralValue, day: date) -> Verdict:
    """Object to a value: its body's reporter or approver, until the last day's end."""
    if not holds(person, day, Role.REPORTER, Role.APPROVER, body=value.body_id):
        return denied("access.wrong_role", roles=(Word("role.reporter"), Word("role.approver")))
    last = last_day_to_object(value)
    if last is None or day > last:
        data_set = set_of(value)
        return denial("central.too_late", data_set.rule if data_set else None, day=last or day)
    return ALLOWED
