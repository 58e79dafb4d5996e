"""What reports answer when a day of the calendar is to move."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse

from esar.platform.calendars.queries import Entry
from esar.platform.calendars.signals import Thing
from esar.platform.organisations.models import Body
from esar.report.reports.models import Report
from esar.report.reports.queries import due_entry
from esar.report.reports.states import ReportState


def open_reports_of(entry: Entry, bodies: Collection[Body]) -> list[Thing]:
    """The reports due by an entry that are not sent in. One query."""
    return _things(_due_by(entry, bodies).exclude(state=ReportState.SUBMITTED))


def reports_in_reliance(entry: Entry, bodies: Collection[Body], after: date) -> list[Thing]:
    """The reports that were received after a day, and by the one that then bound. One query."""
    late = _due_by(entry, bodies).filter(received_on__gt=after, received_on__lte=F("due_on"))
    return _things(late)


def _due_by(entry: Entry, bodies: Collection[Body]) -> QuerySet[Report]:
    round_id = entry.id.partition(".")[2]
    if due_entry(round_id, [entry]) is None:
        return Report.objects.none()
    return Report.objects.filter(
        scorecard__fiscal_year=entry.year, scorecard__body__in=bodies, round_id=round_id
    ).select_related("scorecard__body")


def _things(reports: QuerySet[Report]) -> list[Thing]:
    return [
        Thing(report.scorecard.body, reverse("reports:report", args=[report.pk]))
        for report in reports
    ]
