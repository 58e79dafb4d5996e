"""Plans of activities; their tables keep the label of earlier releases."""

from __future__ import annotations

from django.apps import AppConfig


class ActivityPlansConfig(AppConfig):
    name = "esar.report.activity_plans"
    label = "plans"
