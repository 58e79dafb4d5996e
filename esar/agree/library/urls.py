"""One path a view."""

from django.urls import path

from esar.agree.library import views
from esar.agree.library.tables import IndicatorList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "library"

urlpatterns = [
    *list_paths(
        "indicators/", IndicatorList, signed_in(), name="indicators", file="indicators/indicators"
    ),
    path("indicators/list/", views.edit_listed, name="indicator-list"),
    path("indicators/<str:code>/edit/", views.edit_listed, name="indicator-edit"),
    path("indicators/<str:code>/", views.indicator, name="indicator"),
]
