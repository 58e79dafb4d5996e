"""One path a view."""

from django.urls import path

from esar.agree.kpi_definitions import views
from esar.platform.ui.export_path import export_path

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
    path("kpi-templates/", views.templates_list, name="kpi-templates-list"),
    export_path("kpi-templates/list", views.templates_export, name="kpi-templates-export"),
]
