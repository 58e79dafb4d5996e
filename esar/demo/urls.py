"""What only a demo has: the page that shows every component."""

from django.urls import path

from esar.demo import views

app_name = "demo"

urlpatterns = [path("components/", views.components, name="components")]
