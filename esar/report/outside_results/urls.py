"""One path a view."""

from django.urls import path

from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths
from esar.report.outside_results import views
from esar.report.outside_results.tables import OutsideResultList

app_name = "outside_results"
SENDS = signed_in(*views.SENDS)
urlpatterns = [
    *list_paths(
        "outside-results/", OutsideResultList, SENDS, name="results", file="outside-results/list"
    ),
    path("outside-results/load/<int:year>/", views.load, name="load"),
    path("outside-results/<int:pk>/", views.result, name="result"),
]
