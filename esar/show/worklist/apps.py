"""Work list and search; the label is that of earlier releases."""

from __future__ import annotations

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "esar.show.worklist"
    label = "desk"
