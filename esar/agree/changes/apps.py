"""Its tables are of the app scorecards, where they were made; holders of an index hear of it."""

from __future__ import annotations

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "esar.agree.changes"

    def ready(self) -> None:
        from esar.agree.changes.offers import (
            asked_by,
            holding_kpis,
            tell_holders,
            tell_of_taking_back,
        )
        from esar.agree.indexes.signals import (
            holders_asked,
            host_changed,
            taken_back,
            taking_back,
        )

        holders_asked.connect(holding_kpis, dispatch_uid="changes.holding_kpis")
        host_changed.connect(tell_holders, dispatch_uid="changes.tell_holders")
        taking_back.connect(asked_by, dispatch_uid="changes.asked_by")
        taken_back.connect(tell_of_taking_back, dispatch_uid="changes.tell_of_taking_back")
