"""The day's chore: who still owes a monthly report, or what was used, is told, once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import people_of
from esar.platform.ui import books
from esar.report.activity_plans.checks import month_words
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly.deadlines.queries import ENERGY, MONTHLY, due_day, months_of
from esar.report.activity_plans.monthly.models import MonthlyReport, Usage

CALLS = {2: "soon", 0: "today", -1: "late"}  # days left → which sentence
ENERGY_THINGS = (Usage.Thing.ELECTRICITY, Usage.Thing.FUEL)
LONGEST = timedelta(days=62)  # from the first of a month to the day after its report was due


def remind_of_months(*, on: date, at: datetime) -> int:
    """Tell those who owe something two days before it is due, on the day, and the day after.

    How many were told. Queries do not grow with the number of bodies.
    """
    return sum(
        _call(year, kind, month, name, on=on, at=at)
        for year in books.years()
        for month in months_of(year)
        if month <= on <= month + LONGEST
        for kind in Body.Kind.values
        for name in OWING
    )


def _call(year: int, kind: str, month: date, name: str, *, on: date, at: datetime) -> int:
    """Tell the people of one duty, if this is a day to be told of it."""
    due = due_day(year, kind, name, month)
    call = CALLS.get((due - on).days) if due else None
    if due is None or call is None:
        return 0
    owing, roles, code = OWING[name]
    people = list(people_of(owing(year, kind, month), on, *roles))
    tell(
        people,
        f"notice.{code}_{call}",
        path=reverse("worklist:desk"),
        at=at,
        key=f"{code}:{month:%Y-%m}:{due}:{call}",
        month=month_words(month),
        day=due.isoformat(),
    )
    return len(people)


def _without_report(year: int, kind: str, month: date) -> QuerySet[Any]:
    """Bodies with a plan in force whose report on the month was never sent in."""
    sent = MonthlyReport.objects.filter(month=month, sent__gte=1)
    plans = Plan.objects.filter(fiscal_year=year, version__gte=1, body__kind=kind)
    return plans.exclude(pk__in=sent.values("plan")).values_list("body", flat=True)


def _without_energy(year: int, kind: str, month: date) -> QuerySet[Any]:
    """Bodies for which electricity or fuel of the month was not entered."""
    entered = Usage.objects.filter(fiscal_year=year, month=month, thing__in=ENERGY_THINGS)
    whole = entered.values("body").annotate(many=Count("pk")).filter(many=len(ENERGY_THINGS))
    return (
        Body.objects.filter(kind=kind)
        .exclude(pk__in=whole.values("body"))
        .values_list("pk", flat=True)
    )


OWING: dict[str, tuple[Callable[[int, str, date], QuerySet[Any]], tuple[str, ...], str]] = {
    MONTHLY: (_without_report, (Role.REPORTER, Role.APPROVER), "plan_month"),
    ENERGY: (_without_energy, (Role.CENTRAL_OWNER,), "energy"),
}
