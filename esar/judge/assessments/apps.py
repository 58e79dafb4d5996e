"""An assessment begins the moment a report is sent in; what it makes of a KPI is known."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


def _receive(sender: Any, *, report: Any, version: Any, at: Any, **_: Any) -> None:  # noqa: ARG001
    from esar.judge.assessments.actions import receive

    receive(report, version, at=at)


def _known(sender: Any, *, scorecard: Any, number: str, **_: Any) -> Any:  # noqa: ARG001
    from esar.judge.assessments.achieved import known_of

    return known_of(scorecard, number)


class AssessmentsConfig(AppConfig):
    name = "esar.judge.assessments"

    def ready(self) -> None:
        from esar.agree.changes.signals import achieved_asked
        from esar.report.reports.signals import submitted

        submitted.connect(_receive, dispatch_uid="receive-report")
        achieved_asked.connect(_known, dispatch_uid="achieved-as-assessed")
