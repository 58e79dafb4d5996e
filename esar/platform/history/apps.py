"""After a migration: its rows are bound, and the site's user is let do what the site does."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class HistoryConfig(AppConfig):
    name = "esar.platform.history"

    def ready(self) -> None:
        pre_migrate.connect(_look_before, sender=self)
        post_migrate.connect(_bind_after)


def _look_before(*, using: str, **_: Any) -> None:
    """What is out of order before a migration stays out of order after it."""
    from esar.platform.history import ledger, queries

    tables = connections[using].introspection.table_names()
    ledger.of(connections[using]).distrusted = (
        frozenset(queries.rows_out_of_order()) if queries.binds_rows(tables) else frozenset()
    )


def _bind_after(*, sender: AppConfig, using: str, **signal: Any) -> None:
    """After the last app's own rows; not where a migration stopped on the way."""
    from esar.platform.history import actions, grants
    from esar.platform.history.bound import are_all_there

    with_models = [config for config in apps.get_app_configs() if config.models_module]
    if sender is with_models[-1] and are_all_there(signal.get("apps", apps)):
        actions.bind_all(using)
        grants.give(connections[using], settings.SITE_ROLE)
