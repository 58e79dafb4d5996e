"""Pages of strategic KPIs: the register, one of them, a host's tree, what a sitting resolves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import Sitting
from esar.agree.committees.queries import leaving_for, recusal_from, visible_sittings
from esar.agree.strategic_kpis import actions, resolutions
from esar.agree.strategic_kpis.achieved import drawing_of, progress_of, strategic_law
from esar.agree.strategic_kpis.checks import target_notes
from esar.agree.strategic_kpis.forms import CascadeForm, StrategicForm
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE
from esar.agree.strategic_kpis.models import CascadeDecision, StrategicKpi
from esar.agree.strategic_kpis.permissions import may_draft
from esar.agree.strategic_kpis.queries import (
    candidates,
    kpis_in_force,
    standings,
    visible_strategic,
)
from esar.agree.strategic_kpis.sheet import listing_of
from esar.agree.strategic_kpis.states import OPDC, TOLD, StrategicState
from esar.agree.strategic_kpis.tables import StrategicList, WaitingList
from esar.kernel.access import require
from esar.law.rules.book import Rule
from esar.law.rules.kinds import StrategicKpis
from esar.platform.lifecycle.posting import possible, thing_or_404
from esar.platform.lifecycle.seen import seen_token
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, by_at_on, sees_everything
from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all, signed_in
from esar.platform.ui.form_page import form_page, list_file_page, posted
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.lists import chosen_of
from esar.platform.ui.telling import tell, tell_many, tell_nothing_chosen, tell_to_note
from esar.platform.ui.year import chosen_year, listed_year

LEVEL_2 = 2


def _law(year: int) -> Rule[StrategicKpis]:
    law = strategic_law(year)
    if law is None:
        raise Http404
    return law


@signed_in()
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """OPDC's register: drafts, what waits, what is in force with its decisions."""
    page = StrategicList(request, picks=_is_opdc(request))
    return page.answer(may_move=page.may_pick)


@signed_in()
@require_safe
def register_export(request: HttpRequest, kind: str) -> HttpResponse:
    return StrategicList(request).file(kind)


def _is_opdc(request: HttpRequest) -> bool:
    return sees_everything(request.user, clock.today())


@signed_in(*OPDC)
@require_POST
def move_many(request: HttpRequest, name: str) -> HttpResponse:
    """Put the chosen drafts before level 1, or tell the committees of those approved."""
    if name not in ("submit", "tell"):
        raise Http404
    visible = visible_strategic(request.user, clock.today())
    chosen = chosen_of(request, "strategic", set(visible.values_list("pk", flat=True)))
    rows = list(visible.filter(pk__in=chosen))
    if not rows:
        tell_nothing_chosen(request)
    elif name == "tell":
        counts = actions.tell_committees(rows, **by_at_on(request), tokens=_tokens(request, rows))
        tell(request, "page.strategic_told", count=sum(counts.values()))
    else:
        actions.submit_many(rows, **by_at_on(request), tokens=_tokens(request, rows))
        tell_many(request, len(rows), [])
    return redirect("strategic_kpis:strategics")


def _tokens(request: HttpRequest, rows: Iterable[StrategicKpi]) -> dict[int, str]:
    """The token of each row of the page that was sent."""
    return {row.pk: request.POST.get(f"seen-{row.pk}", "") for row in rows}


@open_to_all
@require_safe
def strategic(request: HttpRequest, pk: int) -> HttpResponse:
    """A strategic KPI: its plan, what it came to each year, what was decided, whom it reaches.

    Visitors read what is in force, with the results that were released.
    """
    strategic_kpi, day = thing_or_404(request, STRATEGIC_LIFE, pk), clock.today()
    year = _year(request, strategic_kpi)
    book = books.book(year)
    last = book.year.last_day if book else day
    kpis = kpis_in_force(year, last, book.on(last)) if book else []
    standing = standings(year, last, kpis, [strategic_kpi])[0]
    decisions = CascadeDecision.objects.filter(strategic=strategic_kpi)
    progress = progress_of(strategic_kpi, also_sent=_sees_unreleased(request, strategic_kpi))
    context = {
        "thing": strategic_kpi,
        "year": year,
        "life": STRATEGIC_LIFE,
        "standing": standing,
        "decisions": decisions.select_related("sitting__committee", "by"),
        "reasons": _reasons(year),
        "progress": progress,
        "drawing": drawing_of(progress, strategic_kpi.direction),
        "may_edit": bool(STRATEGIC_LIFE.may(request.user, strategic_kpi, "edit", day)),
    }
    context |= possible(request, STRATEGIC_LIFE, strategic_kpi)
    if not request.user.is_authenticated:
        context["events"] = []  # who wrote and returned it is no visitor's to read
    return render(request, "strategic_kpis/strategic.html", context)


def _sees_unreleased(request: HttpRequest, strategic_kpi: StrategicKpi) -> bool:
    """OPDC, and whoever writes or sends the results of its host."""
    own = bodies_of(request.user, clock.today(), Role.REPORTER, Role.APPROVER)
    return _is_opdc(request) or strategic_kpi.host_id in own


def _year(request: HttpRequest, strategic_kpi: StrategicKpi) -> int:
    """The year worked in; where its committee decided in others alone, the last of those."""
    decided = set(strategic_kpi.decisions.values_list("fiscal_year", flat=True))
    chosen = max(chosen_year(request), strategic_kpi.fiscal_year)
    return chosen if chosen in decided or not decided else max(decided)


def _reasons(year: int) -> dict[str, Any]:
    law = strategic_law(year)
    return {item.id: item.label for item in law.value.reasons} if law else {}


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a strategic KPI."""
    year = chosen_year(request)
    form = StrategicForm(posted(request), law=_law(year), year=year, thing=None)
    if form.is_valid():
        with form.refusing():
            strategic_kpi = actions.draft(form.columns | {"fiscal_year": year}, **by_at_on(request))
            tell(request, "page.strategic_saved", kpi=strategic_kpi.code)
            tell_to_note(request, target_notes(form.columns))
            return redirect("strategic_kpis:strategic", strategic_kpi.pk)
    return form_page(request, form, "ui/form.html", {"title": lazy_say("page.strategic_new")})


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    strategic_kpi = thing_or_404(request, STRATEGIC_LIFE, pk)
    require(STRATEGIC_LIFE.may(request.user, strategic_kpi, "edit", clock.today()))
    form = StrategicForm(
        posted(request),
        law=_law(strategic_kpi.fiscal_year),
        year=strategic_kpi.fiscal_year,
        thing=strategic_kpi,
    )
    if form.is_valid():
        with form.refusing():
            seen = form.cleaned_data["seen"]
            actions.save_draft(strategic_kpi, form.columns, seen=seen, **by_at_on(request))
            tell(request, "page.strategic_saved", kpi=strategic_kpi.code)
            tell_to_note(request, target_notes(form.columns))
            return redirect("strategic_kpis:strategic", strategic_kpi.pk)
    title = lazy_say("page.strategic_edit", (("kpi", strategic_kpi.code),))
    return form_page(request, form, "ui/form.html", {"title": title})


@signed_in()
@require_safe
def tree(request: HttpRequest, code: str) -> HttpResponse:
    """A host's strategic KPIs, each with the departments' KPIs that it reaches. Five queries."""
    host, day = get_object_or_404(Body, code=code), clock.today()
    year = listed_year(request) or chosen_year(request)
    law, book = _law(year), books.book(year)
    assert book is not None, "the law is of its rulebook"
    last = book.year.last_day
    kpis = kpis_in_force(year, last, book.on(last))
    rows = visible_strategic(request.user, day).filter(host=host, fiscal_year__lte=year)
    if not rows:
        raise Http404
    context = {
        "host": host,
        "year": year,
        "law": law,
        "standings": standings(year, last, kpis, rows.order_by("code")),
        "reasons": _reasons(year),
    }
    return render(request, "strategic_kpis/tree.html", context)


def _sitting(request: HttpRequest, pk: int) -> Sitting:
    return get_object_or_404(visible_sittings(request.user, clock.today()), pk=pk)


@signed_in()
@require_safe
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """The strategic KPIs that wait for a sitting's committee."""
    meeting = _sitting(request, pk)
    act = "resolve" if meeting.committee.level == LEVEL_2 else "agenda"
    may = bool(SITTING_LIFE.may(request.user, meeting, act, clock.today()))
    page = WaitingList(request, meeting, may=may)
    return page.answer(
        sitting=meeting,
        leaving=leaving_for(meeting, [row.host for row in page.rows()], clock.today()),
    )


@signed_in(Role.SECRETARY)
@require_POST
def put_before(request: HttpRequest, pk: int) -> HttpResponse:
    """Put those that are ticked on the table of a sitting, as one item of its agenda."""
    meeting = _sitting(request, pk)
    visible = visible_strategic(request.user, clock.today())
    chosen = chosen_of(request, "strategic", set(visible.values_list("pk", flat=True)))
    rows = list(visible.filter(pk__in=chosen))
    if not rows:
        tell_nothing_chosen(request)
        return redirect("strategic_kpis:sitting", pk)
    resolutions.put_before(meeting, rows, tokens=_tokens(request, rows), **by_at_on(request))
    tell(request, "page.strategic_tabled", count=len(rows))
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What the committee of a host resolved of one: the KPIs that it reaches, or why none."""
    meeting = _sitting(request, pk)
    require(SITTING_LIFE.may(request.user, meeting, "resolve", clock.today()))
    rows = visible_strategic(request.user, clock.today())
    strategic_kpi = get_object_or_404(
        rows.filter(state__in=(TOLD, StrategicState.IN_FORCE)), pk=number
    )
    kpis = list(candidates(meeting.committee, meeting.fiscal_year))
    item = resolutions.item_of(meeting, strategic_kpi)
    form = CascadeForm(
        posted(request),
        law=_law(meeting.fiscal_year),
        kpis=kpis,
        code=strategic_kpi.code,
        before=item,
    )
    if form.is_valid():
        with form.refusing():
            seen = request.POST.get("seen", "")
            resolutions.decide(
                meeting,
                strategic_kpi,
                form.text,
                votes=form.votes,
                correction=form.correction,
                seen=seen,
                **by_at_on(request),
            )
            tell(request, "page.strategic_resolved", count=1)
            return redirect("strategic_kpis:sitting", pk)
    content = resolutions.to_decide(strategic_kpi, meeting)
    context = {
        "sitting": meeting,
        "thing": strategic_kpi,
        "seen": seen_token(content),
        "recusal": recusal_from(meeting, [strategic_kpi.host], clock.today()),
    }
    return form_page(request, form, "strategic_kpis/decide.html", context)


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Send a file of drafts: taken in whole, or told row by row why not."""
    require(may_draft(request.user, clock.today()))
    year = chosen_year(request)
    listing = listing_of(_law(year).value)
    return list_file_page(
        request,
        "label.strategic_file",
        partial(actions.load_file, year=year, **by_at_on(request)),
        "strategic_kpis/load.html",
        {"year": year, "listing": listing},
    )
