"""A plan that is changed asks what was reported of it already."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import AppConfig


def _reported(sender: Any, *, plan: Any, **_: Any) -> list[tuple[int, date]]:  # noqa: ARG001
    from esar.plan_reports.queries import done_already

    return done_already(plan)


class PlanReportsConfig(AppConfig):
    name = "esar.plan_reports"

    def ready(self) -> None:
        from esar.plans.signals import reported

        reported.connect(_reported, dispatch_uid="plan-reports-done")
