"""No sitting closes while some of its strategic KPIs are undecided."""

from __future__ import annotations

from django.apps import AppConfig


class StrategicKpisConfig(AppConfig):
    name = "esar.agree.strategic_kpis"
    label = "strategic"

    def ready(self) -> None:
        from esar.agree.committees.signals import closing
        from esar.agree.strategic_kpis.actions import undecided_problems

        closing.connect(undecided_problems, dispatch_uid="strategic.undecided")
