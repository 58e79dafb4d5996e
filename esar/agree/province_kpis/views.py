"""Pages of what provinces choose."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from esar.agree.province_kpis import actions
from esar.agree.province_kpis.permissions import LOADERS, may_load
from esar.agree.province_kpis.queries import listed_in
from esar.kernel.access import require
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import list_file_page


@signed_in(*LOADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest, year: int) -> HttpResponse:
    """Send a file of choices: taken in whole, or told row by row why not."""
    require(may_load(request.user, clock.today()))
    items = listed_in(year)
    if not items:
        raise Http404
    return list_file_page(
        request,
        "label.province_kpi_file",
        partial(actions.load_file, year=year, **by_at_on(request)),
        "province_kpis/load.html",
        {"year": year, "items": items.values()},
    )
