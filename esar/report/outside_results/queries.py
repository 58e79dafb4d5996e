"""Reads of results from outside the evaluation: who sends them, which are still to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from esar.agree.agendas.models import Holder, SubIndicator
from esar.agree.agendas.queries import duty_of, holders_on, is_of_opdc, standard_of
from esar.agree.agendas.states import OPDC
from esar.law.rules.kinds import AgendaDuties
from esar.law.rules.years import FiscalYear
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_with, holds
from esar.report.outside_results.models import OutsideResult

OPDC_CODE = "OPDC"


def sends_for(person: Any, day: date) -> frozenset[str]:
    """The codes of the bodies for which a person sends results: where they report, and OPDC's."""
    codes = set(bodies_with(person, day, Role.REPORTER).values_list("code", flat=True))
    codes.discard(OPDC_CODE)  # what OPDC drives is for those who keep the agendas
    return frozenset(codes | ({OPDC_CODE} if holds(person, day, *OPDC) else set()))


def sender_code(body: Body, duty: AgendaDuties.Duty) -> str:
    """Who sends a body's results: its driver, or itself."""
    return duty.driver or body.code


def is_outside(body: Body, year: int) -> bool:
    """Whether OPDC did not evaluate a body in a year, so that its results come from outside."""
    return not is_of_opdc(body, FiscalYear(year).last_day)


@dataclass(frozen=True)
class DueResult:
    """A holder outside the evaluation, and what came of its sub-indicator as far as it was sent."""

    holder: Holder
    result: OutsideResult | None

    @property
    def body(self) -> Body:
        return self.holder.body

    @property
    def sub_indicator(self) -> SubIndicator:
        return self.holder.sub_indicator

    @property
    def agenda(self) -> str:
        return self.sub_indicator.agenda

    @property
    def year(self) -> int:
        return self.sub_indicator.fiscal_year

    @property
    def value(self) -> Decimal | None:
        return self.result.value if self.result else None

    @property
    def remark(self) -> str:
        return self.result.remark if self.result else ""

    @property
    def is_demo(self) -> bool:
        """Whether what was sent was invented for the demonstration."""
        return self.result is not None and self.result.is_demo

    @property
    def target(self) -> Decimal | None:
        return standard_of(self.holder)

    @property
    def standing(self) -> str:
        """Awaited; else reached or not, or that there is nothing to compare."""
        if self.result is None:
            return "awaited"
        if self.value is None or self.target is None:
            return "no_figure"
        lower = self.sub_indicator.direction == "lower"
        reaches = self.value <= self.target if lower else self.value >= self.target
        return "reached" if reaches else "not_reached"


def results_of(holders: Iterable[Holder]) -> list[DueResult]:
    """What comes from outside of some holders, whether it was sent or not. One query."""
    outside = [
        holder for holder in holders if is_outside(holder.body, holder.sub_indicator.fiscal_year)
    ]
    sent = OutsideResult.objects.filter(holder__in=outside).select_related("sender")
    by_holder = {result.holder_id: result for result in sent}
    return [DueResult(holder, by_holder.get(holder.pk)) for holder in outside]


def result_of(holder: Holder) -> OutsideResult | None:
    """What was sent of one holder. One query."""
    return OutsideResult.objects.filter(holder=holder).select_related("sender").first()


def holders_at_the_end(year: int) -> QuerySet[Holder]:
    """Who held something when the year ended. One query."""
    return holders_on(year, FiscalYear(year).last_day)


def due_results(year: int) -> list[DueResult]:
    """Every result that comes from outside in a year. Two queries."""
    return results_of(holders_at_the_end(year))


def results_to_send(person: Any, year: int, day: date) -> list[DueResult]:
    """Those that a person sends, by sub-indicator. Three queries."""
    codes = sends_for(person, day)
    rows = []
    for due in due_results(year) if codes else ():
        duty = duty_of(due.body, year)
        if duty and sender_code(due.body, duty) in codes:
            rows.append(due)
    return rows
