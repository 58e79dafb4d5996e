"""Working days late, holidays, and holidays of some provinces only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from esar.rules.book import Rules
from esar.rules.kinds import Holidays
from esar.rules.text import Text
from esar.rules.working_days import holiday_on, is_working_day, working_days_after
from esar.scoring.facts import Kpi, Scorecard
from tests.scoring.make import book, given, scored

D = Decimal
LAST_DAY = date(2011, 9, 30)


def rules() -> Rules:
    return book(2554).on(LAST_DAY, "province")


def report(received: str | None) -> Scorecard:
    kpi = Kpi("1", None, D(100), given("4"))
    day = None if received is None else date.fromisoformat(received)
    return Scorecard(2554, "province", "จังหวัดทดสอบ", "12m", (kpi,), received=day)


@pytest.mark.parametrize(
    ("received", "total"),
    [
        (None, "4.0000"), ("2011-10-20", "4.0000"), ("2011-10-31", "4.0000"),
        ("2011-11-01", "3.9500"), ("2011-11-02", "3.9000"),
        ("2011-11-05", "3.8000"), ("2011-11-06", "3.8000"), ("2011-11-07", "3.7500"),
    ],
)  # fmt: skip
def test_each_working_day_late_costs_0_0500(received: str | None, total: str) -> None:
    assert f"{scored(report(received)).total:f}" == total


def test_the_explanation_names_the_days_that_counted() -> None:
    late = next(step for step in scored(report("2011-11-02")).steps if step.code == "step.late")

    assert late.inputs["dates"] == (date(2011, 11, 1), date(2011, 11, 2))
    assert "(1 พฤศจิกายน 2554, 2 พฤศจิกายน 2554)" in late.text("th")
    assert late.formula == "4.000000 − 2 × 0.0500"


def test_a_total_never_falls_under_the_floor() -> None:
    assert scored(report("2013-01-01")).total == D("0.0000")


def test_other_rounds_lose_nothing() -> None:
    assert f"{scored(replace(report('2012-01-05'), round='6m')).total:f}" == "4.0000"


def with_holiday(day: date, *, provinces: tuple[str, ...] = (), working: bool = False) -> Rules:
    """The rules of 2554 with one more day off, or one more day at work."""
    base = rules()
    rule = base.of_kind("holidays")[0]
    extra = Holidays.Holiday(day, Text("วันทดสอบ", "Test day"), provinces)
    value = Holidays((), (extra,)) if working else Holidays((extra,))
    version = replace(rule.version, value=value)
    entry = replace(rule.entry, id="holidays.extra")
    added = replace(rule, entry=entry, version=version)
    return replace(base, by_id={**base.by_id, "holidays.extra": added})


def test_the_flood_days_of_october_2011_are_holidays() -> None:
    days = [date(2011, 10, day) for day in (26, 27, 28, 31)]

    assert [is_working_day(day, rules()) for day in days] == [True, False, False, False]


def test_a_holiday_can_be_for_some_provinces_only() -> None:
    day = date(2011, 11, 1)
    some = with_holiday(day, provinces=("TH-74",))

    assert [holiday_on(day, some, where) for where in ("TH-74", "TH-50", None)] == [
        "วันทดสอบ", None, None,
    ]  # fmt: skip
    assert working_days_after(date(2011, 10, 31), date(2011, 11, 2), some, "TH-74") == [
        date(2011, 11, 2)
    ]


def test_a_working_day_can_be_declared_on_a_holiday() -> None:
    day = date(2011, 10, 31)

    assert is_working_day(day, with_holiday(day, working=True))
