"""Pages of the orders that appoint a committee."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from esar.agree.committees.forms import OrderForm
from esar.agree.committees.orders import record_order
from esar.agree.committees.permissions import may_record_order
from esar.agree.committees.queries import orders_of, visible_committees
from esar.kernel.access import require
from esar.platform.evidence.downloads import download_response
from esar.platform.organisations.models import OF_OPDC, Committee, Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.telling import tell

RECORDS = (Role.SECRETARY, Role.ADMINISTRATOR)
SEES = (Role.SECRETARY, Role.MEMBER, *OF_OPDC)


def _committee(request: HttpRequest, code: str) -> Committee:
    return get_object_or_404(visible_committees(request.user, clock.today()), code=code)


@signed_in(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Record the order that appoints a committee, with its file."""
    board = _committee(request, code)
    require(may_record_order(request.user, board, clock.today()))
    form = OrderForm(posted(request), request.FILES or None)
    if form.is_valid():
        with form.refusing():
            fields = dict(form.cleaned_data)
            record_order(board, fields.pop("file"), **fields, **by_at_on(request))
            tell(request, "page.order_recorded")
            return redirect("committees:committee", code)
    return form_page(request, form, "ui/form.html", {"title": lazy_say("page.order_new")})


@signed_in(*SEES)
@require_safe
def file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The order itself, as a download."""
    order = get_object_or_404(orders_of(_committee(request, code)), pk=pk)
    return download_response(request, order.file, order.name)
