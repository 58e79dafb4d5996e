"""One path a view."""

from django.urls import URLPattern, path

from esar.platform.ui.export_path import export_path
from esar.report.activity_plans.monthly import views
from esar.report.activity_plans.monthly.summary import views as summary_views
from esar.report.activity_plans.monthly.usage import views as usage_views

app_name = "monthly"

MONTH = "plans/<int:pk>/months/<str:month>/"

urlpatterns: list[URLPattern] = [
    path("plans/<int:pk>/months/", views.months, name="plan-months"),
    path(MONTH, views.month, name="plan-month"),
    path(f"{MONTH}move/<slug:name>/", views.move_month, name="plan-month-move"),
    path(f"{MONTH}evidence/<int:number>/", views.add_evidence, name="plan-evidence-add"),
    path(f"{MONTH}files/<int:attachment>/", views.evidence, name="plan-evidence"),
    path(
        f"{MONTH}files/<int:attachment>/remove/",
        views.remove_evidence,
        name="plan-evidence-remove",
    ),
    path(f"{MONTH}versions/<int:number>/", views.version, name="plan-month-version"),
    path("plans/<int:pk>/score/", views.score, name="plan-score"),
    path("plan-usage/<int:year>/<slug:code>/", usage_views.usage, name="plan-usage"),
    path("plan-usage/<int:year>/<slug:code>.csv", usage_views.usage_csv, name="plan-usage-csv"),
    path(
        "plan-usage/<int:year>/<slug:code>/<slug:name>/",
        usage_views.enter_usage,
        name="plan-usage-enter",
    ),
    path("plan-summary/", summary_views.newest, name="plan-summary-newest"),
    path("plan-summary/<int:year>/<int:quarter>/", summary_views.summary, name="plan-summary"),
    export_path(
        "plan-summary/<int:year>/<int:quarter>",
        summary_views.summary_export,
        name="plan-summary-export",
    ),
    path(
        "plan-summary/<int:year>/<int:quarter>/document/",
        summary_views.summary_document,
        name="plan-summary-document",
    ),
]
