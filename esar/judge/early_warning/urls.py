"""One path a view."""

from __future__ import annotations

from django.urls import path

from esar.judge.early_warning import views
from esar.judge.early_warning.tables import StatusList, WarningList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "early_warning"

urlpatterns = [
    *list_paths("warnings/", WarningList, signed_in(), name="warnings", file="warnings/warnings"),
    *list_paths(
        "warnings/status/", StatusList, signed_in(), name="statuses", file="warnings/status"
    ),
    path("warnings/outlook/<int:year>/", views.outlook, name="outlook"),
    path("warnings/outlook/<int:year>/warn/", views.warn, name="warn"),
    path("warnings/<int:pk>/", views.warning, name="warning"),
    path("warnings/<int:pk>/plan/", views.plan, name="warning-plan"),
    path("warnings/<int:pk>/move/<slug:name>/", views.move_one, name="warning-move"),
]
