"""Reads of plans: whom they are visible to, what is in force, when they are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from esar.agree.scorecards.queries import visible
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Deadline, Window
from esar.platform.calendars.queries import Entry, entries_of, entry
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, office_code
from esar.report.activity_plans.law import Law, law_days, law_on, years_with_plans
from esar.report.activity_plans.models import Plan, PlanChange, PlanVersion
from esar.report.activity_plans.states import PlanChangeState, PlanState

AT_THE_BODY = (PlanState.DRAFT, PlanState.PROPOSED)
CHANGE_AT_THE_BODY = (
    PlanChangeState.DRAFT,
    PlanChangeState.PROPOSED,
    PlanChangeState.WITHDRAWN,
)
OPEN_CHANGES = (PlanChangeState.DRAFT, PlanChangeState.PROPOSED, PlanChangeState.ASKED)


def _seen(person: Any, day: date, path: str, at_the_body: Q) -> Q:
    """As scorecards are seen; the Prime Minister's office sees what left the body."""
    condition = visible(person, day, path, at_the_body)
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    if offices and Body.objects.filter(pk__in=offices, code=office_code("prime_minister")).exists():
        condition |= ~at_the_body
    return condition


def visible_plans(person: Any, day: date) -> QuerySet[Plan]:
    """Plans that exist for this person: OPDC's all, a body's own; to others as sent in."""
    condition = _seen(person, day, "", Q(state__in=AT_THE_BODY))
    return Plan.objects.filter(condition).select_related("body__parent", "saved_by")


def visible_changes(person: Any, day: date) -> QuerySet[PlanChange]:
    condition = _seen(person, day, "plan__", Q(state__in=CHANGE_AT_THE_BODY))
    return PlanChange.objects.filter(condition).select_related("plan__body__parent", "saved_by")


def law_of(plan: Plan, day: date) -> Law:
    """The law of a plan on a day; before its first day, as it was first issued."""
    days = law_days(plan.fiscal_year, plan.body.kind)
    law = law_on(plan.fiscal_year, plan.body.kind, max(day, days[0])) if days else None
    if law is None:
        raise LookupError(plan.fiscal_year)
    return law


def _entry(
    rule: Rule[Deadline] | Rule[Window] | None, year: int, extended: Entry | None
) -> Entry | None:
    """A deadline or window of the law of a day, with what was recorded to extend it."""
    if rule is None:
        return None
    days = rule.value
    first, last = (days.first, days.last) if isinstance(days, Window) else (None, days.due)
    of_day = Entry(rule, year, first, last)
    if extended is None or extended.extension is None or extended.last <= of_day.last:
        return of_day
    first = extended.extension.first_day or of_day.first
    return Entry(rule, year, first, extended.last, extended.extension)


def due_day(plan: Plan, day: date) -> date | None:
    """The last day to send it in, as the rules of a day have it, extensions counted. One query."""
    return due_days([plan], day)[plan.pk]


def due_days(plans: list[Plan], day: date) -> dict[int, date | None]:
    """Plan id → the last day to send it in. One query a year, however many plans."""
    by_year = {
        year: due_days_in(year, {one.body for one in plans if one.fiscal_year == year}, day)
        for year in {one.fiscal_year for one in plans}
    }
    return {one.pk: by_year[one.fiscal_year][one.body_id] for one in plans}


def due_days_in(year: int, bodies: Iterable[Body], day: date) -> dict[int, date | None]:
    """Body id → the last day to send its plan of a year in, begun or not. One query."""
    bodies = list(bodies)
    calendars = entries_of(year, bodies, on=day)
    days: dict[int, date | None] = {}
    for body in bodies:
        law = law_on(year, body.kind, day)
        rule = law.due if law else None
        entries_by_id = {entry.id: entry for entry in calendars[body.pk]}
        bound = _entry(rule, year, entries_by_id.get(rule.id) if rule else None)
        days[body.pk] = bound.last if bound else None
    return days


def change_window(plan: Plan, day: date) -> Entry | None:
    """The days on which a change of the plan may be asked for. One query."""
    law = law_on(plan.fiscal_year, plan.body.kind, day)
    if law is None or law.changes is None:
        return None
    extended = entry(plan.fiscal_year, law.changes.id, plan.body, on=day)
    return _entry(law.changes, plan.fiscal_year, extended)


def in_force(plan: Plan) -> PlanVersion | None:
    """The version that counts: the last that was sent in or changed. One query."""
    return PlanVersion.objects.filter(plan=plan).order_by("-number").first()


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(plan=plan).select_related("by")


def changes_of(plan: Plan, person: Any, day: date) -> QuerySet[PlanChange]:
    return visible_changes(person, day).filter(plan=plan)


def open_change(plan: Plan) -> PlanChange | None:
    return PlanChange.objects.filter(plan=plan, state__in=OPEN_CHANGES).first()


def to_open(person: Any, day: date) -> list[tuple[Body, int]]:
    """(body, fiscal year) of the plans that a reporter may still open. Two queries."""
    bodies = Body.objects.filter(pk__in=bodies_of(person, day, Role.REPORTER)).order_by("name_key")
    plans_to_open = [(body, year) for body in bodies for year in years_with_plans(body.kind, day)]
    there = set(Plan.objects.filter(body__in=bodies).values_list("body_id", "fiscal_year"))
    return [one for one in plans_to_open if (one[0].pk, one[1]) not in there]
