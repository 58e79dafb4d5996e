"""One path a view."""

from django.urls import path

from esar.agree.changes import views

app_name = "changes"

urlpatterns = [
    path("scorecards/<int:pk>/kpis/<str:number>/change/", views.ask, name="change-ask"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:pk>/", views.change, name="change"),
    path("changes/<int:pk>/edit/", views.edit_change, name="change-edit"),
    path("changes/<int:pk>/move/<slug:name>/", views.move_one, name="change-move"),
]
