"""The site's addresses: for now the public pages."""

from django.urls import include, path

urlpatterns = [path("", include("esar.publishing.urls"))]

handler400 = "esar.publishing.views.bad_request"
handler404 = "esar.publishing.views.not_found"
handler500 = "esar.publishing.views.server_error"
