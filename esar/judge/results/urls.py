"""One path a view."""

from django.urls import path

from esar.judge.results import views

app_name = "results"

LINKAGE = "linkage/<int:year>/<int:number>/"

urlpatterns = [
    path("release/", views.to_release, name="to-release"),
    path("release/now/", views.release, name="release"),
    path(LINKAGE, views.linkage_page, name="linkage"),
    path(f"{LINKAGE}linkage.csv", views.linkage_csv, name="linkage-csv"),
    path(f"{LINKAGE}linkage.xlsx", views.linkage_workbook, name="linkage-workbook"),
]
