"""One path a view."""

from django.urls import path

from esar.operations import views

app_name = "operations"

urlpatterns = [path("check-ups/", views.check_ups, name="check-ups")]
