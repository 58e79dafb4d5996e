"""One path a view."""

from __future__ import annotations

from django.urls import path

from esar.judge.early_warning import views
from esar.judge.early_warning.life import WARNING_LIFE
from esar.judge.early_warning.states import WARNING_MOVES
from esar.judge.early_warning.tables import StatusList, WarningList
from esar.platform.lifecycle.posting import move_path
from esar.platform.organisations.models import Role
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "early_warning"
BUTTONS = tuple(name for name in WARNING_MOVES if name != "plan")  # which has a form of its own

urlpatterns = [
    *list_paths("warnings/", WarningList, signed_in(), name="warnings", file="warnings/warnings"),
    *list_paths(
        "warnings/status/", StatusList, signed_in(), name="statuses", file="warnings/status"
    ),
    path("warnings/outlook/<int:year>/", views.outlook, name="outlook"),
    path("warnings/outlook/<int:year>/warn/", views.warn, name="warn"),
    path("warnings/<int:pk>/", views.warning, name="warning"),
    path("warnings/<int:pk>/plan/", views.plan, name="warning-plan"),
    move_path(
        "warnings/<int:pk>/move/",
        WARNING_LIFE,
        signed_in(Role.APPROVER, Role.ANALYST),
        find=views.warning_or_404,
        only=BUTTONS,
    ),
]
