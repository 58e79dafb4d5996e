"""Writes: a request for a later day is begun. Its life moves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.kernel.access import denied, require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.platform.calendars.queries import entry
from esar.platform.history.actions import record
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import holds
from esar.report.extensions.models import ExtensionRequest
from esar.report.extensions.states import ExtensionState


@transaction.atomic
def ask(
    body: Body, year: int, fields: Mapping[str, Any], *, by: Person, at: datetime, on: date
) -> ExtensionRequest:
    """Begin a request of a body: `fields` are the entry of the calendar, the last day, the reason.

    Errors: Refused without the right, for an entry that the body's calendar does not have, or a day
    that is not later.
    """
    if not holds(by, on, Role.REPORTER, body=body.pk):
        require(denied("access.wrong_role", roles=(Word("role.reporter"),)))
    rule_id, last_day, reason = fields["entry"], fields["last_day"], fields["reason"].strip()
    bound = entry(year, rule_id, body)
    if bound is None:
        raise Refused([Problem("calendar.no_such_entry", {"entry": rule_id, "year": year})])
    if last_day <= bound.last:
        raise Refused([Problem("extension.not_later")])
    words = {
        "body": body,
        "fiscal_year": year,
        "rule_id": rule_id,
        "last_day": last_day,
        "reason": reason,
    }
    drafts = ExtensionRequest.objects.filter(state=ExtensionState.DRAFT)
    if begun := begun_already(drafts, by=by, **words):
        return begun
    request = ExtensionRequest.objects.create(since=at, **words)
    after = {"entry": rule_id, "last_day": last_day.isoformat()}
    record("extension.asked", request, by=by, at=at, body=body.code, after=after, reason=reason)
    return request
