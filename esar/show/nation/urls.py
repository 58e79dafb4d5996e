"""The tables of a year lie under the year's page; a minister has a page of their own."""

from django.urls import path

from esar.platform.ui.export_path import export_path
from esar.show.nation import views

app_name = "nation"
MINISTER = "ministers/<str:code>/<int:year>"
UNDER_WAY = "nation/<int:year>/<slug:round_id>/bodies"

urlpatterns = [
    path("years/<int:year>/tables/", views.tables, name="tables"),
    path("years/<int:year>/tables/figures/", views.figures, name="figures"),
    export_path("years/<int:year>/tables/figures", views.figures_export, name="figures-export"),
    path("years/<int:year>/tables/<slug:code>/", views.table, name="table"),
    export_path("years/<int:year>/tables/<slug:code>", views.rows, name="rows"),
    path("nation/<int:year>/", views.nation, name="nation"),
    path(f"{UNDER_WAY}/", views.bodies_under_way, name="bodies-under-way"),
    export_path(UNDER_WAY, views.bodies_under_way_export, name="bodies-under-way-export"),
    path("ministers/", views.ministers, name="ministers"),
    path(f"{MINISTER}/", views.minister, name="minister"),
    export_path(f"{MINISTER}/bodies", views.minister_export, name="minister-export"),
    path(f"{MINISTER}/kpis/", views.minister_kpis, name="minister-kpis"),
    export_path(f"{MINISTER}/kpis", views.minister_kpis_export, name="minister-kpis-export"),
]
