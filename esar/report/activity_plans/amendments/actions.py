"""Plans are checked again when their rules are amended, and their people told what changed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import people_with
from esar.platform.ui import books
from esar.report.activity_plans.amendments.queries import Amendment, amendment
from esar.report.activity_plans.law import amendment_days
from esar.report.activity_plans.life import PLAN_LIFE
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.queries import due_day
from esar.report.activity_plans.states import PlanState


def recheck(*, on: date, at: datetime) -> int:
    """Tell the people of each plan of each amendment since they last knew the rules, once.

    How many plans were told. Two queries a year while there is nothing new.
    """
    return sum(_recheck_year(year, on=on, at=at) for year in books.years())


def _recheck_year(year: int, *, on: date, at: datetime) -> int:
    days = {kind: amendment_days(year, kind) for kind in Body.Kind.values}
    last = max((day for listed in days.values() for day in listed if day <= on), default=None)
    if last is None:
        return 0
    behind = Plan.objects.filter(fiscal_year=year, rules_of__lt=last)
    return sum(_recheck(pk, days, on=on, at=at) for pk in behind.values_list("pk", flat=True))


@transaction.atomic
def _recheck(pk: int, days: dict[str, list[date]], *, on: date, at: datetime) -> bool:
    """One plan, whole or not at all. Whether there was an amendment for it."""
    plan = PLAN_LIFE.locked(Plan(pk=pk))
    since = plan.rules_of
    if since is None:
        return False
    is_amended = False
    for day in days[plan.body.kind]:
        change = amendment(plan.planned, plan.fiscal_year, plan.body.kind, day)
        if since < day <= on and change is not None:
            _tell(plan, change, on=on, at=at)
            is_amended = True
    plan.rules_of = on
    if is_amended and plan.state == PlanState.SUBMITTED:
        plan.due_on = due_day(plan, on)
    plan.save(update_fields=["rules_of", "due_on"])
    return is_amended


def _tell(plan: Plan, change: Amendment, *, on: date, at: datetime) -> None:
    record(
        "plan.rechecked",
        plan,
        by=None,
        at=at,
        body=plan.body.code,
        after={"day": change.day.isoformat(), "codes": [one.code for one in change.lines]},
    )
    tell(
        people_with(on, Role.REPORTER, Role.APPROVER, body=plan.body),
        "notice.plan_amended",
        path=reverse("activity_plans:plan-amendment", args=[plan.pk]),
        key=f"plan-amended:{plan.pk}:{change.day}",
        at=at,
        body=plan.body.name_th,
        year=plan.fiscal_year,
        day=change.day.isoformat(),
        changes={language: change.words(language) for language in ("th", "en")},
        letter={language: change.letter_words(language) for language in ("th", "en")},
    )
