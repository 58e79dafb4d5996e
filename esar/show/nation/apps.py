"""The nation's tables; each registers itself when the app is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class NationConfig(AppConfig):
    name = "esar.show.nation"
    label = "nation"

    def ready(self) -> None:
        import_module("esar.show.nation.counts")
