"""Shells of reports are made the moment a scorecard comes into force; what they say is known."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


def _open(sender: Any, *, scorecard: Any, at: Any, **_: Any) -> None:  # noqa: ARG001
    from esar.report.reports.actions import open_reports

    open_reports(scorecard, at=at)


def _known(sender: Any, *, scorecard: Any, number: str, **_: Any) -> Any:  # noqa: ARG001
    from esar.report.reports.achieved import known_of

    return known_of(scorecard, number)


def _open_by(sender: Any, *, entry: Any, bodies: Any, **_: Any) -> Any:  # noqa: ARG001
    from esar.report.reports.by_calendar import open_reports_of

    return open_reports_of(entry, bodies)


def _relied(sender: Any, *, entry: Any, bodies: Any, after: Any, **_: Any) -> Any:  # noqa: ARG001
    from esar.report.reports.by_calendar import reports_in_reliance

    return reports_in_reliance(entry, bodies, after)


class ReportsConfig(AppConfig):
    name = "esar.report.reports"

    def ready(self) -> None:
        from esar.agree.changes.signals import achieved_asked
        from esar.agree.scorecards.signals import in_force

        in_force.connect(_open, dispatch_uid="open-reports")
        achieved_asked.connect(_known, dispatch_uid="achieved-by-reports")

        from esar.platform.calendars.signals import open_asked, relied_asked

        open_asked.connect(_open_by, dispatch_uid="open-reports-by-a-day")
        relied_asked.connect(_relied, dispatch_uid="reports-in-reliance-on-a-day")
