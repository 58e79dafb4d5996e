"""Reads of what came of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from esar.organisations.models import Body
from esar.plan_reports.models import MonthlyReport, MonthlyVersion
from esar.plans.models import Plan, PlanVersion
from esar.rules.book import Rules
from esar.scoring import facts
from esar.web import books


def first_of(month: str) -> date:
    """The first day of "2018-01"."""
    return date.fromisoformat(f"{month}-01")


@dataclass(frozen=True)
class Said:
    """What is said of an output that was planned for a month, and in which month's report."""

    done: bool
    month: date


Told = dict[tuple[int, date], list[Said]]  # (activity, month planned) → in the order of the months


def facts_of(body: Body, fiscal_year: int, *, by: date | None = None) -> facts.Plan | None:
    """The plan in force with what the reports that were sent in say of each planned output.

    `by`: only reports on months up to that day count; a round passes its last day. `done` is None
    where none says anything, True where it came as the year's rule asks. Of a report that was
    sent in again the newest counts, also while a returned one is written anew. None without a
    plan in force. Two queries.
    """
    plan = Plan.objects.filter(body=body, fiscal_year=fiscal_year, version__gte=1)
    version = in_force(plan).first()
    if version is None:
        return None
    told = told_of([version.plan_id], by=by)[version.plan_id]
    return as_facts(version.content, told, must_come=must_come(fiscal_year, body.kind))


def in_force(plans: QuerySet[Plan]) -> QuerySet[PlanVersion]:
    """The version in force of each plan that has one. One query."""
    found = PlanVersion.objects.filter(plan__in=plans, number=F("plan__version"))
    return found.select_related("plan__body")


def must_come(fiscal_year: int, kind: str) -> str:
    """When an output must come to count: "in_its_round" or "in_its_month"."""
    rule = _rules(fiscal_year, kind).the("share_of_plan")
    assert rule is not None, "a year with plans says how they are scored"
    return str(rule.value.achieved)


def _rules(fiscal_year: int, kind: str) -> Rules:
    book = books.book(fiscal_year)
    if book is None:
        raise LookupError(fiscal_year)
    return book.on(book.year.last_day, kind)


def told_of(
    plans: Iterable[int], *, by: date | None = None, sent_by: date | None = None
) -> dict[int, Told]:
    """Plan id → what its reports say of each output. One query, however many plans.

    `by`: on months up to that day. `sent_by`: as sent in by the end of that day in Bangkok.
    """
    found: dict[int, Told] = {pk: {} for pk in plans}
    for version in newest(found, sent_by=sent_by, by=by):
        told = found[version.report.plan_id]
        for activity in version.content["activities"]:
            for output in activity["outputs"]:
                if output["done"] is not None:
                    place = (activity["number"], first_of(output["month"]))
                    told.setdefault(place, []).append(Said(output["done"], version.report.month))
    return found


def newest(
    plans: Iterable[int], *, by: date | None = None, sent_by: date | None = None
) -> QuerySet[MonthlyVersion]:
    """Of each monthly report the newest that was sent in, in the order of the months."""
    sent = Q() if sent_by is None else Q(at__lt=_end_of(sent_by))
    last = MonthlyVersion.objects.filter(sent, report=OuterRef("report")).order_by("-number")
    found = MonthlyVersion.objects.filter(
        report__plan__in=list(plans), number=Subquery(last.values("number")[:1])
    )
    if by is not None:
        found = found.filter(report__month__lte=by)
    return found.select_related("report").order_by("report__plan", "report__month")


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def as_facts(content: dict[str, Any], told: Told, *, must_come: str) -> facts.Plan:
    """A plan's content with what its reports say, as scoring reads it."""
    return facts.Plan(tuple(_activity(one, told, must_come) for one in content["activities"]))


def _activity(one: dict[str, Any], told: Told, must_come: str) -> facts.Activity:
    outputs = []
    for output in one["outputs"]:
        month = first_of(output["month"])
        said = told.get((one["number"], month), [])
        outputs.append(facts.PlannedOutput(month, outcome(said, month, must_come)))
    start = first_of(one["start"]) if one["start"] else None
    return facts.Activity(
        str(one["number"]), one["name"], one["type"] or None, start, tuple(outputs)
    )


def outcome(said: list[Said], month: date, must_come: str) -> bool | None:
    """Whether an output planned for a month came; None while no report says anything of it.

    The report on the latest month counts; where it must come in its month, only that month's.
    """
    if not said:
        return None
    if must_come == "in_its_month":
        return any(one.done and one.month == month for one in said)
    return said[-1].done


def reports_of(plan: Plan) -> dict[date, MonthlyReport]:
    """Month → its report, where one was begun. One query."""
    found = MonthlyReport.objects.filter(plan=plan).select_related("saved_by")
    return {one.month: one for one in found}
