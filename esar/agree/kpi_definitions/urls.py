"""One path a view."""

from django.urls import path

from esar.agree.kpi_definitions import views
from esar.agree.kpi_definitions.tables import StandingList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "kpi_definitions"

urlpatterns = [
    path("scorecards/<int:pk>/templates/", views.kpi_templates, name="kpi-templates"),
    path(
        "scorecards/<int:pk>/templates/audit/",
        views.audit_templates,
        name="kpi-templates-audit",
    ),
    path(
        "scorecards/<int:pk>/templates/move/<slug:name>/",
        views.move_templates,
        name="kpi-templates-move",
    ),
    path(
        "scorecards/<int:pk>/templates/kpis/<str:number>/",
        views.kpi_template,
        name="kpi-template",
    ),
    *list_paths(
        "kpi-templates/",
        StandingList,
        signed_in(*views.FOLLOW),
        name="kpi-templates-list",
        file="kpi-templates/list",
        file_name="kpi-templates-export",
    ),
]
