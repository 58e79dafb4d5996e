"""One path a view."""

from django.urls import path

from esar.agree.library import views
from esar.platform.ui.export_path import export_path

app_name = "library"

urlpatterns = [
    path("indicators/", views.indicators, name="indicators"),
    export_path("indicators/indicators", views.indicators_export, name="indicators-export"),
    path("indicators/list/", views.edit_listed, name="indicator-list"),
    path("indicators/<str:code>/edit/", views.edit_listed, name="indicator-edit"),
    path("indicators/<str:code>/", views.indicator, name="indicator"),
]
