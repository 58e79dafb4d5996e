"""Pages of objections: the body makes one, the owner decides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.telling import tell
from esar.report.central_data import checks, permissions
from esar.report.central_data.data_sets.kpis import kpis_of_set
from esar.report.central_data.forms import DecideForm, ObjectForm
from esar.report.central_data.life import OBJECTION_LIFE
from esar.report.central_data.models import CentralValue, Objection
from esar.report.central_data.objections import actions
from esar.report.central_data.queries import (
    last_day_to_object,
    newest_of,
    set_of,
    visible_objections,
    visible_values,
)
from esar.report.central_data.views import SEES, title_of


@signed_in(Role.REPORTER, Role.APPROVER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a value."""
    day = clock.today()
    value = get_object_or_404(visible_values(request.user, day), pk=pk)
    form = ObjectForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        require(permissions.may_object(request.user, value, day))
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            text = form.cleaned_data["text"]
            objection = actions.object_to(value, text, **by_at_on(request))
            tell(request, "page.central_objected")
            return redirect("central_data:central-objection", objection.pk)
    context = {
        "value": value,
        "title": title_of(value),
        "form": form,
        "last_day": last_day_to_object(value),
    }
    return form_page(request, form, "central_data/object.html", context)


def _objection(request: HttpRequest, pk: int) -> Objection:
    return get_object_or_404(visible_objections(request.user, clock.today()), pk=pk)


@signed_in(*SEES)
@require_safe
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    objection = _objection(request, pk)
    return _page(request, objection, _decide_form(objection))


def _decide_form(objection: Objection, data: Any = None) -> DecideForm:
    """The form that decides it; its figure is in the unit of the body's KPI. Two queries."""
    value = objection.central_value
    data_set = set_of(value)
    kpi = kpis_of_set(data_set, [value.body]).get(value.body_id) if data_set else None
    takes_per_cent = data_set is not None and checks.takes_per_cent(data_set, kpi)
    return DecideForm(data, takes_per_cent=takes_per_cent)


def _page(
    request: HttpRequest, objection: Objection, form: DecideForm, status: int = 200
) -> HttpResponse:
    """An objection with the value it is about, the value now, and what one may do."""
    day, old = clock.today(), objection.central_value
    of = set_of(old)
    newest = newest_of(of, [old.body_id])[old.body_id] if of else old
    may: dict[str, Any] = {
        name: bool(OBJECTION_LIFE.may(request.user, objection, name, day))
        for name in ("uphold", "withdraw")
    }
    new_value = CentralValue.objects.filter(objection=objection).first()
    context = {
        "objection": objection,
        "value": old,
        "newest": newest,
        "made": new_value,
        "set": of,
        "may": may,
        "title": title_of(old),
        "form": form,
        "seen": OBJECTION_LIFE.seen(objection),
        "events": timeline(objection),
    }
    return render(request, "central_data/objection.html", context, status=status)


@signed_in(Role.CENTRAL_OWNER)
@require_POST
def decide_one(request: HttpRequest, pk: int) -> HttpResponse:
    objection = _objection(request, pk)
    form = _decide_form(objection, request.POST)
    if form.is_valid():
        fields = form.cleaned_data
        with form.refusing():
            post_move(
                request,
                OBJECTION_LIFE,
                objection,
                fields["outcome"],
                reason=fields["answer"],
                value=fields["value"],
                no_data=fields["no_data"].strip(),
            )
            tell(request, "page.central_decided")
            return redirect("central_data:central-objection", pk)
    return _page(request, _objection(request, pk), form, status=422)


@signed_in(Role.REPORTER, Role.APPROVER)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    post_move(request, OBJECTION_LIFE, _objection(request, pk), "withdraw")
    tell(request, "page.central_withdrawn")
    return redirect("central_data:central-objection", pk)
