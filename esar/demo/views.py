"""The page that shows every chart with every kind of mark, for whoever draws with them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from esar.demo.charts import bullets, charts, sparks
from esar.platform.ui.doors import open_to_all

INVENTED_ON = date(2024, 4, 17)


@open_to_all
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every chart once, of invented figures; there is no such page outside demo mode. No query."""
    if not settings.DEMO:
        raise Http404
    context = {
        "samples": charts(settings.REGISTRY),
        "bullets": bullets(),
        "sparks": sparks(),
        "day": INVENTED_ON,
    }
    return render(request, "demo/components.html", context)
