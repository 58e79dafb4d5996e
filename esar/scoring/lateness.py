"""Points taken off the total for a late report, by working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esar.rules.book import Rule, Rules
from esar.rules.numbers import EXACT
from esar.rules.working_days import next_working_day, working_days_after


@dataclass(frozen=True)
class Lateness:
    """The due day that counts, the working days that count as late, and the deduction."""

    due: date
    days: tuple[date, ...]
    deduction: Decimal
    rule: Rule


def lateness(
    round_rule: Rule, received: date, rules: Rules, province: str | None = None
) -> Lateness | None:
    """How late a report is, or None where the year deducts nothing for this round.

    Units: points of the total. Source: the year's `late_deduction` entry; whether a due date
    on a holiday moves is its `due_on_holiday`.
    """
    rule = rules.the("late_deduction")
    due = round_rule.value.due
    if rule is None or due is None or round_rule.id not in rule.value.rounds:
        return None
    if rule.value.due_on_holiday == "moves":
        due = next_working_day(due, rules, province)
    days = working_days_after(due, received, rules, province)
    deduction = EXACT.multiply(rule.value.rate, Decimal(len(days)))
    if rule.value.most is not None:
        deduction = min(deduction, rule.value.most)
    return Lateness(due, tuple(days), deduction, rule)
