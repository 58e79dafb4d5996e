"""Who may send what came of a sub-indicator at a body outside the evaluation."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.agendas.models import Holder
from esar.agree.agendas.queries import duties_of, duty_of
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.law.rules.refusals import denial
from esar.report.outside_results.queries import is_outside, sender_code, sends_for


def may_send_result(
    person: Any, holder: Holder, day: date, codes: frozenset[str] | None = None
) -> Verdict:
    """Whoever the year's rules name as the driver of the body: its reporter; OPDC's own people.

    `codes` are those of `sends_for`, where they are known. One query, or none.
    """
    year = holder.sub_indicator.fiscal_year
    if not is_outside(holder.body, holder.sub_indicator.fiscal_year):
        return denied("outside.of_opdc", body=holder.body)
    duty = duty_of(holder.body, year)
    if duty is None:
        return denied("outside.no_duty", body=holder.body, year=year)
    if sender_code(holder.body, duty) in (sends_for(person, day) if codes is None else codes):
        return ALLOWED
    return denial("outside.not_its_driver", duties_of(year), body=holder.body, driver=duty.label)


def may_see_results(person: Any, day: date) -> Verdict:
    """The list of those to send: whoever sends for a body."""
    if sends_for(person, day):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.reporter"),))
