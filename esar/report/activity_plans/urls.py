"""One path a view."""

from django.urls import path

from esar.platform.lifecycle.posting import move_path
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths
from esar.report.activity_plans import views
from esar.report.activity_plans.changes import views as change_views
from esar.report.activity_plans.life import PLAN_CHANGE_LIFE, PLAN_LIFE
from esar.report.activity_plans.tables import PlanList

app_name = "activity_plans"

urlpatterns = [
    *list_paths("plans/", PlanList, signed_in(), name="plans", file="plans/plans"),
    path("plans/open/", views.open_one, name="plan-open"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    move_path("plans/<int:pk>/move/", PLAN_LIFE, signed_in(), find=views.plan_or_404),
    path("plans/<int:pk>/print/", views.printed, name="plan-print"),
    path("plans/<int:pk>/amendment/", views.amended, name="plan-amendment"),
    path("plans/<int:pk>/versions/<int:number>/", views.version, name="plan-version"),
    path("plans/<int:pk>/change/", change_views.ask, name="plan-change-ask"),
    path("plan-changes/<int:pk>/", change_views.change, name="plan-change"),
    path("plan-changes/<int:pk>/edit/", change_views.edit, name="plan-change-edit"),
    move_path(
        "plan-changes/<int:pk>/move/",
        PLAN_CHANGE_LIFE,
        signed_in(),
        find=change_views.change_or_404,
    ),
]
