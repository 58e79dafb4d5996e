"""What waits of KPI templates: to fill in, to send, to audit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.queries import Standing, standings, years_with_templates
from esar.agree.kpi_definitions.states import TemplatesState
from esar.agree.scorecards.models import Scorecard
from esar.platform.calendars.queries import entries
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, holds
from esar.platform.ui.templatetags.words import name_of, sentence
from esar.show.worklist.work import Waiting, Work


def work_of_templates(person: Any, day: date) -> list[Work]:
    """Everything of KPI templates that waits for a person. A constant number of queries a year."""
    writes, approves = bodies_of(person, day, Role.REPORTER), bodies_of(person, day, Role.APPROVER)
    work = [line for _, line in templates_waiting(writes, approves, day)]
    if holds(person, day, Role.ANALYST):
        for year in years_with_templates():
            work += _at_opdc(year)
    return work


def templates_waiting(writes: set[int], approves: set[int], day: date) -> list[Waiting]:
    """What waits of templates at bodies, for who writes there and who approves, with its body."""
    if not writes and not approves:
        return []
    cards = Scorecard.objects.filter(body__in=writes | approves)
    return [
        (standing.card.body_id, line)
        for year in years_with_templates()
        for standing in standings(cards, year, day)
        if (line := _at_body(standing, writes, approves))
    ]


def _at_body(standing: Standing, writes: set[int], approves: set[int]) -> Work | None:
    state, body = standing.state, standing.card.body_id
    to_write = state in (TemplatesState.DRAFT, TemplatesState.RETURNED) and body in writes
    to_send = state == TemplatesState.PROPOSED and body in approves
    if not to_write and not to_send:
        return None
    asks = "page.templates_to_fill" if state == TemplatesState.DRAFT else f"templates-state.{state}"
    due = standing.due.last if standing.due and standing.received is None else None
    path = reverse("kpi_definitions:kpi-templates", args=[standing.card.pk])
    title = f"{name_of(standing.card.body)} {standing.card.fiscal_year}"
    return Work(title, path, asks, due, standing.card.fiscal_year)


def _at_opdc(year: int) -> list[Work]:
    """For analysts: how many wait for the audit, a line a year."""
    waiting = KpiTemplates.objects.filter(
        scorecard__fiscal_year=year, state=TemplatesState.SENT
    ).count()
    if not waiting:
        return []
    due = next((one.last for one in entries(year) if one.id == "calendar.kpi-audit"), None)
    path = f"{reverse('kpi_definitions:kpi-templates-list')}?state=sent&year={year}"
    title = sentence("work.kpi_templates_of_year", year=year, count=waiting)
    return [Work(title, path, "templates-state.sent", due, year)]
