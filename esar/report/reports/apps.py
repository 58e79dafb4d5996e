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


class ReportsConfig(AppConfig):
    name = "esar.report.reports"

    def ready(self) -> None:
        from esar.agree.changes.signals import achieved_asked
        from esar.agree.scorecards.signals import in_force

        in_force.connect(_open, dispatch_uid="open-reports")
        achieved_asked.connect(_known, dispatch_uid="achieved-by-reports")
