"""Shells of reports are made the moment a scorecard comes into force."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


def _open(sender: Any, *, scorecard: Any, at: Any, **_: Any) -> None:  # noqa: ARG001
    from esar.report.reports.actions import open_reports

    open_reports(scorecard, at=at)


class ReportsConfig(AppConfig):
    name = "esar.report.reports"

    def ready(self) -> None:
        from esar.agree.scorecards.signals import in_force

        in_force.connect(_open, dispatch_uid="open-reports")
