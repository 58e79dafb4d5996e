"""What leads owe and have told: a line for each agenda, lead and quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from esar.agree.agendas.queries import agendas_of, key_of
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Agenda, AgendaFollowUp, Item
from esar.law.rules.years import FiscalYear
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.report.follow_ups.models import FollowUp
from esar.report.follow_ups.states import FollowUpState, StageState

QUARTERS = (1, 2, 3, 4)


def due_on(year: int, quarter: int) -> date | None:
    """The day by which a lead tells of a quarter; None where the year's rules ask for nothing."""
    book = books.book(year)
    rule = book.on(book.year.last_day).the(AgendaFollowUp) if book else None
    if rule is None:
        return None
    return quarter_end(year, quarter) + timedelta(days=rule.value.days)


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter of a fiscal year, which begins in October."""
    return FiscalYear(year).quarter_end(quarter)


def led_by(body: Body, year: int) -> list[Rule[Agenda]]:
    """The agendas that a body leads. No query."""
    return [rule for rule in agendas_of(year) if body.code in rule.value.lead_codes]


@dataclass(frozen=True)
class Duty:
    """What a lead owes of an agenda for a quarter, and what it told."""

    year: int
    rule: Rule[Agenda]
    body: Body
    quarter: int
    due: date
    follow_up: FollowUp | None
    standing: str  # told, late, due or not_yet

    @property
    def agenda(self) -> str:
        return key_of(self.rule)

    @property
    def lagging(self) -> list[Item]:
        """The stages that are behind or stuck."""
        states = (
            {stage["id"]: stage["state"] for stage in self.follow_up.stages}
            if self.follow_up
            else {}
        )
        slow = (StageState.BEHIND, StageState.STUCK)
        return [item for item in self.rule.value.stages if states.get(item.id) in slow]


def duties(year: int, day: date) -> list[Duty]:
    """Every lead of every agenda for every quarter, by agenda. Two queries."""
    rules = agendas_of(year)
    codes = {code for rule in rules for code in rule.value.lead_codes}
    leads = {body.code: body for body in Body.objects.filter(code__in=codes)}
    sent = FollowUp.objects.filter(
        fiscal_year=year, state__in=(FollowUpState.SENT, FollowUpState.ADVISED)
    )
    by_lead = {(row.agenda, row.body_id, row.quarter): row for row in sent}
    rows = []
    for rule in rules:
        for body in (leads[code] for code in rule.value.lead_codes if code in leads):
            for quarter in QUARTERS:
                due = due_on(year, quarter)
                if due is not None:
                    row = by_lead.get((key_of(rule), body.pk, quarter))
                    standing = _standing(row, quarter_end(year, quarter), due, day)
                    rows.append(Duty(year, rule, body, quarter, due, row, standing))
    return rows


def _standing(follow_up: FollowUp | None, end: date, due: date, day: date) -> str:
    if follow_up is not None:
        return "told"
    if day <= end:
        return "not_yet"
    return "due" if day <= due else "late"
