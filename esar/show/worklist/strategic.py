"""What waits of strategic KPIs: at OPDC, at each committee in its turn, at the hosts who report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse

from esar.agree.committees.models import Sitting
from esar.agree.committees.states import SittingState
from esar.agree.strategic_kpis.achieved import DUE, LATE, duties, strategic_law
from esar.agree.strategic_kpis.models import StrategicKpi, StrategicResult
from esar.agree.strategic_kpis.queries import LEVEL_2, waiting_for
from esar.agree.strategic_kpis.states import OPDC, ResultState, StrategicState
from esar.platform.calendars.queries import entries
from esar.platform.organisations.models import Committee, Role
from esar.platform.organisations.queries import bodies_of, committees_of, holds
from esar.platform.ui import books
from esar.platform.ui.templatetags.words import name_of, sentence
from esar.show.worklist.work import Work

DECIDED_BY = "acknowledgement"  # the departments' KPIs are with the sub-commission by then


def work_of_strategic(person: Any, day: date) -> list[Work]:
    """Everything of strategic KPIs that waits for a person. Few queries for each committee."""
    return [*_at_opdc(person, day), *_at_committees(person, day), *_at_hosts(person, day)]


def _at_opdc(person: Any, day: date) -> Iterator[Work]:
    """Drafts to put before level 1, what was approved to be told, results to release."""
    if holds(person, day, *OPDC):
        rows = StrategicKpi.objects.filter(
            state__in=(StrategicState.DRAFT, StrategicState.APPROVED)
        )
        counts = rows.order_by().values_list("fiscal_year", "state").annotate(Count("pk"))
        for year, state, many in counts:
            path = f"{reverse('strategic_kpis:strategics')}?state={state}&year={year}"
            yield Work(_title(year, many), path, f"strategic-state.{state}", None, year)
    if holds(person, day, Role.ANALYST):
        sent = StrategicResult.objects.filter(state=ResultState.SENT).order_by()
        for year, many in sent.values_list("fiscal_year").annotate(Count("pk")):
            path = reverse("strategic_kpis:strategic-results")
            yield Work(_title(year, many), path, "work.strategic_results_sent", None, year)


def _title(year: int, count: int) -> str:
    return sentence("work.strategic_of_year", year=year, count=count)


def _at_committees(person: Any, day: date) -> Iterator[Work]:
    """What a secretary's committee has to resolve on, in this year and the next."""
    this_year = books.year_of(day)
    years = [year for year in (this_year, this_year + 1) if strategic_law(year)]
    own = committees_of(person, day, Role.SECRETARY)
    for committee in Committee.objects.filter(pk__in=own) if years else ():
        for year in years:
            waiting = waiting_for(committee, year)
            if year > this_year:  # of the next year only what came with its own list
                waiting = waiting.filter(fiscal_year=year)
            many = waiting.count()
            if many:
                title = f"{name_of(committee)} · {_title(year, many)}"
                asks = "work.strategic_decide" if committee.level == LEVEL_2 else ""
                asks = asks or "work.strategic_resolve"
                yield Work(title, _table_of(committee, year), asks, _decided_by(year), year)


def _table_of(committee: Committee, year: int) -> str:
    """The sitting that is to resolve on it; where there is none, the committee, to call one."""
    sitting = Sitting.objects.filter(
        committee=committee,
        fiscal_year=year,
        state__in=(SittingState.PLANNED, SittingState.OPEN),
    ).first()
    if sitting is None:
        return reverse("committees:committee", args=[committee.code])
    return reverse("strategic_kpis:sitting", args=[sitting.pk])


def _decided_by(year: int) -> date | None:
    return next((line.last for line in entries(year) if line.id == DECIDED_BY), None)


def _at_hosts(person: Any, day: date) -> Iterator[Work]:
    """Results that a host's reporter owes, and drafts for its approver to send."""
    reports, approves = bodies_of(person, day, Role.REPORTER), bodies_of(person, day, Role.APPROVER)
    if not StrategicKpi.objects.filter(host__in=reports | approves).exists():
        return
    this_year = books.year_of(day)
    for year in (this_year - 1, this_year):
        owed = [
            duty
            for duty in duties(year, day)
            if duty.host.pk in reports and duty.result is None and duty.standing in (DUE, LATE)
        ]
        for host in dict.fromkeys(duty.host for duty in owed):
            due = [duty.due for duty in owed if duty.host == host]
            title = f"{name_of(host)} · {_title(year, len(due))}"
            path = reverse("strategic_kpis:strategic-result-new", args=[host.code, year])
            yield Work(title, path, "work.strategic_result_owed", due[0], year)
    drafts = StrategicResult.objects.filter(state=ResultState.DRAFT, body__in=approves)
    for result in drafts.select_related("body", "strategic"):
        path = reverse("strategic_kpis:strategic-result", args=[result.pk])
        title = f"{name_of(result.body)} · {result}"
        yield Work(title, path, "work.strategic_result_send", None, result.fiscal_year)
