"""One path a view."""

from django.urls import path

from esar.show.worklist import views

app_name = "worklist"

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("search/", views.search, name="search"),
    path("search/hits.json", views.hits, name="hits"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_notices, name="notices-read"),
    path("processes/", views.processes, name="processes"),
    path("administration/", views.administration, name="administration"),
    path("administration/year/", views.year_readiness, name="year-readiness"),
    path("demo-day/", views.demo_day, name="demo-day"),
]
