"""One path a view."""

from __future__ import annotations

from django.urls import path

from esar.platform.ui.export_path import export_path
from esar.report.extensions import views

app_name = "extensions"
urlpatterns = [
    path("extensions/", views.extensions, name="extensions"),
    export_path("extensions/list", views.extensions_export, name="extensions-export"),
    path("extensions/ask/<str:code>/", views.ask, name="extension-ask"),
    path("extensions/<int:pk>/", views.extension, name="extension"),
    path("extensions/<int:pk>/move/<slug:name>/", views.move_one, name="extension-move"),
]
