"""An assessment begins the moment a report is sent in."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


def _receive(sender: Any, *, report: Any, version: Any, at: Any, **_: Any) -> None:  # noqa: ARG001
    from esar.assessments.actions import receive

    receive(report, version, at=at)


class AssessmentsConfig(AppConfig):
    name = "esar.assessments"

    def ready(self) -> None:
        from esar.reports.signals import submitted

        submitted.connect(_receive, dispatch_uid="receive-report")
