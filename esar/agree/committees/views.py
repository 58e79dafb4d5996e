"""Pages of committees and their sittings."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.changes.content import changed_values, findings_of_change, grounds
from esar.agree.changes.models import ChangeRequest
from esar.agree.committees import actions, resolutions
from esar.agree.committees.forms import CallForm, ResolveForm
from esar.agree.committees.life import SITTING_LIFE, life_of, named
from esar.agree.committees.models import AgendaItem, Paper, Sitting
from esar.agree.committees.permissions import may_call, may_record_order
from esar.agree.committees.queries import (
    agenda_of,
    attendance_of,
    composition_of,
    content_of,
    day_of,
    invited_members,
    orders_of,
    outcomes_for,
    paper_life,
    present_members,
    quorum_needed,
    recusals,
    rule_of,
    thing_of,
    visible_committees,
    visible_sittings,
    waiting_changes,
    waiting_scorecards,
)
from esar.agree.committees.signals import resolved_beside
from esar.agree.committees.states import SITTING_MOVES
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import contents_of
from esar.agree.scorecards.frozen import AgreedScorecard
from esar.agree.scorecards.kpi_findings import Audited, findings_in, is_of_kpi
from esar.agree.scorecards.life import SCORECARD_LIFE, parts_of
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.past_years import years_before
from esar.agree.scorecards.queries import last_year_of, visible_scorecards
from esar.kernel.chain import digest
from esar.kernel.problems import Refused
from esar.kernel.wording import Word, say
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import OF_OPDC, Body, Person, Role
from esar.platform.organisations.queries import by_at_on, members_on, person_of
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.list_page import NOTHING
from esar.platform.ui.lists import chosen_of, numbers_of, text_of
from esar.platform.ui.telling import tell, tell_many, tell_nothing_chosen
from esar.platform.ui.year import chosen_year

MAX_MINUTES = 100_000  # letters
SITS = (Role.SECRETARY, Role.MEMBER, *OF_OPDC)


@signed_in(*SITS)
@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: HttpRequest, code: str) -> HttpResponse:
    """A committee: its seats by the rulebook, its members, its sittings; and calling one."""
    day = clock.today()
    board = get_object_or_404(visible_committees(request.user, day), code=code)
    data = request.POST if request.method == "POST" else None
    form = CallForm(data)
    if request.method == "POST" and form.is_valid():
        held_at = form.cleaned_data["held_at"]
        with form.refusing():
            sitting = actions.call(
                board,
                year=books.year_of(timezone.localdate(held_at)),
                held_at=held_at,
                place=form.cleaned_data["place"],
                **by_at_on(request),
            )
            tell(request, "page.called")
            return redirect("committees:sitting", sitting.pk)
    year = chosen_year(request)
    book = books.book(year)
    rule = book.on(book.year.last_day).by_id.get(board.rule_id) if book else None
    context = {
        "committee": board,
        "composition": composition_of(board, year, day),
        "year": year,
        "rule": rule,
        "is_of_provinces": rule is not None and rule.entry.bodies == (Body.Kind.PROVINCE,),
        "orders": orders_of(board),
        "may_record_order": bool(may_record_order(request.user, board, day)),
        "form": form,
        "may_call": bool(may_call(request.user, board, day)),
        "sittings": Sitting.objects.filter(committee=board)[:20],
        "waiting": waiting_scorecards(board) + waiting_changes(board),
    }
    return form_page(request, form, "committees/committee.html", context)


def _sitting(request: HttpRequest, pk: int) -> Sitting:
    return get_object_or_404(visible_sittings(request.user, clock.today()), pk=pk)


@signed_in()
@require_safe
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """A sitting: who is there, what is on the table with its findings, what was resolved."""
    meeting, today = _sitting(request, pk), clock.today()
    day = day_of(meeting, today)
    may = {
        name: bool(SITTING_LIFE.may(request.user, meeting, name, today))
        for name in ("agenda", "attendance", "resolve", *SITTING_MOVES)
    }
    rows = _rows(request, meeting, agenda_of(meeting))
    attendance = attendance_of(meeting)
    present = {row.person_id for row in attendance if not row.is_guest}
    members = {seat.person_id: seat for seat in members_on(meeting.committee, day)}
    there, invited = present_members(meeting, day), len(invited_members(meeting))
    rule = rule_of(meeting)
    context = {
        "sitting": meeting,
        "seen": SITTING_LIFE.seen(meeting),
        "composition": composition_of(meeting.committee, meeting.fiscal_year, day),
        "guests": [row for row in attendance if row.is_guest],
        "there": there,
        "sit_as_invited": invited,
        "seated": there - invited,
        "seats": len(members),
        "invited_sit": bool(rule and rule.invited_sit_as == "members"),
        "corrects": any(row["item"].outcome and row["outcomes"] for row in rows),
        "may": may,
        "rows": rows,
        "resolved": sum(bool(row["item"].outcome) for row in rows),
        "attendance": attendance,
        "attendance_mark": actions.mark_of_attendance(attendance),
        "present": present,
        "members": members.values(),
        "needed": quorum_needed(meeting, day) if rule else NOTHING,
        "may_invite": bool(rule and rule.may_invite) and may["attendance"],
        "waiting": _waiting(meeting) if may["agenda"] else [],
        "beside": resolved_beside(meeting),
        "events": timeline(meeting),
        "outcomes": list(dict.fromkeys(name for row in rows for name in row["outcomes"])),
    }
    return render(request, "committees/sitting.html", context)


def _waiting(sitting: Sitting) -> list[Scorecard | ChangeRequest]:
    return [
        *waiting_scorecards(sitting.committee, sitting.fiscal_year),
        *waiting_changes(sitting.committee, sitting.fiscal_year),
    ]


def _rows(request: HttpRequest, sitting: Sitting, items: list[AgendaItem]) -> list[dict[str, Any]]:
    """The items as they were put on the table, with the audit's findings and who is recused."""
    cards = [item.scorecard for item in items if item.scorecard is not None]
    open_ones = [item.scorecard for item in items if item.scorecard and not item.carried_out_at]
    changed = [item.change.scorecard for item in items if item.change is not None]
    now, before = contents_of(open_ones), last_year_of([*cards, *changed])
    visible = visible_scorecards(request.user, clock.today())
    links = set(visible.filter(pk__in=[card.pk for card in cards]).values_list("pk", flat=True))
    recused = recusals(sitting, items, clock.today())
    return [
        _row(item, now, before)
        | {
            "links": item.scorecard_id in links,
            "recusal": recused.get(item.pk),
            "you_leave": item.pk in recused and request.user in recused[item.pk].members,
        }
        for item in items
    ]


def _row(
    item: AgendaItem, now: dict[int, dict[str, Any]], before: dict[int, dict[str, Audited]]
) -> dict[str, Any]:
    subject, tabled = thing_of(item), item.content
    row: dict[str, Any] = {"item": item, "thing": subject, "outcomes": (), "same": True}
    if not item.carried_out_at:
        if isinstance(subject, Scorecard):
            present = now[subject.pk]
            row["seen"] = SCORECARD_LIFE.seen(subject, parts_of(present))
        else:
            present = content_of(subject)
            row["seen"] = life_of(subject).seen(subject)
        row |= {"outcomes": outcomes_for(subject), "same": digest(present) == item.sha256}
    if isinstance(subject, Scorecard):
        kpis = AgreedScorecard.from_json(tabled).kpis
        findings = findings_in(kpis, before[subject.pk])
        return row | {"kpis": kpis, "body": subject.body, "findings": findings}
    if isinstance(subject, Paper):
        return row | _paper_row(subject)
    ground = grounds(rules_of(subject.scorecard)[1]).get(tabled["ground"])
    values = changed_values(tabled["old"], tabled["new"])
    body, last_year = subject.scorecard.body, before[subject.scorecard_id]
    findings = findings_of_change(tabled["old"], tabled["new"], last_year)
    request_shown = {"change": tabled, "ground": ground, "values": values, "findings": findings}
    return row | request_shown | {"body": body}


def _paper_row(paper: Paper) -> dict[str, Any]:
    life = paper_life(paper)
    title, findings = life.title(paper), list(life.findings(paper))
    return {"paper": paper, "title": title, "findings": findings} | {
        "template": life.row,
        "shown": life.shown(paper),
    }


@signed_in()
@require_safe
def agenda_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What was put on the table, as it was, for as long as there is a record."""
    meeting = _sitting(request, pk)
    items = [row for row in agenda_of(meeting) if row.pk == item]
    if not items:
        raise Http404
    row = _rows(request, meeting, items)[0]
    row["beside"] = _beside(row, meeting.fiscal_year)
    template = "_item_beside" if "beside" in request.GET else "item"
    context = {"sitting": meeting, "row": row}
    return render(request, f"committees/{template}.html", context)


def _beside(row: dict[str, Any], year: int) -> list[dict[str, Any]]:
    """Each KPI of a scorecard on the table: what it came to before, and what was found in it."""
    return [
        {
            "kpi": kpi,
            "last_year": next((past for past in kpi.baseline if past.year == year - 1), None),
            "years_before": years_before(kpi),
            "findings": [one for one in row["findings"] if is_of_kpi(one, kpi.number)],
        }
        for kpi in row.get("kpis", ())
    ]


@signed_in(Role.SECRETARY)
@require_POST
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what is chosen on the table."""
    meeting = _sitting(request, pk)
    chosen = set(request.POST.getlist("thing"))
    if not chosen:
        tell_nothing_chosen(request)
    with transaction.atomic():  # all of them, or none
        for subject in _waiting(meeting):
            if f"{subject._meta.model_name}-{subject.pk}" in chosen:
                actions.put_on_agenda(meeting, subject, **by_at_on(request))
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def take_off(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    meeting = _sitting(request, pk)
    agenda_item = get_object_or_404(
        AgendaItem.objects.select_related("sitting"), pk=item, sitting=meeting
    )
    actions.take_off_agenda(agenda_item, **by_at_on(request))
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _sitting(request, pk)
    people = list(Person.objects.filter(pk__in=numbers_of(request, "present")))
    actions.mark_attendance(
        meeting,
        people,
        **by_at_on(request),
        invited=numbers_of(request, "guest"),
        seen=request.POST.get("seen", ""),
    )
    tell(request, "page.account_saved")
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _sitting(request, pk)
    actions.invite_guest(
        meeting,
        text_of(request, "name", 200).strip(),
        post=text_of(request, "post", 200).strip(),
        **by_at_on(request),
    )
    tell(request, "page.account_saved")
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    minutes = text_of(request, "minutes", MAX_MINUTES)
    post_move(request, SITTING_LIFE, _sitting(request, pk), name, minutes=minutes)
    tell(request, "page.moved", action=Word(f"action.{name}"))
    return redirect("committees:sitting", pk)


@signed_in(Role.SECRETARY)
@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """One resolution for the items chosen; several are first shown by name, to be confirmed."""
    meeting = _sitting(request, pk)
    form, agenda = ResolveForm(request.POST), agenda_of(meeting)
    chosen = chosen_of(request, "item", {item.pk for item in agenda})
    items = [item for item in agenda if item.pk in chosen]
    if problems := form.problems(items):
        raise Refused(problems)
    recorded: dict[str, Any] = {
        "by": person_of(request),
        "at": clock.now(),
        "on": clock.today(),
        "tokens": {item.pk: request.POST.get(f"seen-{item.pk}", "") for item in items},
        "seen": request.POST.get("seen", ""),
    }
    if len(items) > 1 and "confirmed" not in request.POST:
        resolved = resolutions.preview(items, form.resolution, **recorded)
        context = {
            "sitting": meeting,
            "seen": recorded["seen"],
            "form": form.cleaned_data,
            "rows": _to_confirm(resolved, recorded["tokens"]),
            "possible": sum(not row.problems for row in resolved),
        }
        return render(request, "committees/confirm.html", context)
    resolved = resolutions.resolve_many(items, form.resolution, **recorded)
    failed = [row for row in resolved if row.problems]
    if failed and len(resolved) == 1:
        raise Refused(failed[0].problems)
    language = get_language() or "th"
    missed = [
        (say("page.item", {"place": row.item.place}, language), row.problems) for row in failed
    ]
    tell_many(request, len(resolved) - len(failed), missed)
    return redirect("committees:sitting", pk)


def _called(item: AgendaItem) -> dict[str, Any]:
    """An item by its body, or by the title of its paper."""
    return {"title" if item.paper else "body": named(thing_of(item))}


def _to_confirm(
    resolved: list[resolutions.Resolved], tokens: dict[int, str]
) -> list[dict[str, Any]]:
    """Each item by its body's name, why it would be refused, and what changes do together."""
    rows: list[dict[str, Any]] = []
    cards: set[int] = set()
    for row in resolved:
        card, together = row.item.change and row.item.change.scorecard_id, row.item.together
        if card in cards or row.problems:
            together = None
        elif together and card:
            cards.add(card)
        rows.append(
            {
                "item": row.item,
                **_called(row.item),
                "change": row.item.change,
                "seen": tokens[row.item.pk],
                "problems": row.problems,
                "together": together,
            }
        )
    return rows
