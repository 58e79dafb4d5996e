"""An assessment begins the moment a report is sent in."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


def _receive(sender: Any, *, report: Any, version: Any, at: Any, **_: Any) -> None:  # noqa: ARG001
    from esar.judge.assessments.actions import receive

    receive(report, version, at=at)


class AssessmentsConfig(AppConfig):
    name = "esar.judge.assessments"

    def ready(self) -> None:
        from esar.report.reports.signals import submitted

        submitted.connect(_receive, dispatch_uid="receive-report")
