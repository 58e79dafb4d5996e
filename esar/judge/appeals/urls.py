"""One path a view."""

from __future__ import annotations

from django.urls import path

from esar.judge.appeals import panel_views, views
from esar.judge.appeals.life import APPEAL_LIFE
from esar.judge.appeals.tables import AppealList
from esar.platform.lifecycle.posting import move_path
from esar.platform.organisations.models import Role
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "appeals"

urlpatterns = [
    *list_paths("appeals/", AppealList, signed_in(), name="appeals", file="appeals/appeals"),
    path("appeals/new/<int:pk>/", views.new, name="appeal-new"),
    path("appeals/<int:pk>/", views.appeal, name="appeal"),
    path("appeals/<int:pk>/edit/", views.edit, name="appeal-edit"),
    move_path(
        "appeals/<int:pk>/move/",
        APPEAL_LIFE,
        signed_in(Role.APPROVER),
        find=views.appeal_or_404,
        only=views.BUTTONS,
    ),
    path("appeals/<int:pk>/panel/", panel_views.panel, name="appeal-panel"),
    path("appeals/<int:pk>/vote/", panel_views.vote, name="appeal-vote"),
    path("appeals/<int:pk>/uphold/", panel_views.uphold, name="appeal-uphold"),
    path("appeals/<int:pk>/reject/", panel_views.reject, name="appeal-reject"),
]
