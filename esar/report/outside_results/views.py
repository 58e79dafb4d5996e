"""Pages of those who send results from outside the evaluation."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from esar.agree.agendas.models import Holder
from esar.agree.agendas.queries import duties_of
from esar.agree.agendas.states import OPDC
from esar.kernel.access import require
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page, list_file_page, posted
from esar.platform.ui.telling import tell
from esar.report.outside_results import actions
from esar.report.outside_results.forms import OutsideResultForm
from esar.report.outside_results.permissions import may_see_results, may_send_result
from esar.report.outside_results.queries import result_of

SENDS = (Role.REPORTER, *OPDC)


@signed_in(*SENDS)
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what came of a sub-indicator at one body."""
    rows = Holder.objects.select_related("sub_indicator", "body__parent")
    holder = get_object_or_404(rows, pk=pk)
    require(may_send_result(request.user, holder, clock.today()))
    stored, sub = result_of(holder), holder.sub_indicator
    form = OutsideResultForm(posted(request), result=stored, unit=sub.unit)
    if form.is_valid():
        with form.refusing():
            actions.save_result(holder, **form.cleaned_data, **by_at_on(request))
            tell(request, "page.outside_result_saved")
            return redirect("public:sub-indicator", sub.pk)
    context = {"holder": holder, "events": timeline(stored) if stored else ()}
    return form_page(request, form, "outside_results/result.html", context)


@signed_in(*SENDS)
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest, year: int) -> HttpResponse:
    """Send a file of results: taken in whole, or told row by row why not."""
    require(may_see_results(request.user, clock.today()))
    duties = duties_of(year)
    if duties is None:
        raise Http404
    return list_file_page(
        request,
        "label.outside_file",
        partial(actions.load_file, year=year, **by_at_on(request)),
        "outside_results/load.html",
        {"year": year, "duties": duties},
    )
