"""Charts that every page may draw; no table of its own."""

from __future__ import annotations

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "esar.platform.charts"
    label = "charts"
