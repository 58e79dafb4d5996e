"""One path a view."""

from django.urls import path

from esar.agree.indexes import views
from esar.agree.indexes.tables import IndexList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "indexes"
SEES = signed_in(*views.SEES)

urlpatterns = [
    *list_paths(
        "indexes/", IndexList, signed_in(*views.SEES), name="indexes", file="indexes/indexes"
    ),
    path("indexes/new/", views.edit_index, name="index-new"),
    path("indexes/<str:code>/", views.index, name="index"),
    path("indexes/<str:code>/edit/", views.edit_index, name="index-edit"),
    path("indexes/<str:code>/editions/", views.edit_edition, name="edition-new"),
    path("indexes/<str:code>/editions/<int:pk>/", views.edit_edition, name="edition-edit"),
    path("indexes/<str:code>/host-change/", views.host_change, name="host-change"),
    path(
        "indexes/<str:code>/host-change/<int:change>/take-back/",
        views.take_back,
        name="host-change-take-back",
    ),
]
