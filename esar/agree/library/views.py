"""Pages of the indicator library."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.agree.indicators.models import TEMPLATE_FIELDS, Indicator, IndicatorVersion
from esar.agree.library import actions
from esar.agree.library.forms import ListedForm
from esar.agree.library.permissions import may_keep_list
from esar.agree.library.queries import listed_text, visible_indicators
from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.queries import visible_scorecards
from esar.kernel.access import require
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.telling import tell
from esar.platform.ui.year import chosen_year


@signed_in()
@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of an indicator, and the scorecards that hold it."""
    day = clock.today()
    subject = get_object_or_404(Indicator.objects.select_related("body"), code=code)
    versions = visible_indicators(request.user, day).filter(indicator=subject).order_by("-number")
    if not versions:
        raise Http404
    used = Kpi.objects.filter(
        template__indicator=subject, scorecard__in=visible_scorecards(request.user, day)
    ).select_related("scorecard__body", "template")
    context = {
        "indicator": subject,
        "versions": versions,
        "fields": TEMPLATE_FIELDS,
        "may_list": bool(may_keep_list(request.user, subject, day)),
        "events": timeline(subject),
        "used": used.order_by("-scorecard__fiscal_year")[:50],
    }
    return render(request, "library/indicator.html", context)


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_listed(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add an indicator to OPDC's list, or change its text there."""
    day, person = clock.today(), request.user
    subject = get_object_or_404(Indicator, code=code) if code else None
    require(may_keep_list(person, subject, day))
    text: dict[str, Any] = {"fiscal_year": chosen_year(request)}
    if subject is not None:
        newest = IndicatorVersion.objects.filter(indicator=subject).order_by("-number")
        text = listed_text(newest[0])
    data = request.POST if request.method == "POST" else None
    form = ListedForm(data, years=books.years(), text=text)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            saved = actions.save_listed(
                form.cleaned_data,
                **by_at_on(request),
                indicator=subject,
            )
            tell(request, "page.listed_saved", name=saved.name)
            return redirect("library:indicator", saved.indicator.code)
    context = {"indicator": subject, "form": form}
    return form_page(request, form, "library/listed.html", context)
