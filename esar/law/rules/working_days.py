"""Which days are working days: by the rulebook's holidays, for the whole country or a province."""

from __future__ import annotations

from datetime import date, timedelta

from esar.law.rules.book import Rules
from esar.law.rules.kinds import Holidays
from esar.law.rules.text import Text

_SATURDAY = 5


def holiday_on(day: date, rules: Rules, province: str | None = None) -> Text | None:
    """The name of the holiday on `day`, or None. `province` is an ISO 3166-2 code.

    A day kept for some provinces is a holiday only there; a `working` day overrides a holiday.
    """
    name = None
    for rule in rules.of_kind(Holidays):
        for holiday in rule.value.days:
            if holiday.day == day and (not holiday.provinces or province in holiday.provinces):
                name = name or holiday.label
    for rule in rules.of_kind(Holidays):
        for exception in rule.value.working:
            if exception.day == day and (
                not exception.provinces or province in exception.provinces
            ):
                return None
    return name


def unknown_after(day: date, rules: Rules) -> date | None:
    """The last day that the year's holidays are known for, where `day` lies after it; else None."""
    ends = [rule.value.last for rule in rules.of_kind(Holidays) if rule.value.last is not None]
    return max(ends) if ends and day > max(ends) else None


def is_working_day(day: date, rules: Rules, province: str | None = None) -> bool:
    return day.weekday() < _SATURDAY and holiday_on(day, rules, province) is None


def next_working_day(day: date, rules: Rules, province: str | None = None) -> date:
    """`day` itself when it is a working day, else the first one after it."""
    while not is_working_day(day, rules, province):
        day += timedelta(days=1)
    return day
