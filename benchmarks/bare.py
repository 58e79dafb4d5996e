"""What the last evening is compared with: Django with one view of one query, and nothing else.

Settings and addresses in one: the site's database, no middleware, no app but the bodies'.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from esar.config.settings import *  # noqa: F403 every setting but those below

ROOT_URLCONF = "benchmarks.bare"
MIDDLEWARE: list[str] = []
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "esar.platform.organisations",
]


def one_query(_request: HttpRequest, pk: int) -> HttpResponse:
    # the apps are not there when settings are read
    from esar.platform.organisations.models import Body

    return HttpResponse(str(Body.objects.filter(pk=pk).values_list("code", flat=True)[0]))


urlpatterns = [path("bodies/<int:pk>/", one_query)]
