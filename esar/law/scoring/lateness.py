"""Points taken off the total for a late report, by working days, with every day accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from esar.kernel.problems import Place, Problem
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Holidays, LateDeduction, Round
from esar.law.rules.numbers import EXACT
from esar.law.rules.refusals import refusal
from esar.law.rules.text import Text
from esar.law.rules.working_days import (
    holiday_on,
    is_working_day,
    next_working_day,
    unknown_after,
)

OnHoliday = Literal["stands", "moves"]
MAX_DAYS = 366  # after the due day: what lies beyond is a slip of the hand, not a late report


@dataclass(frozen=True)
class LateDay:
    """One day of the account: what day it was, whether it counts, the deduction so far."""

    day: date
    is_working: bool
    holiday: Text | None
    counts: bool
    deduction: Decimal


@dataclass(frozen=True)
class Lateness:
    """From the due day as it was given to the day received, and what that takes off.

    `given` is the round's due day, or the day that an extension gave; `due` is the one that
    counts, which is later where a due day on a holiday moves. The account is empty when on time.
    """

    rule: Rule[LateDeduction]
    given: date
    due: date
    received: date
    is_extended: bool
    on_holiday: OnHoliday
    account: tuple[LateDay, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The working days that count as late."""
        return tuple(one.day for one in self.account if one.counts)

    @property
    def deduction(self) -> Decimal:
        return self.account[-1].deduction if self.account else Decimal(0)


def uncounted(round_rule: Rule[Round], received: date, rules: Rules) -> Problem | None:
    """Why the days to `received` cannot be counted, or None: the list of holidays ends before it.

    Only where the round's report loses points for lateness; a working day too many costs them.
    """
    rule, last = rules.the(LateDeduction), unknown_after(received, rules)
    if rule is None or last is None or round_rule.id not in rule.value.rounds:
        return None
    figures: dict[str, object] = {"received": received, "last": last, "year": rules.year.buddhist}
    return refusal("score.holidays_unknown", rules.of_kind(Holidays)[0], figures)


def receipt_problem(
    received: date, round_rule: Rule[Round], place: Place, *, extended: date | None = None
) -> Problem | None:
    """Why a day that somebody typed cannot be that of a round's receipt: before its end, or long
    after its due day. What comes in through the system has the system's own day.
    """
    last = round_rule.value.last
    due = extended or round_rule.value.due or last
    figures = {"received": received, "round": round_rule.label, "last": last, "due": due}
    if received < last:
        return refusal("score.received_before_end", round_rule, figures, place)
    if (received - due).days > MAX_DAYS:
        return refusal("score.received_long_after", round_rule, figures, place)
    return None


def lateness(
    round_rule: Rule[Round],
    received: date,
    rules: Rules,
    province: str | None = None,
    *,
    extended: date | None = None,
    on_holiday: OnHoliday | None = None,
) -> Lateness | None:
    """How late a report is, or None where the year deducts nothing for this round.

    `extended` is the due day that a recorded extension gave the body. Whether a due day on a
    holiday moves is the year's `due_on_holiday`, or `on_holiday` to see what the other would give.
    Units: points of the total. Source: the year's `late_deduction` entry.
    """
    rule = rules.the(LateDeduction)
    due_as_set = extended or round_rule.value.due
    if rule is None or due_as_set is None or round_rule.id not in rule.value.rounds:
        return None
    switch: OnHoliday = on_holiday or rule.value.due_on_holiday
    due = next_working_day(due_as_set, rules, province) if switch == "moves" else due_as_set
    account: list[LateDay] = []
    counted = 0
    for ahead in range((received - due_as_set).days + 1 if received > due_as_set else 0):
        day = due_as_set + timedelta(days=ahead)
        works = is_working_day(day, rules, province)
        counted += works and day > due
        off = EXACT.multiply(rule.value.rate, Decimal(counted))
        off = off if rule.value.most is None else min(off, rule.value.most)
        holiday = holiday_on(day, rules, province)
        account.append(LateDay(day, works, holiday, works and day > due, off))
    return Lateness(rule, due_as_set, due, received, extended is not None, switch, tuple(account))
