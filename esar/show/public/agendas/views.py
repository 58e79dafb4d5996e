"""Pages of the agendas, open to all."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from esar.agree.agendas.checks import shortfall
from esar.agree.agendas.models import MandatedAddition, SubIndicator
from esar.agree.agendas.permissions import may_keep
from esar.agree.agendas.queries import (
    COLUMNS,
    agenda_of,
    agendas_of,
    duties_of,
    sum_of_targets,
    with_holders,
)
from esar.agree.agendas.states import AdditionState
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of
from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.year import chosen_year
from esar.report.outside_results.permissions import may_see_results, may_send_result
from esar.report.outside_results.queries import results_of, sends_for
from esar.show.public.agendas.drawings import bodies_of as bodies_of_agenda
from esar.show.public.agendas.drawings import chain_of, quarters_of
from esar.show.public.agendas.province_map import province_map
from esar.show.public.agendas.queries import (
    agenda_on,
    agendas_on,
    outside_counts,
    years_side_by_side,
)
from esar.show.public.agendas.tables import agenda_label, stage_label, target_label


@open_to_all
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The agendas of the year worked in, or of the newest that has any."""
    years = [year for year in reversed(books.years()) if agendas_of(year)]
    chosen = chosen_year(request)
    if not years:
        raise Http404
    return redirect("public:agendas", chosen if chosen in years else years[0])


@open_to_all
@require_safe
def agendas(request: HttpRequest, year: int) -> HttpResponse:
    """All agendas of a year: where each stands, who drives it, and the years beside each other."""
    day = clock.today()
    views = agendas_on(year, day)
    if not views:
        raise Http404
    context = {
        "year": year,
        "agendas": views,
        "columns": COLUMNS,
        "duties": duties_of(year),
        "years": years_side_by_side(),
        "day": day,
        "is_demo": any(sub.is_demo for view in views for sub in view.subs),
        "subs": sum(len(view.subs) for view in views),
        "holdings": sum(len(view.holders) for view in views),
        "may_keep": bool(may_keep(request.user, day)),
        "sends": bool(may_see_results(request.user, day)),
    }
    return render(request, "public/agendas.html", context)


@open_to_all
@require_safe
def agenda(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """One agenda: gauges, the stages of its chain, its bodies, what the Cabinet added."""
    day = clock.today()
    view = agenda_on(year, code, day)
    if view is None:
        raise Http404
    lead_codes = view.rule.value.lead_codes
    leads = {body.code: body for body in Body.objects.filter(code__in=lead_codes)}
    additions = MandatedAddition.objects.filter(
        sub_indicator__fiscal_year=year, sub_indicator__agenda=code, state=AdditionState.IN_FORCE
    )
    context = {
        "year": year,
        "view": view,
        "leads": [leads[lead] for lead in lead_codes if lead in leads],
        "additions": additions.select_related("sub_indicator").prefetch_related("bodies__body"),
        "left": SubIndicator.objects.filter(fiscal_year=year, agenda=code)
        .exclude(ending="")
        .count(),
        "day": day,
        "is_demo": any(sub.is_demo for sub in view.subs),
        "may_keep": bool(may_keep(request.user, day)),
        "map": province_map(year, view.holders),
        "quarters": [quarters_of(gauge, year, day) for gauge in view.gauges],
        "chain": chain_of(view, year) if view.subs else None,
        "classes": bodies_of_agenda(view) if view.holders else None,
        "agendas_count": len(agendas_of(year)),
        "outside": outside_counts(results_of(view.holders)),
        "value_address": reverse("agendas:main-value", args=[year, code]),
    }
    return render(request, "public/agenda.html", context)


@open_to_all
@require_safe
def sub_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """A sub-indicator with all its holders, and what became of it."""
    day = clock.today()
    rows = with_holders(SubIndicator.objects.select_related("into"), day)
    sub = get_object_or_404(rows, pk=pk)
    holders = sub.holders_now  # type: ignore[attr-defined]
    due = {result.holder.pk: result for result in results_of(holders)}
    sends = sends_for(request.user, day) if due else frozenset()
    context = {
        "sub": sub,
        "agenda": agenda_of(sub.fiscal_year, sub.agenda),
        "labels": {"agenda": agenda_label(sub), "stage": stage_label(sub)}
        | {"target": target_label(sub)},
        "holders": holders,
        "rows": [(holder, due.get(holder.pk)) for holder in holders],
        "has_results": bool(due),
        "may_send": {
            holder.pk for holder in holders if may_send_result(request.user, holder, day, sends)
        },
        "total": sum_of_targets(holders) if sub.adds else None,
        "warning": shortfall(sub, holders),
        "merged": SubIndicator.objects.filter(into=sub),
        "events": timeline(sub),
        "own": bodies_of(request.user, day, Role.REPORTER),
        "may_end": not sub.ending and bool(may_keep(request.user, day)),
    }
    return render(request, "public/sub_indicator.html", context)
