"""One path a view."""

from django.urls import path

from esar.platform.lifecycle.posting import move_path
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths
from esar.report.self_evaluations import views
from esar.report.self_evaluations.life import SELF_EVALUATION_LIFE
from esar.report.self_evaluations.tables import SelfEvaluationList

app_name = "self_evaluations"
SEES = signed_in(*views.SEES)
LIST = "self-evaluations/"
THING = f"{LIST}<int:pk>/"

urlpatterns = [
    *list_paths(LIST, SelfEvaluationList, SEES, name="self-evaluations", file=f"{LIST}list"),
    path(f"{LIST}ask/<int:year>/", views.ask, name="ask"),
    path(THING, views.self_evaluation, name="self-evaluation"),
    path(f"{THING}fill/", views.fill, name="fill"),
    path(f"{THING}papers/", views.attach, name="attach"),
    path(f"{THING}papers/<int:paper>/", views.paper, name="paper"),
    path(f"{THING}papers/<int:paper>/remove/", views.take_off, name="take-off"),
    move_path(f"{THING}move/", SELF_EVALUATION_LIFE, SEES),
]
