"""What every page shares; the label is that of earlier releases."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class UiConfig(AppConfig):
    name = "esar.platform.ui"
    label = "web"

    def ready(self) -> None:
        from esar.platform.ui.finding import teach_sqlite

        connection_created.connect(teach_sqlite)
