"""What is due in a month, and by when, as the rules of the month have it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

from esar.law.rules.book import Rule
from esar.law.rules.kinds import Duty
from esar.law.rules.years import FiscalYear
from esar.report.activity_plans.law import Law, law_on
from esar.report.activity_plans.monthly.models import Usage

MONTHLY, ENERGY, SAVINGS = "monthly-report", "energy-report", "topic-reports.savings"
DUTY_OF = {
    Usage.Thing.ELECTRICITY: ENERGY,
    Usage.Thing.FUEL: ENERGY,
    Usage.Thing.PAPER: SAVINGS,
    Usage.Thing.BUDGET: SAVINGS,
}


def months_of(year: int) -> list[date]:
    """The first day of each month of a fiscal year, October first."""
    months = [FiscalYear(year).first_day]
    while len(months) < 12:
        months.append(after(months[-1]))
    return months


def after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def law_of_month(year: int, kind: str, month: date) -> Law | None:
    """The law of a plan as it binds on the last day of a month."""
    return law_on(year, kind, last_of(month))


def indicator_of(law: Law) -> str:
    """The indicator that the plan is of: "4.2"."""
    return law.plan.id.rpartition(".")[0]


@cache
def duty(year: int, kind: str, name: str, month: date) -> Rule[Duty] | None:
    """The duty that binds for a month; None where the rules of its last day have none."""
    law = law_of_month(year, kind, month)
    if law is None:
        return None
    rule = law.book.on(law.day, kind).get(f"{indicator_of(law)}.{name}", Duty)
    binds = rule is not None and rule.value.first <= month <= rule.value.last
    return rule if binds else None


def due_day(year: int, kind: str, name: str, month: date) -> date | None:
    """The last day to report on a month, counted to its end in Bangkok.

    A duty that names no day is due with the monthly report. None where no duty binds.
    """
    rule = duty(year, kind, name, month)
    if rule is not None and rule.value.last_day_of_month is None:
        rule = duty(year, kind, MONTHLY, month)
    last_day = rule.value.last_day_of_month if rule is not None else None
    return None if last_day is None else after(month).replace(day=last_day)
