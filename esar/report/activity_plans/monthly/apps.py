"""A plan that is changed asks what was reported of it already."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import AppConfig


def _reported(sender: Any, *, plan: Any, **_: Any) -> list[tuple[int, date]]:  # noqa: ARG001
    from esar.report.activity_plans.monthly.queries import done_already

    return done_already(plan)


class PlanReportsConfig(AppConfig):
    name = "esar.report.activity_plans.monthly"
    label = "plan_reports"  # as its tables are called

    def ready(self) -> None:
        from esar.report.activity_plans.signals import reported

        reported.connect(_reported, dispatch_uid="plan-reports-done")
