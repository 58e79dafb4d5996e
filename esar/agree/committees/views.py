"""Pages of committees and their sittings."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.changes.content import changed_values, grounds
from esar.agree.changes.models import ChangeRequest
from esar.agree.committees import actions, permissions
from esar.agree.committees.forms import CallForm, ResolveForm
from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.committees.queries import (
    agenda_of,
    attendance_of,
    content_of,
    outcomes_for,
    quorum_needed,
    rule_of,
    sitting_list,
    thing_of,
    visible_committees,
    visible_sittings,
    waiting_changes,
    waiting_scorecards,
)
from esar.agree.committees.states import SITTING_MOVES, SittingState
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import content, kpis_of_many
from esar.agree.scorecards.frozen import AgreedScorecard
from esar.agree.scorecards.kpi_findings import Audited, findings_in
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.queries import last_year_of
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word, say
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import OF_OPDC, Person, Role
from esar.platform.organisations.queries import members_on, person_of
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.lists import asked_for, numbers_of, page_of
from esar.platform.ui.telling import tell, tell_many
from esar.platform.ui.year import chosen_year, listed_year

SITS = (Role.SECRETARY, Role.MEMBER, *OF_OPDC)


@signed_in(*SITS)
@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request, "name")
    found = visible_committees(request.user, clock.today()).order_by("level", "name_th")
    if asked["text"]:
        found = found.filter(name_th__icontains=asked["text"])
    return render(request, "committees/list.html", asked | {"page": page_of(request, found)})


@signed_in(*SITS)
@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: HttpRequest, code: str) -> HttpResponse:
    """A committee: its seats by the rulebook, its members, its sittings; and calling one."""
    day = clock.today()
    one = get_object_or_404(visible_committees(request.user, day), code=code)
    may_call = bool(permissions.may_call(request.user, one, day))
    data = request.POST if request.method == "POST" else None
    form = CallForm(data)
    if request.method == "POST" and form.is_valid():
        held_at = form.cleaned_data["held_at"]
        sitting = actions.call(
            one,
            year=books.year_of(timezone.localdate(held_at)),
            held_at=held_at,
            place=form.cleaned_data["place"],
            by=person_of(request),
            at=clock.now(),
            on=day,
        )
        tell(request, "page.called")
        return redirect("committees:sitting", sitting.pk)
    book = books.book(chosen_year(request))
    rule = book.on(book.year.last_day).by_id.get(one.rule_id) if book else None
    context = {
        "committee": one,
        "members": members_on(one, day),
        "rule": rule,
        "form": form,
        "may_call": may_call,
        "sittings": Sitting.objects.filter(committee=one)[:20],
        "waiting": waiting_scorecards(one) + waiting_changes(one),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/committee.html", context, status=status)


@signed_in()
@require_safe
def sittings(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request, "")
    state = request.GET.get("state", "")
    known = state if state in SittingState.values else ""
    year = listed_year(request)
    found = sitting_list(request.user, clock.today(), state=known)
    found = found.filter(fiscal_year=year) if year else found
    context = asked | {
        "page": page_of(request, found),
        "state": state,
        "states": SittingState.values,
        "year": year,
        "committees": visible_committees(request.user, clock.today())[:50],
    }
    return render(request, "committees/sittings.html", context)


def _sitting(request: HttpRequest, pk: int) -> Sitting:
    return get_object_or_404(visible_sittings(request.user, clock.today()), pk=pk)


@signed_in()
@require_safe
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """A sitting: who is there, what is on the table with its findings, what was resolved."""
    one, day = _sitting(request, pk), clock.today()
    may = {
        name: bool(permissions.may_do(request.user, one, name, day))
        for name in ("agenda", "attendance", "resolve", *SITTING_MOVES)
    }
    rows = _rows(agenda_of(one))
    attendance = attendance_of(one)
    present = {row.person_id for row in attendance if not row.is_guest}
    rule = rule_of(one)
    context = {
        "sitting": one,
        "may": may,
        "rows": rows,
        "attendance": attendance,
        "present": present,
        "members": members_on(one.committee, day),
        "needed": quorum_needed(one, day),
        "may_invite": bool(rule and rule.may_invite) and may["attendance"],
        "waiting": _waiting(one) if may["agenda"] else [],
        "events": timeline(one),
        "outcomes": list(dict.fromkeys(name for row in rows for name in row["outcomes"])),
    }
    return render(request, "committees/sitting.html", context)


def _waiting(one: Sitting) -> list[Scorecard | ChangeRequest]:
    return [
        *waiting_scorecards(one.committee, one.fiscal_year),
        *waiting_changes(one.committee, one.fiscal_year),
    ]


def _rows(items: list[AgendaItem]) -> list[dict[str, Any]]:
    """The items as they were put on the table, with the audit's findings. Two queries."""
    cards = [item.scorecard for item in items if item.scorecard is not None]
    open_ones = [item.scorecard for item in items if item.scorecard and not item.outcome]
    now, before = kpis_of_many(open_ones), last_year_of(cards)
    return [_row(item, now, before) for item in items]


def _row(
    item: AgendaItem, now: dict[int, list[Kpi]], before: dict[int, dict[str, Audited]]
) -> dict[str, Any]:
    thing, held = thing_of(item), item.content
    row: dict[str, Any] = {"item": item, "thing": thing, "outcomes": (), "same": True}
    if not item.outcome:
        fresh = content(thing, now[thing.pk]) if isinstance(thing, Scorecard) else content_of(thing)
        row |= {"outcomes": outcomes_for(thing), "same": digest(fresh) == item.sha256}
    if isinstance(thing, Scorecard):
        kpis = AgreedScorecard.from_json(held).kpis
        found = findings_in(kpis, before[thing.pk])
        return row | {"kpis": kpis, "body": thing.body, "findings": found}
    ground = grounds(rules_of(thing.scorecard)[1]).get(held["ground"])
    values = changed_values(held["old"], held["new"])
    body = thing.scorecard.body
    return row | {"change": held, "body": body, "ground": ground, "values": values}


@signed_in()
@require_safe
def agenda_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What was put on the table, as it was, for as long as there is a record."""
    one = _sitting(request, pk)
    found = [row for row in agenda_of(one) if row.pk == item]
    if not found:
        raise Http404
    return render(request, "committees/item.html", {"sitting": one, "row": _rows(found)[0]})


@signed_in(Role.SECRETARY)
@require_POST
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what is chosen on the table."""
    one = _sitting(request, pk)
    chosen = set(request.POST.getlist("thing"))
    with transaction.atomic():  # all of them, or none
        for thing in _waiting(one):
            if f"{thing._meta.model_name}-{thing.pk}" in chosen:
                actions.put_on_agenda(
                    one, thing, by=person_of(request), at=clock.now(), on=clock.today()
                )
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def take_off(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    one = _sitting(request, pk)
    found = get_object_or_404(AgendaItem.objects.select_related("sitting"), pk=item, sitting=one)
    actions.take_off_agenda(found, by=person_of(request), at=clock.now(), on=clock.today())
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    one = _sitting(request, pk)
    chosen = numbers_of(request, "present")
    people = list(Person.objects.filter(pk__in=chosen))
    actions.mark_attendance(one, people, by=person_of(request), at=clock.now(), on=clock.today())
    tell(request, "page.account_saved")
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    one = _sitting(request, pk)
    name = request.POST.get("name", "").strip()[:200]
    if name:
        actions.invite_guest(one, name, by=person_of(request), at=clock.now(), on=clock.today())
        tell(request, "page.account_saved")
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in SITTING_MOVES:
        raise Http404
    one = _sitting(request, pk)
    actions.move_sitting(
        one,
        name,
        by=person_of(request),
        at=clock.now(),
        on=clock.today(),
        reason=request.POST.get("reason", "")[:2000],
        minutes=request.POST.get("minutes", "")[:100_000],
    )
    tell(request, "page.moved", action=Word(f"action.{name}"))
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """One resolution for the items chosen; each has the checks of a single one."""
    one = _sitting(request, pk)
    form = ResolveForm(request.POST)
    chosen = numbers_of(request, "item")
    items = list(AgendaItem.objects.filter(sitting=one, pk__in=chosen).select_related("sitting"))
    if not form.is_valid():
        raise Refused([Problem(form.wrong_code())])
    if not items:
        raise Refused([Problem("sitting.nothing_chosen")])
    outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
    done = actions.resolve_many(
        items,
        outcome,
        by=person_of(request),
        at=clock.now(),
        on=clock.today(),
        reason=reason,
        votes=form.votes,
    )
    failed = [one_done for one_done in done if one_done.problems]
    if failed and len(done) == 1:
        raise Refused(failed[0].problems)
    language = get_language() or "th"
    missed = [
        (say("page.item", {"place": one_done.item.place}, language), one_done.problems)
        for one_done in failed
    ]
    tell_many(request, len(done) - len(failed), missed)
    return redirect("committees:sitting", pk)
