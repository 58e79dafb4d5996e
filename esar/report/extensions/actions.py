"""Writes: a request for a later day is begun. Its life moves it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from esar.kernel.access import denied, require
from esar.kernel.wording import Word
from esar.platform.history.actions import record
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import holds
from esar.report.extensions.models import ExtensionRequest


@transaction.atomic
def ask(
    body: Body,
    year: int,
    rule_id: str,
    last_day: date,
    reason: str,
    *,
    by: Person,
    at: datetime,
    on: date,
) -> ExtensionRequest:
    """Begin a request of a body for an entry of the calendar. Errors: Refused."""
    if not holds(by, on, Role.REPORTER, body=body.pk):
        require(denied("access.wrong_role", roles=(Word("role.reporter"),)))
    request = ExtensionRequest(body=body, fiscal_year=year, rule_id=rule_id, since=at)
    request.last_day, request.reason = last_day, reason.strip()
    request.save(force_insert=True)
    after = {"entry": rule_id, "last_day": last_day.isoformat()}
    record("extension.asked", request, by=by, at=at, body=body.code, after=after, reason=reason)
    return request
