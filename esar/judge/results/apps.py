"""A result is computed the moment the last level has passed an assessment on; then it stays."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


def _compute(sender: Any, *, assessment: Any, by: Any, at: Any, **_: Any) -> None:  # noqa: ARG001
    from esar.judge.results.actions import compute

    compute(assessment, by=by, at=at)


def _warn(sender: Any, *, values: Any, at: Any, **_: Any) -> None:  # noqa: ARG001
    from esar.judge.results.actions import tell_of_central_data

    tell_of_central_data(values, at=at)


def _struck(sender: Any, *, plans: Any, moments: Any, **_: Any) -> Any:  # noqa: ARG001
    from esar.judge.results.outputs import struck_out

    return struck_out(plans, moments)


def _known(sender: Any, *, scorecard: Any, number: str, **_: Any) -> Any:  # noqa: ARG001
    from esar.judge.results.achieved import known_of

    return known_of(scorecard, number)


class ResultsConfig(AppConfig):
    name = "esar.judge.results"

    def ready(self) -> None:
        from esar.judge.assessments.signals import decided

        decided.connect(_compute, dispatch_uid="compute-result")

        from esar.report.central_data.signals import values_published

        values_published.connect(_warn, dispatch_uid="central-after-result")

        from esar.report.activity_plans.signals import struck

        struck.connect(_struck, dispatch_uid="struck-out-by-results")

        from esar.agree.changes.signals import achieved_asked

        achieved_asked.connect(_known, dispatch_uid="achieved-as-released")
