"""Addresses that belong to every page."""

from django.urls import path

from esar.platform.ui import views, year

app_name = "ui"

urlpatterns = [
    path("language/<slug:language>/", views.choose_language, name="language"),
    path("year/", year.choose_year, name="choose-year"),
]
