"""One path a view; a KPI has one for each step after its first."""

from django.urls import path

from esar.agree.scorecards import views
from esar.agree.scorecards.kpi_steps import Step
from esar.agree.scorecards.tables import KpiList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "scorecards"

urlpatterns = [
    path("scorecards/", views.scorecards, name="scorecards"),
    *list_paths(
        "kpis/",
        KpiList,
        signed_in(),
        name="kpis",
        file="scorecards/kpis",
        file_name="scorecards-export",
    ),
    path("scorecards/open/", views.open_one, name="scorecard-open"),
    path("scorecards/move/", views.move_many, name="scorecards-move"),
    path("scorecards/<int:pk>/", views.scorecard, name="scorecard-work"),
    path("scorecards/<int:pk>/move/<slug:name>/", views.move_one, name="scorecard-move"),
    path("scorecards/<int:pk>/reuse/", views.reuse, name="scorecard-reuse"),
    path("scorecards/<int:pk>/library/", views.take_from_library, name="scorecard-library"),
    path("scorecards/<int:pk>/kpis/new/", views.edit_kpi, name="kpi-new"),
    path("scorecards/<int:pk>/kpis/check/", views.check_kpi, name="kpi-check-new"),
    path("scorecards/<int:pk>/kpis/<str:number>/", views.edit_kpi, name="kpi-edit"),
    *(
        path(
            f"scorecards/<int:pk>/kpis/<str:number>/{step}/",
            views.edit_kpi,
            {"step": step},
            name=f"kpi-{step}",
        )
        for step in Step
        if step is not Step.WHAT
    ),
    path("scorecards/<int:pk>/kpis/<str:number>/check/", views.check_kpi, name="kpi-check"),
    path("scorecards/<int:pk>/kpis/<str:number>/remove/", views.remove_kpi, name="kpi-remove"),
    path("scorecards/<int:pk>/kpis/<str:number>/offer/", views.offer, name="kpi-offer"),
]
