"""One path a view."""

from django.urls import path

from esar.agree.changes import views
from esar.agree.changes.tables import ChangeList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "changes"

urlpatterns = [
    path("scorecards/<int:pk>/kpis/<str:number>/change/", views.ask, name="change-ask"),
    *list_paths("changes/", ChangeList, signed_in(), name="changes"),
    path("changes/<int:pk>/", views.change, name="change"),
    path("changes/<int:pk>/edit/", views.edit_change, name="change-edit"),
    path("changes/<int:pk>/move/<slug:name>/", views.move_one, name="change-move"),
]
