"""Its tables are of the app scorecards, where they were made; holders of an index hear of it."""

from __future__ import annotations

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "esar.agree.changes"

    def ready(self) -> None:
        from esar.agree.changes.offers import holding_kpis, tell_holders
        from esar.agree.indexes.signals import holders_asked, host_changed

        holders_asked.connect(holding_kpis, dispatch_uid="changes.holding_kpis")
        host_changed.connect(tell_holders, dispatch_uid="changes.tell_holders")
