"""One path a view."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
