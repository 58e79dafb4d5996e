"""The quarter's summary for the Deputy Prime Minister: every province, exceptions first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Duty, Round, Statement
from esar.law.rules.numbers import round_ratio
from esar.law.rules.years import FiscalYear
from esar.platform.organisations.models import Body
from esar.report.activity_plans.models import Plan, PlanVersion
from esar.report.activity_plans.monthly.deadlines.queries import (
    MONTHLY,
    due_day,
    last_of,
    law_of_month,
    months_of,
)
from esar.report.activity_plans.monthly.models import MonthlyReport
from esar.report.activity_plans.monthly.queries import (
    Told,
    done_in,
    must_come,
    told_as_of,
    versions_in_force,
)
from esar.report.activity_plans.queries import due_days_in

# Exceptions first: in this order they are shown.
STANDINGS = ("no_plan", "no_report", "late", "behind", "on_track", "not_due")
OUTCOMES = ("done", "undone", "unreported", "not_due")


@dataclass
class Tally:
    """How many outputs were planned, and what became of them: four different things."""

    activities: int = 0
    done: int = 0
    undone: int = 0
    unreported: int = 0
    not_due: int = 0

    @property
    def planned(self) -> int:
        return self.done + self.undone + self.unreported + self.not_due

    def add(self, outcome: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)


@dataclass(frozen=True)
class Province:
    """One province in the quarter. `months` says of each month how it was reported."""

    body: Body
    plan: Plan | None
    standing: str
    months: list[tuple[date, str]]
    tally: Tally
    struck_since: int = 0  # outputs counted as come that a result released later did not find

    @property
    def outputs(self) -> Tally | None:
        """Its outputs; none of a province without a plan in force."""
        return self.tally if self.plan else None


Sent = dict[date, tuple[date | None, date | None]]  # month → (received on, due on)


@dataclass
class Summary:
    """A quarter as of a day: what was sent in or released later does not change it.

    What released results did not find since then is told beside it (`struck_since`).
    """

    year: int
    quarter: int
    months: list[date]
    as_of: date
    is_final: bool
    rule: Rule[Duty] | None
    addressee: Rule[Statement] | None = None  # to whom the year has it go
    provinces: list[Province] = field(default_factory=list)
    whole: Tally = field(default_factory=Tally)
    by_type: dict[str, Tally] = field(default_factory=dict)
    by_topic: dict[str, Tally] = field(default_factory=dict)
    by_month: dict[date, Tally] = field(default_factory=dict)
    is_so_far: bool = True  # its round waits for later reports, which may say what came after all
    labels: dict[str, Any] = field(default_factory=dict)
    total_provinces: int = 0

    def is_past(self, due: date | None) -> bool:
        """Whether a day to do something by had ended: a quarter's own day has, once it is final."""
        return due is not None and (due <= self.as_of if self.is_final else due < self.as_of)

    @property
    def share(self) -> Decimal | None:
        """What came of what was due, in per cent to two decimals; None while nothing was due."""
        due = self.whole.planned - self.whole.not_due
        return round_ratio(Decimal(self.whole.done * 100), Decimal(due), 2) if due else None

    @property
    def struck_since(self) -> int:
        """Outputs that were counted as come, and that a result released since did not find."""
        return sum(province.struck_since for province in self.provinces)

    @property
    def left_of_done(self) -> int:
        """What is left of the outputs that came, without those."""
        return self.whole.done - self.struck_since

    @property
    def is_demo(self) -> bool:
        return any(one.plan.is_demo for one in self.provinces if one.plan)

    @property
    def counts(self) -> dict[str, int]:
        """Standing → how many provinces."""
        standings = [one.standing for one in self.provinces]
        return {standing: standings.count(standing) for standing in STANDINGS}


def summary_of(year: int, quarter: int, *, on: date) -> Summary | None:
    """The quarter (1 is October to December) as of its due day, or of today while it lasts.

    None where the year has no plan of activities. Nine queries, however many provinces.
    """
    months = months_of(year)[quarter * 3 - 3 : quarter * 3]
    kinds = _kinds_with_plans(year)
    if not kinds:
        return None
    due = due_day(year, kinds[0], MONTHLY, months[-1]) or last_of(months[-1])
    as_of = min(due, on)
    law = law_of_month(year, kinds[0], months[-1])
    assert law is not None, "the year has plans"
    rules = law.book.on(law.day, kinds[0])
    indicator = law.plan.id.rpartition(".")[0]
    rule = rules.get(f"{indicator}.quarterly-report", Duty)
    addressee = rules.get(f"{indicator}.addressee", Statement)
    summary = Summary(year, quarter, months, as_of, on > due, rule, addressee)
    summary.is_so_far = _is_so_far(summary, rules, kinds[0])
    summary.by_type = {name: Tally() for name in law.types}
    summary.by_topic = {name: Tally() for name in (*law.topic_labels, "")}
    summary.by_month = {month: Tally() for month in months}
    summary.labels = {**law.types, **law.topic_labels}
    _fill(summary, kinds)
    return summary


def _is_so_far(summary: Summary, rules: Rules, kind: str) -> bool:
    """Whether the graded round that the quarter lies in was still waiting for reports."""
    last = summary.months[-1]
    rounds = [one.value for one in rules.of_kind(Round) if one.value.graded]
    end = min((one.last for one in rounds if one.first <= last <= one.last), default=last)
    return not summary.is_past(due_day(summary.year, kind, MONTHLY, end.replace(day=1)))


def _kinds_with_plans(year: int) -> list[str]:
    last = FiscalYear(year).last_day
    return [kind for kind in Body.Kind.values if law_of_month(year, kind, last.replace(day=1))]


def _bodies(year: int, kinds: list[str]) -> Any:
    days = FiscalYear(year)
    there = Q(last_day=None) | Q(last_day__gte=days.first_day)
    return Body.objects.filter(there, kind__in=kinds).order_by("name_key")


def _fill(summary: Summary, kinds: list[str]) -> None:
    """Every province with its tally, and the totals."""
    bodies = list(_bodies(summary.year, kinds))
    plans = {
        one.body_id: one for one in Plan.objects.filter(fiscal_year=summary.year).defer("content")
    }
    pks = [one.pk for one in plans.values()]
    versions = versions_in_force(pks, sent_by=summary.as_of)
    first, last = summary.months[0], summary.months[-1]
    days: dict[str, date] = {"since": first, "by": last, "sent_by": summary.as_of}
    reported, known_now = told_as_of(pks, [summary.as_of, None], **days)
    sent = _sent(pks, summary.months)
    must = {kind: must_come(summary.year, kind) for kind in kinds}
    plan_due = due_days_in(summary.year, bodies, summary.as_of)
    for body in bodies:
        plan = plans.get(body.pk)
        version = versions.get(plan.pk) if plan else None
        if plan is None or version is None:
            standing = "no_plan" if summary.is_past(plan_due[body.pk]) else "not_due"
            row = Province(body, None, standing, [], Tally())
        else:
            months = _months(summary, body, sent.get(plan.pk, {}))
            tally = _tally(summary, version, reported[plan.pk], must[body.kind], dict(months))
            then, now = reported[plan.pk], known_now[plan.pk]
            struck = set()
            if then != now:  # of nearly all plans nothing was struck out since
                came = [_came(summary, version, each, must[body.kind]) for each in (then, now)]
                struck = came[0] - came[1]
            row = Province(body, plan, _standing(months, tally), months, tally, len(struck))
        summary.provinces.append(row)
    summary.total_provinces = len(bodies)
    summary.provinces.sort(key=lambda one: STANDINGS.index(one.standing))


def _sent(plans: Iterable[int], months: list[date]) -> dict[int, Sent]:
    """Plan id → month → (received on, due on). One query."""
    by_plan: dict[int, Sent] = {}
    reports = MonthlyReport.objects.filter(plan__in=list(plans), month__in=months, sent__gte=1)
    for plan, month, received, due in reports.values_list("plan", "month", "received_on", "due_on"):
        by_plan.setdefault(plan, {})[month] = (received, due)
    return by_plan


def _months(summary: Summary, body: Body, sent: Sent) -> list[tuple[date, str]]:
    """Each month of the quarter: sent, late, missing, or not due yet."""
    states = []
    for month in summary.months:
        received, due_then = sent.get(month, (None, None))
        due = due_day(summary.year, body.kind, MONTHLY, month)
        if received is not None and received <= summary.as_of:
            state = "late" if due_then and received > due_then else "sent"
        else:
            state = "missing" if summary.is_past(due) else "not_due"
        states.append((month, state))
    return states


def _standing(months: list[tuple[date, str]], tally: Tally) -> str:
    states = [state for _, state in months if state != "not_due"]
    if not states:
        return "not_due"
    if all(state == "missing" for state in states):
        return "no_report"
    if "missing" in states or "late" in states:
        return "late"
    return "behind" if tally.undone or tally.unreported else "on_track"


def _tally(
    summary: Summary, version: PlanVersion, reported: Told, must: str, months: dict[date, str]
) -> Tally:
    """A province's outputs of the quarter, added to the totals too."""
    tally, came = Tally(), done_in(version.planned, reported, must_come=must)
    for activity in version.planned.activities:
        of = [
            summary.whole,
            tally,
            summary.by_type.setdefault(activity.type, Tally()),
            summary.by_topic.setdefault(activity.topic, Tally()),
        ]
        for each in of:
            each.activities += 1
        for output in activity.outputs:
            month = output.planned
            if month in months:
                outcome = _outcome(came.get((activity.number, month)), months[month])
                for each in (*of, summary.by_month[month]):
                    each.add(outcome)
    return tally


def _came(
    summary: Summary, version: PlanVersion, reported: Told, must: str
) -> set[tuple[int, date]]:
    """The outputs of the quarter that came, by what was reported and struck out."""
    came = done_in(version.planned, reported, must_come=must)
    return {place for place, done in came.items() if done and place[1] in summary.months}


def _outcome(came: bool | None, month: str) -> str:
    if came is None:
        return "not_due" if month == "not_due" else "unreported"
    return "done" if came else "undone"
