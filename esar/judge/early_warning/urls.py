"""One path a view."""

from __future__ import annotations

from django.urls import path

from esar.judge.early_warning import views
from esar.platform.ui.export_path import export_path

app_name = "early_warning"

urlpatterns = [
    path("warnings/", views.warnings, name="warnings"),
    export_path("warnings/warnings", views.warnings_export, name="warnings-export"),
    path("warnings/status/", views.kpi_statuses, name="statuses"),
    export_path("warnings/status", views.statuses_export, name="statuses-export"),
    path("warnings/outlook/<int:year>/", views.outlook, name="outlook"),
    path("warnings/outlook/<int:year>/warn/", views.warn, name="warn"),
    path("warnings/<int:pk>/", views.warning, name="warning"),
    path("warnings/<int:pk>/plan/", views.plan, name="warning-plan"),
    path("warnings/<int:pk>/move/<slug:name>/", views.move_one, name="warning-move"),
]
