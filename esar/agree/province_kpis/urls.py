"""One path a view."""

from django.urls import path

from esar.agree.province_kpis import views
from esar.agree.province_kpis.tables import ChosenKpiList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "province_kpis"

urlpatterns = [
    *list_paths(
        "province-kpis/", ChosenKpiList, signed_in(), name="chosen", file="province-kpis/list"
    ),
    path("province-kpis/load/<int:year>/", views.load, name="load"),
]
