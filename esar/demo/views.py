"""The page that shows every component and every chart, for whoever builds pages of them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from esar.demo.charts import bullets, charts, sparks
from esar.demo.components import parts
from esar.platform.ui.doors import open_to_all

INVENTED_ON = date(2024, 4, 17)


@open_to_all
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component and chart once, of invented figures; there is no such page outside demo mode.

    Queries of one list.
    """
    if not settings.DEMO:
        raise Http404
    context = {
        "samples": charts(settings.REGISTRY),
        "bullets": bullets(),
        "sparks": sparks(),
        "day": INVENTED_ON,
        **parts(request, INVENTED_ON),
    }
    return render(request, "demo/components.html", context)
