"""What every page shares; the label is that of earlier releases."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "esar.platform.ui"
    label = "web"
