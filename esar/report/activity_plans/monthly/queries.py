"""Reads of what came of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from esar.law.rules.kinds import ShareOfPlan
from esar.law.rules.years import FiscalYear
from esar.law.scoring import facts
from esar.platform.organisations.models import Body
from esar.report.activity_plans.content import as_facts
from esar.report.activity_plans.frozen import PlanContent, first_of
from esar.report.activity_plans.law import law_on
from esar.report.activity_plans.models import Plan, PlanVersion
from esar.report.activity_plans.monthly.frozen import MonthContent
from esar.report.activity_plans.monthly.models import MonthlyEvidence, MonthlyReport, MonthlyVersion
from esar.report.activity_plans.monthly.states import MonthState
from esar.report.activity_plans.queries import in_force
from esar.report.activity_plans.signals import struck_of


@dataclass(frozen=True)
class Said:
    """What is said of an output that was planned for a month, and in which month's report."""

    done: bool
    month: date
    struck: bool = False  # said to be done, and not found by a released result


Told = dict[tuple[int, date], list[Said]]  # (activity, month planned) → in the order of the months


def facts_of(body: Body, fiscal_year: int, *, by: date | None = None) -> facts.Plan | None:
    """The plan in force with what the reports that were sent in say of each planned output.

    `by`: only reports on months up to that day count; a round passes its last day. `done` is None
    where none says anything, True where it came as the year's rule asks. Of a report that was
    sent in again the newest counts, also while a returned one is written anew. None without a
    plan in force. Three queries.
    """
    plan = Plan.objects.filter(body=body, fiscal_year=fiscal_year).first()
    version = in_force(plan) if plan else None
    if plan is None or version is None:
        return None
    reported = told_of([plan.pk], by=by)[plan.pk]
    rule = must_come(fiscal_year, body.kind)
    return as_facts(version.planned, done_in(version.planned, reported, must_come=rule))


def versions_in_force(
    plans: Iterable[int], *, sent_by: date | None = None
) -> dict[int, PlanVersion]:
    """Plan id → its version in force, of those that have one; as of a day's end. One query."""
    sent = Q() if sent_by is None else Q(at__lt=_end_of(sent_by))
    last = PlanVersion.objects.filter(sent, plan=OuterRef("plan")).order_by("-number")
    versions = PlanVersion.objects.filter(
        plan__in=list(plans), number=Subquery(last.values("number")[:1])
    )
    return {one.plan_id: one for one in versions}


def must_come(fiscal_year: int, kind: str) -> str:
    """When an output must come to count: "in_its_round" or "in_its_month"."""
    law = law_on(fiscal_year, kind, FiscalYear(fiscal_year).last_day)
    rule = law.book.on(law.day, kind).the(ShareOfPlan) if law else None
    assert rule is not None, "a year with plans says how they are scored"
    return rule.value.achieved


def told_of(plans: Iterable[int], *, by: date | None = None) -> dict[int, Told]:
    """Plan id → what its reports on months up to a day say of each output, as results have it now.

    The queries of `told_as_of`.
    """
    return told_as_of(plans, [None], by=by)[0]


def told_as_of(
    plans: Iterable[int],
    moments: Sequence[date | None],
    *,
    since: date | None = None,
    by: date | None = None,
    sent_by: date | None = None,
) -> list[dict[int, Told]]:
    """Plan id → what its reports say of each output, in the order of the months; at each moment.

    What a released result struck out of its round did not come, whatever was said of it then: no
    page counts it again. The moments are of the results: as they had it by the end of that day,
    or now (None).
    `since`, `by`: on months from and up to these days; an output is said of in its own month and
    after it. `sent_by`: as sent in by the end of that day in Bangkok. Of a report that was sent in
    again the newest counts. One query, and those of `struck_out`, however many moments.
    """
    pks = list(plans)
    by_moment: list[dict[int, Told]] = [{pk: {} for pk in pks} for _ in moments]
    struck = struck_of(pks, moments)
    sent = Q() if sent_by is None else Q(at__lt=_end_of(sent_by))
    last = MonthlyVersion.objects.filter(sent, report=OuterRef("report")).order_by("-number")
    newest = MonthlyVersion.objects.filter(
        report__plan__in=pks,
        number=Subquery(last.values("number")[:1]),
        report__month__gte=since or date.min,
        report__month__lte=by or date.max,
    ).order_by("report__month")
    for plan, month, content in newest.values_list("report__plan", "report__month", "content"):
        for place, came in _said_in(MonthContent.from_json(content)):
            for by_plan, until in zip(by_moment, struck, strict=True):
                is_struck = came and month <= until.get(plan, {}).get(place, date.min)
                statement = Said(came and not is_struck, month, is_struck)
                by_plan[plan].setdefault(place, []).append(statement)
    return by_moment


def _said_in(content: MonthContent) -> Iterator[tuple[tuple[int, date], bool]]:
    """Each output that a report says something of, and whether it came."""
    for activity in content.activities:
        for output in activity.outputs:
            if output.done is not None:
                yield (activity.number, first_of(output.month)), output.done


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def done_in(
    content: PlanContent, reported: Told, *, must_come: str
) -> dict[tuple[int, date], bool]:
    """(activity, month planned) → whether that output of a plan came; without those unreported."""
    places = [(number, output.planned) for number, output in content.outputs()]
    outcomes = {place: outcome(reported.get(place, []), place[1], must_come) for place in places}
    return {place: done for place, done in outcomes.items() if done is not None}


def outcome(statements: list[Said], month: date, must_come: str) -> bool | None:
    """Whether an output planned for a month came; None while no report says anything of it.

    The report on the latest month counts; where it must come in its month, only that month's.
    """
    if not statements:
        return None
    if must_come == "in_its_month":
        return any(one.done and one.month == month for one in statements)
    return statements[-1].done


def reports_of(plan: Plan) -> dict[date, MonthlyReport]:
    """Month → its report, where one was begun. One query."""
    reports = MonthlyReport.objects.filter(plan=plan).select_related("saved_by")
    return {one.month: one for one in reports}


def evidence_of(report: MonthlyReport) -> dict[int, list[MonthlyEvidence]]:
    """Activity's number → its files in a report. One query."""
    by_number: dict[int, list[MonthlyEvidence]] = {}
    evidence = MonthlyEvidence.objects.filter(report=report.pk).select_related("file", "by")
    for attachment in evidence:
        by_number.setdefault(attachment.number, []).append(attachment)
    return by_number


def report_on(plan: Plan, month: date) -> MonthlyReport:
    """The report on a month, or an empty one that is not saved yet. One query."""
    reports = MonthlyReport.objects.filter(plan=plan, month=month).select_related("saved_by")
    report = reports.first() or MonthlyReport(plan=plan, month=month)
    report.plan = plan
    return report


def versions_of(report: MonthlyReport) -> QuerySet[MonthlyVersion]:
    return MonthlyVersion.objects.filter(report=report).select_related("by").defer("content")


def done_already(plan: Plan) -> list[tuple[int, date]]:
    """(activity, month planned) of the outputs that reports say are done. Two queries.

    Reports that wait for their approver count too: what was proposed must mean the same when sent.
    """
    reported = told_of([plan.pk])[plan.pk]
    outputs = {place for place, said in reported.items() if said[-1].done}
    waiting = MonthlyReport.objects.filter(plan=plan, state=MonthState.PROPOSED)
    for report in waiting:
        for activity in report.content.get("activities", ()):
            outputs |= {
                (activity["number"], first_of(output["month"]))
                for output in activity["outputs"]
                if output["done"]
            }
    return sorted(outputs)
