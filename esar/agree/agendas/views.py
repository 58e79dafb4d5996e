"""Pages of those who keep the agendas' data."""

from __future__ import annotations

from functools import partial

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.agree.agendas import actions
from esar.agree.agendas.forms import AdditionForm, EndingForm, MainValueForm, NamedKpiForm
from esar.agree.agendas.life import ADDITION_LIFE
from esar.agree.agendas.models import Holder, MandatedAddition, SubIndicator
from esar.agree.agendas.permissions import may_keep
from esar.agree.agendas.queries import agenda_of, agendas_of
from esar.agree.agendas.states import OPDC
from esar.kernel.access import require
from esar.platform.lifecycle.posting import possible, thing_or_404
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page, list_file_page, posted
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.telling import tell

SEES = (*OPDC, Role.ASSESSOR, Role.AUDITOR)


@signed_in(*OPDC)
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest, year: int) -> HttpResponse:
    """Send a file of sub-indicators and holders: taken in whole, or told row by row why not."""
    require(may_keep(request.user, clock.today()))
    if not agendas_of(year):
        raise Http404
    return list_file_page(
        request,
        "label.sub_indicator_file",
        partial(actions.load_file, year=year, **by_at_on(request)),
        "agendas/load.html",
        {"year": year, "agendas": agendas_of(year)},
    )


@signed_in(*OPDC)
@require_http_methods(["GET", "HEAD", "POST"])
def main_value(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Write what a main indicator of an agenda came to."""
    require(may_keep(request.user, clock.today()))
    rule = agenda_of(year, code)
    if rule is None:
        raise Http404
    form = MainValueForm(posted(request), rule=rule, year=year)
    if form.is_valid():
        with form.refusing():
            actions.save_main_value(year, code, **form.cleaned_data, **by_at_on(request))
            tell(request, "page.main_value_saved")
            return redirect("public:agenda", year, code)
    return form_page(request, form, "agendas/main_value.html", {"rule": rule, "year": year})


@signed_in(*OPDC)
@require_http_methods(["GET", "HEAD", "POST"])
def end_sub(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a sub-indicator into another, or cut it."""
    require(may_keep(request.user, clock.today()))
    sub = get_object_or_404(SubIndicator, pk=pk)
    form = EndingForm(posted(request), sub=sub)
    if form.is_valid():
        with form.refusing():
            actions.end_sub_indicator(sub, **form.cleaned_data, **by_at_on(request))
            tell(request, "page.sub_indicator_ended")
            return redirect("public:sub-indicator", sub.pk)
    title = f"{lazy_say('page.sub_indicator_end')}: {sub}"
    return form_page(request, form, "ui/form.html", {"title": title})


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def named_kpi(request: HttpRequest, pk: int) -> HttpResponse:
    """Say by which KPI of its scorecard a body reports what it holds."""
    own = bodies_of(request.user, clock.today(), Role.REPORTER)
    rows = Holder.objects.filter(body__in=own).select_related("sub_indicator", "body")
    holder = get_object_or_404(rows, pk=pk)
    form = NamedKpiForm(posted(request), holder=holder)
    if form.is_valid():
        with form.refusing():
            actions.name_kpi(holder, form.cleaned_data["indicator"], **by_at_on(request))
            tell(request, "page.holder_kpi_named")
            return redirect("public:sub-indicator", holder.sub_indicator_id)
    title = f"{lazy_say('page.holder_kpi')}: {holder.sub_indicator}"
    return form_page(request, form, "ui/form.html", {"title": title})


@signed_in(*OPDC)
@require_http_methods(["GET", "HEAD", "POST"])
def new_addition(request: HttpRequest, year: int) -> HttpResponse:
    """Write down a Cabinet resolution that adds a Joint KPI; another officer enacts it."""
    require(may_keep(request.user, clock.today()))
    form = AdditionForm(posted(request), year=year)
    if form.is_valid():
        with form.refusing():
            cleaned = form.cleaned_data
            columns = {name: cleaned[name] for name in ("sub_indicator", "resolution")}
            addition = MandatedAddition(**columns, resolved_on=cleaned["resolved_on"])
            bodies = cleaned["bodies"]
            act = ADDITION_LIFE.move(addition, "begin", **by_at_on(request), bodies=bodies)
            return redirect(ADDITION_LIFE.address(act.thing))
    return form_page(request, form, "ui/form.html", {"title": lazy_say("page.addition_new")})


@signed_in(*SEES)
@require_safe
def addition(request: HttpRequest, pk: int) -> HttpResponse:
    """A resolution with the bodies that it names."""
    subject = thing_or_404(request, ADDITION_LIFE, pk)
    prefetch_related_objects([subject], "bodies__body")
    context = {"thing": subject, "life": ADDITION_LIFE}
    return render(
        request, "agendas/addition.html", context | possible(request, ADDITION_LIFE, subject)
    )
