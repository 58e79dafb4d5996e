"""One path a view."""

from django.urls import path

from esar.judge.assessments import judging_views, views, visit_views
from esar.judge.assessments.tables import VisitList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import export_path, list_paths

app_name = "assessments"

urlpatterns = [
    path("assessments/", views.assessments, name="assessments"),
    export_path("assessments/assessments", views.assessments_export, name="assessments-export"),
    path("assessments/pass/", views.pass_many, name="assessments-pass"),
    path("assessments/declaration/", views.declare_for_year, name="declaration"),
    path("assessments/sampling/<int:year>/<slug:round_id>/", views.sampling, name="sampling"),
    export_path(
        "assessments/sampling/<int:year>/<slug:round_id>",
        views.sampling_export,
        name="sampling-export",
    ),
    path("assessments/<int:pk>/", views.assessment, name="assessment"),
    path("assessments/<int:pk>/declare/", views.declare, name="assessment-declare"),
    path("assessments/<int:pk>/kpis/<str:number>/", judging_views.judge, name="assessment-judge"),
    path(
        "assessments/<int:pk>/kpis/<str:number>/agree/",
        judging_views.agree,
        name="assessment-agree",
    ),
    path(
        "assessments/<int:pk>/kpis/<str:number>/take-back/",
        judging_views.take_back,
        name="assessment-take-back",
    ),
    path("assessments/<int:pk>/move/<slug:name>/", views.move_one, name="assessment-move"),
    path("assessments/<int:pk>/visits/", visit_views.plan, name="visit-plan"),
    *list_paths("visits/", VisitList, signed_in(), name="visits", file="visits/visits"),
    path("visits/advice/", visit_views.advise, name="visit-advise"),
    path("visits/<int:pk>/", visit_views.visit, name="visit"),
    path("visits/<int:pk>/move/<slug:name>/", visit_views.move_visit, name="visit-move"),
    path("visits/<int:pk>/findings/", visit_views.add_finding, name="finding-add"),
    path(
        "visits/<int:pk>/findings/<int:finding>/<slug:name>/",
        visit_views.move_finding,
        name="finding-move",
    ),
]
