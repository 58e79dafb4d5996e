"""One path a view."""

from django.urls import path

from esar.agree.scorecards import views
from esar.platform.ui.export_path import export_path

app_name = "scorecards"

urlpatterns = [
    path("scorecards/", views.scorecards, name="scorecards"),
    export_path("scorecards/kpis", views.scorecards_export, name="scorecards-export"),
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
]
