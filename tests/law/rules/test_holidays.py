"""The kept days and the library they were drafted from."""

from __future__ import annotations

from pathlib import Path

import pytest

from esar.law.rules.holidays import holidays_yaml, package_days
from esar.law.rules.kinds import Holidays
from esar.law.rules.reading import years_in
from tests.law.scoring.make import book


@pytest.mark.parametrize("year", years_in(Path("rulebook")))
def test_the_kept_days_are_those_of_the_library(year: int) -> None:
    a_book = book(year)
    rules = a_book.on(a_book.year.last_day)
    days = {day.day for rule in rules.of_kind(Holidays) for day in rule.value.days}

    assert days >= set(package_days(a_book.year))


def test_a_new_year_is_drafted_as_yaml() -> None:
    text = holidays_yaml(2570)

    assert "{day: 2026-10-13," in text
    assert "day: 2026-10-01" not in text
