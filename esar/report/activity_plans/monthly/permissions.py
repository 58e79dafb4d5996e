"""Who may enter what was used and read the summary; a monthly report's life says the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import (
    bodies_of,
    holds,
    office_code,
    sees_everything,
)
from esar.report.activity_plans.monthly.deadlines.queries import DUTY_OF, ENERGY
from esar.report.activity_plans.monthly.models import Usage


def may_enter(person: Any, body: Body, thing: str, day: date) -> Verdict:
    """Enter what was used: energy by the province's energy office, the rest by its reporters."""
    role = Role.CENTRAL_OWNER if DUTY_OF[Usage.Thing(thing)] == ENERGY else Role.REPORTER
    if holds(person, day, role, body=body.pk):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word(f"role.{role}"),))


def may_read_summary(person: Any, day: date) -> Verdict:
    """The quarterly summary is OPDC's and the Prime Minister's office's, which passes it on."""
    if sees_everything(person, day):
        return ALLOWED
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    if offices and Body.objects.filter(pk__in=offices, code=office_code("prime_minister")).exists():
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.analyst"), Word("role.auditor")))
