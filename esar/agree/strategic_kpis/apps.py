"""No sitting closes while some of its strategic KPIs are undecided, and its page shows what it
resolved of them; KPIs name theirs by code.
"""

from __future__ import annotations

from django.apps import AppConfig


class StrategicKpisConfig(AppConfig):
    name = "esar.agree.strategic_kpis"
    label = "strategic"

    def ready(self) -> None:
        from esar.agree.committees.signals import beside_agenda, closing
        from esar.agree.scorecards.signals import strategic_asked
        from esar.agree.strategic_kpis.queries import offered_to
        from esar.agree.strategic_kpis.resolutions import resolved_in, undecided_problems

        closing.connect(undecided_problems, dispatch_uid="strategic.undecided")
        beside_agenda.connect(resolved_in, dispatch_uid="strategic.resolved")
        strategic_asked.connect(offered_to, dispatch_uid="strategic.offered")
