"""The tables of a year lie under the year's page."""

from django.urls import path

from esar.platform.ui.export_path import export_path
from esar.show.nation import views

app_name = "nation"

urlpatterns = [
    path("years/<int:year>/tables/", views.tables, name="tables"),
    path("years/<int:year>/tables/figures/", views.figures, name="figures"),
    export_path("years/<int:year>/tables/figures", views.figures_export, name="figures-export"),
    path("years/<int:year>/tables/<slug:code>/", views.table, name="table"),
    export_path("years/<int:year>/tables/<slug:code>", views.rows, name="rows"),
]
