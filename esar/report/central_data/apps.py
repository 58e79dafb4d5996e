"""Central data; its tables keep the label of earlier releases."""

from __future__ import annotations

from django.apps import AppConfig


class CentralDataConfig(AppConfig):
    name = "esar.report.central_data"
    label = "central"
