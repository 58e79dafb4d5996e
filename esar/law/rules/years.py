"""Fiscal years: named in the Buddhist era, stored as Gregorian days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

BUDDHIST_OFFSET = 543
FIRST_MONTH = 10
MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, order=True)
class FiscalYear:
    """A Thai fiscal year (ปีงบประมาณ พ.ศ.): 1 October of the year before to 30 September."""

    buddhist: int

    @property
    def first_day(self) -> date:
        return date(self.buddhist - BUDDHIST_OFFSET - 1, FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        return date(self.buddhist - BUDDHIST_OFFSET, FIRST_MONTH - 1, 30)

    def quarter_end(self, quarter: int) -> date:
        """The last day of a quarter, counted from 1."""
        month = FIRST_MONTH + quarter * MONTHS_OF_A_QUARTER
        first = date(self.first_day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        return first - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def fiscal_year_of(day: date) -> int:
    """The fiscal year (พ.ศ.) that a day lies in."""
    return day.year + BUDDHIST_OFFSET + (day.month >= FIRST_MONTH)


def buddhist_year(day: date) -> int:
    """The year label shown to people. Only the label changes: 29 February stays 29 February."""
    return day.year + BUDDHIST_OFFSET
