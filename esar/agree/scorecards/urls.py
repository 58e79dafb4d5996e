"""One path a view."""

from django.urls import path

from esar.agree.scorecards import agreement_views, audit_views, change_views, indicator_views, views

app_name = "scorecards"

urlpatterns = [
    path("scorecards/", views.scorecards, name="scorecards"),
    path("scorecards/kpis.csv", views.scorecards_csv, name="scorecards-csv"),
    path("scorecards/open/", views.open_one, name="scorecard-open"),
    path("scorecards/move/", views.move_many, name="scorecards-move"),
    path("scorecards/<int:pk>/", views.scorecard, name="scorecard-work"),
    path("scorecards/<int:pk>/move/<slug:name>/", views.move_one, name="scorecard-move"),
    path("scorecards/<int:pk>/reuse/", views.reuse, name="scorecard-reuse"),
    path("scorecards/<int:pk>/kpis/new/", views.edit_kpi, name="kpi-new"),
    path("scorecards/<int:pk>/kpis/check/", views.check_kpi, name="kpi-check-new"),
    path("scorecards/<int:pk>/kpis/<str:number>/", views.edit_kpi, name="kpi-edit"),
    path("scorecards/<int:pk>/kpis/<str:number>/check/", views.check_kpi, name="kpi-check"),
    path("scorecards/<int:pk>/kpis/<str:number>/remove/", views.remove_kpi, name="kpi-remove"),
    path("scorecards/<int:pk>/kpis/<str:number>/offer/", views.offer, name="kpi-offer"),
    path("scorecards/<int:pk>/kpis/<str:number>/change/", change_views.ask, name="change-ask"),
    path("scorecards/<int:pk>/versions/<int:number>/", agreement_views.version, name="version"),
    path("scorecards/<int:pk>/signing/", agreement_views.signing, name="signing"),
    path("scorecards/<int:pk>/action-plan/", agreement_views.action_plan, name="action-plan"),
    path("scorecards/<int:pk>/templates/", audit_views.kpi_templates, name="kpi-templates"),
    path(
        "scorecards/<int:pk>/templates/audit/",
        audit_views.audit_templates,
        name="kpi-templates-audit",
    ),
    path(
        "scorecards/<int:pk>/templates/move/<slug:name>/",
        audit_views.move_templates,
        name="kpi-templates-move",
    ),
    path(
        "scorecards/<int:pk>/templates/kpis/<str:number>/",
        audit_views.kpi_template,
        name="kpi-template",
    ),
    path("kpi-templates/", audit_views.templates_list, name="kpi-templates-list"),
    path("kpi-templates/list.csv", audit_views.templates_csv, name="kpi-templates-csv"),
    path("changes/", change_views.changes, name="changes"),
    path("changes/<int:pk>/", change_views.change, name="change"),
    path("changes/<int:pk>/edit/", change_views.edit_change, name="change-edit"),
    path("changes/<int:pk>/move/<slug:name>/", change_views.move_one, name="change-move"),
    path("indicators/", indicator_views.indicators, name="indicators"),
    path("indicators/list/", indicator_views.edit_listed, name="indicator-list"),
    path("indicators/<str:code>/edit/", indicator_views.edit_listed, name="indicator-edit"),
    path("indicators/<str:code>/", indicator_views.indicator, name="indicator"),
    path("agencies/<slug:code>/<int:year>/agreement/", agreement_views.agreement, name="agreement"),
]
