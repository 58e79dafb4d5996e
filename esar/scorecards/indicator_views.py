"""Pages of the indicator library."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from esar.scorecards import permissions
from esar.scorecards.models import (
    TEMPLATE_FIELDS,
    Indicator,
    Kpi,
)
from esar.scorecards.queries import (
    library,
    visible_indicators,
    visible_scorecards,
)
from esar.web import clock
from esar.web.doors import signed_in
from esar.web.lists import asked_for, number_of, page_of


@signed_in()
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """The library: the newest version of each indicator one may see."""
    asked = asked_for(request, "name")
    seen = visible_indicators(request.user, clock.today()).values("pk")
    found = library(text=asked["text"], sort=asked["sort"]).filter(pk__in=seen)
    wanted = number_of(request.GET.get("card", ""))
    card = visible_scorecards(request.user, clock.today()).filter(pk=wanted).first()
    may_use = card is not None and permissions.may_edit(request.user, card, clock.today())
    context = asked | {"page": page_of(request, found), "card": card.pk if card and may_use else ""}
    return render(request, "scorecards/indicators.html", context)


@signed_in()
@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of an indicator, and the scorecards that hold it."""
    day = clock.today()
    found = get_object_or_404(Indicator.objects.select_related("body"), code=code)
    versions = visible_indicators(request.user, day).filter(indicator=found).order_by("-number")
    if not versions:
        raise Http404
    used = Kpi.objects.filter(
        template__indicator=found, scorecard__in=visible_scorecards(request.user, day)
    ).select_related("scorecard__body", "template")  # fmt: skip
    context = {
        "indicator": found, "versions": versions, "fields": TEMPLATE_FIELDS,
        "used": used.order_by("-scorecard__fiscal_year")[:50],
    }  # fmt: skip
    return render(request, "scorecards/indicator.html", context)
