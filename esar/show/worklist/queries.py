"""The work list: what waits for a person, by when, and how late. A constant number of queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.offers import offers_to
from esar.agree.changes.reminders import to_be_told
from esar.agree.changes.states import ChangeState
from esar.agree.committees.models import Sitting
from esar.agree.committees.queries import waiting_changes, waiting_scorecards
from esar.agree.committees.reminders import left_unclosed
from esar.agree.committees.states import SittingState
from esar.agree.scorecards.checks import signers_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard, Signature
from esar.agree.scorecards.states import State
from esar.platform.calendars.queries import Entry, entries
from esar.platform.history.queries import last_check_up
from esar.platform.organisations.models import Body, Committee, Role
from esar.platform.organisations.queries import (
    bodies_of,
    committees_of,
    holds,
)
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer
from esar.platform.role_offers.states import OfferState
from esar.platform.ui import books, clock
from esar.platform.ui.templatetags.words import name_of, sentence
from esar.show.worklist.kpi_templates import work_of_templates
from esar.show.worklist.leaving import work_without_people
from esar.show.worklist.nobody import work_for_nobody
from esar.show.worklist.outside import work_of_outside_results
from esar.show.worklist.rounds import work_of_rounds
from esar.show.worklist.strategic import work_of_strategic
from esar.show.worklist.work import Work, reasons


def work_for(person: Any, day: date, year: int) -> list[Work]:
    """Everything that waits for a person, of any year, the most urgent first.

    `year` is the one worked in: what is not begun is asked for in that one alone.
    """
    work = [
        *_to_begin(person, day, year),
        *_at_bodies(person, day),
        *_at_committees(person, day),
        *_to_tell(person, day),
        *_to_accept(person),
    ]
    work += work_of_rounds(person, day, books.year_of(day))
    work += work_of_templates(person, day)
    work += work_of_strategic(person, day)
    work += work_of_outside_results(person, day)
    work += _of_indexes(person, day)
    work += work_without_people(person, day)
    if holds(person, day, Role.ANALYST):
        work += [*_at_opdc(), *_signed(person, day)]
    if holds(person, day, Role.ADMINISTRATOR):
        work += [*_out_of_order(), *work_for_nobody(day)]
    return sorted(work, key=lambda one: (one.due or date.max, one.title))


def _due(year: int) -> date | None:
    """The day by which a year's scorecards must be with the sub-commission."""
    return next((one.last for one in entries(year) if one.id == "acknowledgement"), None)


def _card(card: Scorecard, asks: str, due: date | None) -> Work:
    title = f"{name_of(card.body)} {card.fiscal_year}"
    return Work(
        title, reverse("scorecards:scorecard-work", args=[card.pk]), asks, due, card.fiscal_year
    )


def _change(change: ChangeRequest, due: date | None) -> Work:
    title = f"{name_of(change.scorecard.body)} {change.scorecard.fiscal_year} · {change.number}"
    path, asks = reverse("changes:change", args=[change.pk]), f"change-state.{change.state}"
    return Work(title, path, asks, due, change.scorecard.fiscal_year)


def _of_indexes(person: Any, day: date) -> list[Work]:
    """Changes that may be asked for since the host of an index changed it."""
    return [
        Work(
            f"{name_of(offer.kpi.scorecard.body)} {offer.kpi.scorecard.fiscal_year}"
            f" · {offer.kpi.number} · {offer.change.index.name}",
            offer.path,
            f"work.host_{offer.change.what}",
            offer.window.last,
            offer.kpi.scorecard.fiscal_year,
        )
        for offer in offers_to(person, day)
    ]


def _to_accept(person: Any) -> list[Work]:
    """Roles that a person was offered and has not answered yet. One query."""
    offers = RoleOffer.objects.filter(person=person.pk, state=OfferState.OFFERED)
    return [
        Work(offer.giver.name, ROLE_OFFER_LIFE.address(offer), "work.role_offer", offer.last_day)
        for offer in offers.select_related("giver")
    ]


def _to_begin(person: Any, day: date, year: int) -> list[Work]:
    """Bodies whose reporter has not begun this year's scorecard."""
    reports = bodies_of(person, day, Role.REPORTER)
    begun = Scorecard.objects.filter(fiscal_year=year, body__in=reports).values("body")
    bodies = Body.objects.filter(pk__in=reports).exclude(pk__in=begun) if reports else ()
    return [
        Work(
            f"{name_of(body)} {year}",
            reverse("scorecards:scorecards"),
            "page.to_begin",
            _due(year),
            year,
        )
        for body in bodies
        if books.is_for(year, body.kind, day)
    ]


def _at_bodies(person: Any, day: date) -> list[Work]:
    """Drafts for reporters, proposals for approvers; a change by the end of its window."""
    reports, approves = bodies_of(person, day, Role.REPORTER), bodies_of(person, day, Role.APPROVER)
    if not reports and not approves:
        return []
    here = Q(body__in=reports, state=State.DRAFT) | Q(body__in=approves, state=State.PROPOSED)
    cards = list(Scorecard.objects.filter(here).select_related("body"))
    due = {year: _due(year) for year in {one.fiscal_year for one in cards}}
    returned = reasons(SCORECARD_LIFE, cards, State.DRAFT)
    work = [
        replace(
            _card(one, f"scorecard-state.{one.state}", due[one.fiscal_year]),
            why=returned.get(one.pk, ""),
        )
        for one in cards
    ]
    there = Q(scorecard__body__in=reports, state=ChangeState.DRAFT) | Q(
        scorecard__body__in=approves, state=ChangeState.PROPOSED
    )
    changes = list(ChangeRequest.objects.filter(there).select_related("scorecard__body"))
    years = {one.scorecard.fiscal_year for one in changes}
    ends = {(year, one.id): one.last for year in years for one in entries(year, on=day)}
    sent_back = reasons(CHANGE_LIFE, changes, ChangeState.DRAFT)
    return work + [
        replace(
            _change(one, ends.get((one.scorecard.fiscal_year, one.window))),
            why=sent_back.get(one.pk, ""),
        )
        for one in changes
    ]


def _at_committees(person: Any, day: date) -> list[Work]:
    """What waits to be tabled, and the sittings that are not closed, for secretaries."""
    committee_ids = committees_of(person, day, Role.SECRETARY)
    work = []
    for committee in Committee.objects.filter(pk__in=committee_ids):
        cards, changes = waiting_scorecards(committee), waiting_changes(committee)
        if cards or changes:
            path = f"{reverse('committees:committee', args=[committee.code])}#waiting"
            due_days = [_due(year) for year in {one.fiscal_year for one in cards}]
            due = min((one for one in due_days if one), default=None)
            title = f"{name_of(committee)} ({len(cards) + len(changes)})"
            work.append(Work(title, path, "page.waiting_items", due))
    sits = committees_of(person, day, Role.SECRETARY, Role.MEMBER)
    open_ones = Sitting.objects.filter(
        committee__in=sits, state__in=(SittingState.PLANNED, SittingState.OPEN)
    ).select_related("committee")
    unclosed = set(left_unclosed(day).values_list("pk", flat=True)) if open_ones else set()
    for sitting in open_ones:
        path = reverse("committees:sitting", args=[sitting.pk])
        held_on = timezone.localdate(sitting.held_at)
        state = f"sitting-state.{sitting.state}"
        asks = "work.close_the_sitting" if sitting.pk in unclosed else state
        work.append(Work(str(sitting), path, asks, held_on, sitting.fiscal_year))
    return work


def _to_tell(person: Any, day: date) -> list[Work]:
    """For secretaries: decided changes of which OPDC must still be told; near the end, all."""
    own = committees_of(person, day, Role.SECRETARY)
    if not own:
        return []
    committees = Committee.objects.filter(pk__in=own)
    return [
        _change(change, window.last)
        for change, window in to_be_told(committees, day)
        if change.state == ChangeState.TELL or (window.warn_from and window.warn_from <= day)
    ]


def _out_of_order() -> list[Work]:
    """For administrators: what the doctor found when it last looked. One query."""
    look = last_check_up()
    if look is None or not look.count:
        return []
    title = sentence("work.out_of_order", count=look.count)
    return [Work(title, reverse("operations:check-ups"), "page.out_of_order", clock.today())]


def _at_opdc() -> list[Work]:
    """For analysts: how many wait to be collected and to be told of, a line for each year."""
    waiting = Scorecard.objects.filter(state__in=(State.COLLECT, State.INFORM)).order_by()
    counts = list(waiting.values_list("fiscal_year", "state").annotate(Count("pk")))
    due = {year: _due(year) for year in {year for year, *_ in counts}}
    return [
        Work(
            sentence("work.kpis_of_year", year=year, count=many),
            f"{reverse('scorecards:scorecards')}?state={state}&year={year}",
            f"scorecard-state.{state}",
            due[year],
            year,
        )
        for year, state, many in counts
    ]


def _signed(person: Any, day: date) -> list[Work]:
    """Agreements that all have signed: to bring into force, or for another. Few queries a line."""
    cards = Scorecard.objects.filter(state=State.SIGN).select_related("body__parent")
    now = {"approved_at": F("scorecard__since"), "sha256": F("scorecard__approved_sha256")}
    signatures = Signature.objects.filter(scorecard__in=cards, **now).order_by()
    counts = dict(signatures.values_list("scorecard").annotate(Count("pk")))
    return [
        _card(
            card,
            "work.bring_into_force"
            if SCORECARD_LIFE.may(person, card, "sign", day)
            else "work.waits_for_another_analyst",
            None,
        )
        for card in (cards if counts else ())
        if counts.get(card.pk, 0) >= len(signers_of(card))
    ]


def coming(year: int, day: date) -> list[Entry]:
    """The next days of this year's calendar and the last one's, nearest first."""
    coming_entries = [
        one for of in (year - 1, year) for one in entries(of, on=day) if one.last >= day
    ]
    return sorted(coming_entries, key=lambda one: one.last)[:6]
