"""The year's calendar for everyone; extensions by the administrator."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.kernel.access import require
from esar.platform.calendars.actions import extend
from esar.platform.calendars.forms import ExtensionForm
from esar.platform.calendars.permissions import may_extend
from esar.platform.calendars.queries import entries
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all, signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.year import chosen_year


@open_to_all
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    return redirect("calendars:calendar", chosen_year(request))


@open_to_all
@require_safe
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    if books.book(year) is None:
        raise Http404
    day = clock.today()
    context = {
        "year": year,
        "years": books.years(),
        "day": day,
        "entries": [(one, one.is_open(day), one.days_left(day)) for one in entries(year, on=day)],
        "may_extend": bool(may_extend(request.user, day)),
    }
    return render(request, "calendars/calendar.html", context)


@signed_in(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: HttpRequest, year: int) -> HttpResponse:
    if books.book(year) is None:
        raise Http404
    require(may_extend(request.user, clock.today()))
    form = ExtensionForm(posted(request), year=year)
    if form.is_valid():
        choices = form.cleaned_data
        with form.refusing():
            extend(
                year,
                choices.pop("entry"),
                **by_at_on(request),
                **choices,
            )
            return redirect("calendars:calendar", year)
    return form_page(request, form, "calendars/extension.html", {"form": form, "year": year})
