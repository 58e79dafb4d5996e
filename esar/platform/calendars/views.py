"""The year's calendar for everyone; extensions by the administrator."""

from __future__ import annotations

from datetime import UTC, date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from esar.kernel.access import require
from esar.kernel.wording import say
from esar.platform.calendars.actions import (
    move_day,
    preview_of,
    preview_of_withdrawing,
    withdraw,
)
from esar.platform.calendars.forms import ExtensionForm, WithdrawalForm
from esar.platform.calendars.ical import ical
from esar.platform.calendars.models import Extension
from esar.platform.calendars.permissions import may_extend
from esar.platform.calendars.previews import Preview
from esar.platform.calendars.queries import Entry, entries
from esar.platform.charts.gantt import Gantt, Span, gantt
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on, person_of
from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all, signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.telling import tell
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
    of_year = entries(year, on=day)
    ahead = [entry for entry in of_year if entry.last >= day]
    context = {
        "year": year,
        "years": books.years(),
        "day": day,
        "gantt": _drawing(year, of_year, day),
        "next": ahead[0] if ahead else None,
        "entries": [(one, one.is_open(day), one.days_left(day)) for one in of_year],
        "may_extend": bool(may_extend(request.user, day)),
    }
    return render(request, "calendars/calendar.html", context)


def _drawing(year: int, of_year: list[Entry], day: date) -> Gantt | None:
    """The year's days under its months; None of a year without any."""
    book = books.book(year)
    if not of_year or book is None:
        return None
    address = reverse("public:rules", args=[year])
    spans = [
        Span(
            entry.label,
            entry.first or entry.last,
            entry.last,
            "quiet" if entry.last < day else "brand",
            f"{address}#{entry.id}",
        )
        for entry in of_year
    ]
    first = min([book.year.first_day, *(span.first for span in spans)])
    last = max([book.year.last_day, *(span.last for span in spans)])
    return gantt(spans, first=first, last=last, today=day)


@open_to_all
@require_safe
def calendar_ics(request: HttpRequest, year: int) -> HttpResponse:
    """The year's days for the calendar of a phone or an office. One query."""
    if books.book(year) is None:
        raise Http404
    language = get_language() or "th"
    text = ical(
        entries(year),
        name=say("calendar.name", {"year": year}, language),
        host=request.get_host().partition(":")[0],
        at=clock.now().astimezone(UTC),
        language=language,
    )
    headers = {"Content-Disposition": f'attachment; filename="esar-{year}.ics"'}
    return HttpResponse(text, "text/calendar; charset=utf-8", headers=headers)


@signed_in(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: HttpRequest, year: int) -> HttpResponse:
    if books.book(year) is None:
        raise Http404
    require(may_extend(request.user, clock.today()))
    form = ExtensionForm(posted(request), year=year)
    preview: Preview | None = None
    if form.is_valid():
        fields = dict(form.cleaned_data)
        rule_id = fields.pop("entry")
        with form.refusing():
            if "confirmed" in request.POST:
                seen = request.POST.get("seen", "")
                move_day(year, rule_id, seen=seen, **by_at_on(request), **fields)
                tell(request, "calendar.is_moved")
                return redirect("calendars:calendar", year)
            preview = preview_of(year, rule_id, by=person_of(request), on=clock.today(), **fields)
    context = {"form": form, "year": year, "preview": preview}
    if preview is None:
        return form_page(request, form, "calendars/extension.html", context)
    return render(request, "calendars/extension.html", context)


@signed_in(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Take an extension back, from a page that shows what that touches."""
    extension = get_object_or_404(
        Extension.objects.select_related("body", "by"), pk=pk, fiscal_year=year, withdrawal=None
    )
    require(may_extend(request.user, clock.today(), extension.body))
    form = WithdrawalForm(posted(request))
    if form.is_valid():
        with form.refusing():
            withdraw(extension, form.cleaned_data["reason"], **by_at_on(request))
            tell(request, "calendar.is_withdrawn")
            return redirect("calendars:calendar", year)
    preview = preview_of_withdrawing(extension, on=clock.today())
    context = {"year": year, "extension": extension, "preview": preview}
    return form_page(request, form, "calendars/withdrawal.html", context)
