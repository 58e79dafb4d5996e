"""The first page of everyone who works here; search; notices; the demo's day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from esar.kernel.alphabet import search_words
from esar.kernel.wording import say
from esar.platform.notices.actions import mark_read
from esar.platform.notices.queries import notices_of
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import held, holds
from esar.platform.ui import clock
from esar.platform.ui.doors import open_to_all, signed_in
from esar.platform.ui.filters import MAX_SEARCH
from esar.platform.ui.lists import number_of, page_of
from esar.platform.ui.views import back_to
from esar.platform.ui.year import chosen_year, listed_year
from esar.show.worklist import queries
from esar.show.worklist import search as search_module
from esar.show.worklist.context import around_every_page
from esar.show.worklist.desk import own_bodies, pile_of, piles_beside, year_line
from esar.show.worklist.funnel import funnel_of
from esar.show.worklist.others import at_others
from esar.show.worklist.processes import counted
from esar.show.worklist.readiness import readiness


@signed_in()
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    day, year = clock.today(), chosen_year(request)
    person: Any = request.user
    work = queries.work_for(person, day, year)
    coming = queries.coming(year, day)
    context = {
        "pile": pile_of(work, year, day),
        "beside": piles_beside(work, year, day),
        "at_others": [(thing, thing.days(day)) for thing in at_others(person, day, year)],
        "bodies": own_bodies(person, year, day),
        "funnel": funnel_of(year, day) if holds(person, day, Role.ANALYST) else None,
        "next": coming[0] if coming else None,
        "next_left": coming[0].days_left(day) if coming else None,
        "line": year_line(year, day),
        "day": day,
        "year": year,
        "held": held(person, day),
        "newest": notices_of(person).filter(read_at=None)[:5],
    }
    return render(request, "worklist/desk.html", context)


@open_to_all
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything whose name holds what was typed, by kind; what is public to visitors."""
    text, year = _typed(request), listed_year(request)
    findings = (
        search_module.search(request.user, clock.today(), text, year)
        if search_words(text)
        else None
    )
    context = {
        "text": text,
        "findings": findings,
        "limit": search_module.LIMIT,
        "year": year,
        "rules_year": year or chosen_year(request),
    }
    return render(request, "worklist/search.html", context)


@open_to_all
@require_safe
def hits(request: HttpRequest) -> HttpResponse:
    """The ten best of a search while it is typed, as JSON."""
    text = _typed(request)
    lines = (
        search_module.hits(request.user, clock.today(), text, chosen_year(request))
        if search_words(text)
        else []
    )
    language = get_language() or "th"
    hits = [asdict(line) | {"label": say(f"found.{line.kind}", {}, language)} for line in lines]
    return JsonResponse({"hits": hits})


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:MAX_SEARCH]


@signed_in()
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    return render(
        request,
        "worklist/notices.html",
        {"page": page_of(request, notices_of(person)), "query": "", "sort": ""},
    )


@signed_in()
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read and go there; without one, all."""
    person: Any = request.user
    number = number_of(request.POST.get("notice", ""))
    mark_read(person, at=clock.now(), pk=number)
    notice = notices_of(person).filter(pk=number).first() if number else None
    return redirect(notice.path if notice else "worklist:notices")


@signed_in()
@require_safe
def processes(request: HttpRequest) -> HttpResponse:
    """Every list of what goes on in the year, by what it is about."""
    menu = around_every_page(request)["menu"]
    groups = [*counted(menu.groups, request), *counted(menu.administration, request)]
    return render(request, "worklist/processes.html", {"groups": groups})


@signed_in(Role.ADMINISTRATOR, Role.AUDITOR)
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """Where the system is kept in order: people, the year, the registry, its own work."""
    return render(request, "worklist/administration.html")


@signed_in(Role.ADMINISTRATOR, Role.AUDITOR)
@require_safe
def year_readiness(request: HttpRequest) -> HttpResponse:
    """What must be in place for the year, and what is still lacking."""
    year, day = chosen_year(request), clock.today()
    checks = readiness(year, day)
    context = {
        "year": year,
        "checks": checks,
        "lacking": sum(check.state == "lacking" for check in checks),
    }
    return render(request, "worklist/year_readiness.html", context)


@signed_in()
@require_POST
def demo_day(request: HttpRequest) -> HttpResponse:
    """Move the demo to another day. Outside demo mode there is no such page."""
    if not settings.DEMO:
        raise Http404
    day_text = request.POST.get("day", "")
    try:
        clock.pretend(date.fromisoformat(day_text) if day_text else None)
    except ValueError:
        sentence = say("page.not_a_day", {"value": day_text}, get_language() or "th")
        messages.error(request, sentence)
    return back_to(request, "worklist:desk")
