"""Reads of appeals: whom they are visible to, until when one can appeal, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from esar.judge.appeals.models import Appeal, PanelSeat
from esar.judge.appeals.states import AT_OPDC, DECIDED, AppealState, Vote
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import assessors_of, people_with_conflict
from esar.judge.results.models import Result
from esar.judge.results.queries import HEAVY, released
from esar.law.rules import kinds
from esar.law.rules.book import Rule
from esar.law.rules.numbers import EXACT
from esar.law.rules.numbers import weighted as share_of_scale
from esar.platform.history.models import Event
from esar.platform.organisations.interest import people_with_interest
from esar.platform.organisations.models import Appointment, Person, Role
from esar.platform.organisations.queries import bodies_of, holds, sees_everything
from esar.platform.ui import books

BODY = "result__body__"


@cache
def rule_of(year: int, body_kind: str) -> Rule[kinds.Appeal] | None:
    """How a result of a body of this kind is appealed in a year; None where no rule says."""
    book = books.book(year)
    return book.on(book.year.last_day, body_kind).the(kinds.Appeal) if book else None


def last_day(result: Result) -> date | None:
    """The last day to appeal, in Bangkok, included; None where it cannot be appealed at all."""
    rule = rule_of(result.fiscal_year, result.body.kind)
    if rule is None or result.released_at is None or result.assessment_id is None:
        return None
    day: date = timezone.localdate(result.released_at) + timedelta(days=rule.value.days)
    return day


def came_of_an_appeal(result: Result) -> bool:
    """Whether it is itself what a panel decided. One query."""
    return Appeal.objects.filter(corrected=result.pk).exists()


def standing(result: Result) -> Appeal | None:
    """The appeal against a result that is open or decided; a withdrawn one does not stand."""
    return Appeal.objects.filter(result=result.pk).exclude(state=AppealState.WITHDRAWN).first()


def appealable(person: Any, day: date) -> list[Result]:
    """Released results of the person's bodies that can be appealed on a day, most urgent first.

    Each carries `appeal_by`, the last day. One query. What was appealed before is left out, and so
    is what a panel decided: its word is the last.
    """
    own_bodies = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    if not own_bodies:
        return []
    before = Appeal.objects.filter(result=OuterRef("pk")).exclude(state=AppealState.WITHDRAWN)
    decided = Appeal.objects.filter(corrected=OuterRef("pk"))
    open_results = released().filter(body__in=own_bodies, assessment__isnull=False)
    open_results = (
        open_results.filter(~Exists(before), ~Exists(decided)).select_related("body").defer(*HEAVY)
    )
    results: list[Any] = list(open_results)
    for result in results:
        result.appeal_by = last_day(result)
    open_ones = [one for one in results if one.appeal_by is not None and day <= one.appeal_by]
    return sorted(open_ones, key=lambda one: (one.appeal_by, one.pk))


def visible_appeals(person: Any, day: date) -> QuerySet[Appeal]:
    """OPDC's all; a body's own; a panel's member those they sit on, whatever became of the role."""
    appeals = Appeal.objects.select_related("result__body__parent", "corrected")
    if sees_everything(person, day):
        return appeals
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    sits = PanelSeat.objects.filter(person=person.pk).values("appeal")
    return appeals.filter(Q(result__body__in=own) | Q(pk__in=sits))


def listed_appeals(person: Any, day: date) -> QuerySet[Appeal]:
    """The appeals one may see, without the results' explanations. One query."""
    heavy = [f"{path}__{name}" for path in ("result", "corrected") for name in HEAVY]
    return visible_appeals(person, day).defer(*heavy)


def deadline(appeal: Appeal) -> date | None:
    """By when it is to be filed, then to be decided; None when it has ended."""
    if appeal.state == AppealState.DRAFT:
        return appeal.file_by
    return appeal.decide_by if appeal.state in AT_OPDC else None


def seats_of(appeal: Appeal) -> list[PanelSeat]:
    """The panel, the chair first. One query."""
    return list(PanelSeat.objects.filter(appeal=appeal).select_related("person"))


def seat_of(appeal: Appeal, person: Any) -> PanelSeat | None:
    return PanelSeat.objects.filter(appeal=appeal, person=person.pk).first()


def majority(seats: Iterable[PanelSeat]) -> str | None:
    """What more than half of the panel said; None while there is no such thing."""
    votes = [seat.vote for seat in seats]
    return next((vote for vote in Vote.values if votes.count(vote) * 2 > len(votes)), None)


def sees_votes(person: Any, appeal: Appeal, day: date) -> bool:
    """Votes are for OPDC and the panel; for the body once it is decided."""
    if appeal.state in DECIDED or sees_everything(person, day):
        return True
    return seat_of(appeal, person) is not None


def is_open(result: Result | None) -> bool:
    """Whether a result has been released, now or before."""
    return result is not None and result.released_at is not None


def sees_figures(person: Any, appeal: Appeal, day: date) -> bool:
    """Whether one sees the corrected figures: all once released; OPDC and the panel before."""
    if is_open(appeal.corrected) or sees_everything(person, day):
        return True
    return PanelSeat.objects.filter(appeal=appeal, person=person.pk).exists()


def barred_from(appeal: Appeal, day: date) -> dict[int, str]:
    """Person id → the code of why they may not sit on it. Six queries, however many people.

    They assessed the result, had a hand in the report, declared a conflict, or have an interest in
    the body.
    """
    assessment_id = appeal.result.assessment_id
    assert assessment_id is not None, "a result that came from a file is not appealed"
    assessment = Assessment.objects.select_related("report").get(pk=assessment_id)
    body = appeal.result.body
    reasons = dict.fromkeys(people_with_interest([body], day)[body.pk], "appeal.bar_body")
    reasons |= dict.fromkeys(_hands_in(assessment, appeal), "appeal.bar_report")
    reasons |= dict.fromkeys(people_with_conflict(assessment), "appeal.bar_conflict")
    return reasons | dict.fromkeys(assessors_of(assessment), "appeal.bar_assessed")


def _hands_in(assessment: Assessment, appeal: Appeal) -> set[int]:
    """Who did anything to the report or to the appeal before a panel was there, by the log."""
    report = Q(subject_kind="report", subject_id=str(assessment.report_id))
    own = Q(subject_kind="appeal", subject_id=str(appeal.pk))
    own &= Q(verb__in=("appeal.begin", "appeal.write", "appeal.file"))
    events = Event.objects.filter(report | own, actor_id__isnull=False)
    return {pk for pk in events.values_list("actor_id", flat=True) if pk is not None}


def may_sit(appeal: Appeal, day: date) -> list[Person]:
    """Those who can be named: assessors in their own right whom nothing bars, by name."""
    here = Appointment.objects.filter(role=Role.ASSESSOR, first_day__lte=day)
    here = here.filter(Q(last_day=None) | Q(last_day__gte=day))
    assessors = Person.objects.filter(pk__in=here.values("person"), is_active=True)
    return list(assessors.exclude(pk__in=barred_from(appeal, day)).order_by("name_key", "pk"))


@dataclass(frozen=True)
class Lost:
    """A KPI of a result that can be appealed; `lost` points of its weight, both of the total."""

    number: str
    name: str
    unit: str
    status: str
    points: Decimal | None
    weight: Decimal | None
    lost: Decimal | None

    @property
    def is_full(self) -> bool:
        return self.lost is not None and self.lost <= 0


def kpis_of(explanation: Mapping[str, Any]) -> list[Lost]:
    """The KPIs that were due, each with what it lost, as the result keeps them."""
    scale = books.scale(explanation["year"])
    return [_lost(kpi, scale) for kpi in explanation["kpis"] if kpi["status"] != "not_due"]


def _lost(kpi: Mapping[str, Any], scale: Decimal) -> Lost:
    points, weight, weighted = (
        None if kpi[name] is None else Decimal(kpi[name])
        for name in ("points", "weight", "weighted")
    )
    lost = None
    if weight is not None and weighted is not None:
        lost = EXACT.subtract(share_of_scale(scale, weight), weighted)
    return Lost(kpi["id"], kpi["name"], kpi["unit"], kpi["status"], points, weight, lost)


@dataclass(frozen=True)
class Waiting:
    """One appeal that waits for a person: what to call it, where, what is asked, by when.

    `year` is the fiscal year of the result appealed against.
    """

    title: str
    path: str
    asks: str  # the code of what is asked
    due: date | None
    year: int


def work_for(person: Any, day: date) -> list[Waiting]:
    """What waits for a person among the appeals, the most urgent first. At most three queries."""
    work = [*_to_file(person, day), *_to_name(person, day), *_to_decide(person, day)]
    return sorted(work, key=lambda one: (one.due or date.max, one.title))


def _waiting(appeal: Appeal, asks: str) -> Waiting:
    title = f"{appeal.result.body.name_th} {appeal.result.fiscal_year} {appeal.result.round_id}"
    path = reverse("appeals:appeal", args=[appeal.pk])
    year = appeal.result.fiscal_year
    return Waiting(title, path, f"appeal-work.{asks}", deadline(appeal), year)


def _light() -> QuerySet[Appeal]:
    heavy = [f"result__{name}" for name in HEAVY]
    return Appeal.objects.select_related("result__body").defer(*heavy)


def _to_file(person: Any, day: date) -> list[Waiting]:
    """Drafts at the desk of the body's approver, while they can still be filed."""
    bodies = bodies_of(person, day, Role.APPROVER)
    if not bodies:
        return []
    drafts = _light().filter(state=AppealState.DRAFT, file_by__gte=day, result__body__in=bodies)
    return [_waiting(one, "file") for one in drafts]


def _to_name(person: Any, day: date) -> list[Waiting]:
    """For analysts: appeals without a panel."""
    if not holds(person, day, Role.ANALYST):
        return []
    return [_waiting(one, "name_panel") for one in _light().filter(state=AppealState.FILED)]


def _to_decide(person: Any, day: date) -> list[Waiting]:
    """For a panel's members: their vote; for its chair, once a majority agrees, the decision."""
    if not holds(person, day, Role.ASSESSOR, own=True):
        return []
    own_seats = PanelSeat.objects.filter(person=person.pk, appeal=OuterRef("appeal"))
    heavy = [f"appeal__result__{name}" for name in HEAVY]
    seats = PanelSeat.objects.filter(Exists(own_seats), appeal__state=AppealState.HEARD)
    panels: dict[int, list[PanelSeat]] = {}
    for seat in seats.select_related("appeal__result__body").defer(*heavy):
        panels.setdefault(seat.appeal_id, []).append(seat)
    work = []
    for panel in panels.values():
        own = next(seat for seat in panel if seat.person_id == person.pk)
        if own.vote is None:
            work.append(_waiting(own.appeal, "vote"))
        elif own.is_chair and majority(panel):
            work.append(_waiting(own.appeal, "decide"))
    return work
