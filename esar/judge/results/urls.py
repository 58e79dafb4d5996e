"""One path a view."""

from django.urls import path

from esar.judge.results import views
from esar.platform.ui.export_path import export_path

app_name = "results"

LINKAGE = "linkage/<int:year>/<int:number>/"

urlpatterns = [
    path("release/", views.to_release, name="to-release"),
    path("release/now/", views.release, name="release"),
    path("release/route/<int:year>/<slug:round_id>/", views.route, name="route"),
    path(LINKAGE, views.linkage_page, name="linkage"),
    export_path(f"{LINKAGE}linkage", views.linkage_export, name="linkage-export"),
]
