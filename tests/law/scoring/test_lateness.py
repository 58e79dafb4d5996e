"""Working days late, holidays, and holidays of some provinces only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as given_of
from hypothesis import strategies as st

from esar.exchange.files.json_form import read
from esar.kernel.problems import Place, Refused
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Holidays, LateDeduction, Round
from esar.law.rules.text import Text
from esar.law.rules.working_days import holiday_on, is_working_day, unknown_after
from esar.law.scoring.facts import Kpi, Scorecard
from esar.law.scoring.inputs import scorecard_as_input
from esar.law.scoring.lateness import Lateness, lateness, receipt_problem, uncounted
from tests.law.scoring.make import book, given, scored

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
        (None, "4.0000"),
        ("2011-10-20", "4.0000"),
        ("2011-10-31", "4.0000"),
        ("2011-11-01", "3.9500"),
        ("2011-11-02", "3.9000"),
        ("2011-11-05", "3.8000"),
        ("2011-11-06", "3.8000"),
        ("2011-11-07", "3.7500"),
    ],
)
def test_each_working_day_late_costs_0_0500(received: str | None, total: str) -> None:
    assert f"{scored(report(received)).total:f}" == total


def test_the_explanation_names_the_days_that_counted() -> None:
    late = next(step for step in scored(report("2011-11-02")).steps if step.code == "step.late")

    assert late.inputs["dates"] == (date(2011, 11, 1), date(2011, 11, 2))
    assert "(1 พฤศจิกายน 2554, 2 พฤศจิกายน 2554)" in late.text("th")
    assert late.formula == "4 − 2 × 0.0500"


def test_a_total_never_falls_under_the_floor() -> None:
    assert scored(report("2012-09-28")).total == D("0.0000")


def test_a_report_of_january_after_the_year_loses_nothing_for_the_new_years_holidays() -> None:
    """43 working days from 1 November 2011 to 4 January 2012: 2 and 3 January were holidays."""
    late_step = next(s for s in scored(report("2012-01-04")).steps if s.code == "step.late")

    assert (late_step.inputs["days"], late_step.inputs["deduction"]) == (43, D("2.1500"))


def test_a_day_after_the_list_of_holidays_ends_is_refused_not_counted() -> None:
    with pytest.raises(Refused) as refused:
        scored(report("2012-10-01"))

    assert [(one.code, one.figures["last"]) for one in refused.value.problems] == [
        ("score.holidays_unknown", date(2012, 9, 30))
    ]


def test_the_last_day_of_the_list_of_holidays_is_still_known() -> None:
    final = rules().need("round.12m", Round)

    assert unknown_after(date(2012, 9, 30), rules()) is None
    assert uncounted(final, date(2012, 9, 30), rules()) is None
    assert unknown_after(date(2012, 10, 1), rules()) == date(2012, 9, 30)


def test_a_year_without_holidays_or_without_a_deduction_leaves_nothing_uncounted() -> None:
    no_holidays = replace(
        rules(), by_id={id_: rule for id_, rule in rules().by_id.items() if id_ != "holidays"}
    )
    assert unknown_after(date(2012, 10, 1), no_holidays) is None

    without_deduction = book(2567).on(date(2024, 9, 30), "province")
    after_the_list = date(2025, 10, 1)
    assert unknown_after(after_the_list, without_deduction) == date(2025, 9, 30)
    final = without_deduction.need("round.12m", Round)
    assert uncounted(final, after_the_list, without_deduction) is None


def without_due_day(final: Rule[Round]) -> Rule[Round]:
    return replace(final, version=replace(final.version, value=replace(final.value, due=None)))


TOO_EARLY, TOO_LATE = "score.received_before_end", "score.received_long_after"


# The round of twelve months ends on 30 September 2011 and is due on 31 October; a report comes at
# most 366 days after its due day, and 2012 has a 29 February.
@pytest.mark.parametrize(
    ("received", "code"),
    [
        (date(2011, 9, 29), TOO_EARLY),
        (date(2011, 9, 30), None),
        (date(2012, 10, 31), None),
        (date(2012, 11, 1), TOO_LATE),
    ],
)
def test_a_day_of_receipt_lies_from_the_rounds_end_to_366_days_after_its_due_day(
    received: date, code: str | None
) -> None:
    problem = receipt_problem(received, rules().need("round.12m", Round), Place())

    assert (problem and problem.code) == code


def test_a_receipt_long_after_is_held_against_the_extended_day_or_the_rounds_end() -> None:
    final = rules().need("round.12m", Round)
    extended, ended = date(2011, 11, 30), date(2011, 9, 30)
    days = (date(2012, 11, 30), date(2012, 12, 1))  # 366 and 367 days after the extended day
    late_problems = [receipt_problem(day, final, Place(), extended=extended) for day in days]
    assert [problem and problem.figures["due"] for problem in late_problems] == [None, extended]

    days = (date(2012, 9, 30), date(2012, 10, 1))  # 366 and 367 days after the round's end
    late_problems = [receipt_problem(day, without_due_day(final), Place()) for day in days]
    assert [problem and problem.figures["due"] for problem in late_problems] == [None, ended]


def test_a_round_that_loses_nothing_is_scored_however_late() -> None:
    assert f"{scored(replace(report('2012-10-01'), round='6m')).total:f}" == "4.0000"


def test_other_rounds_lose_nothing() -> None:
    assert f"{scored(replace(report('2012-01-05'), round='6m')).total:f}" == "4.0000"


def with_holiday(day: date, *, provinces: tuple[str, ...] = (), working: bool = False) -> Rules:
    """The rules of 2554 with one more day off, or one more day at work."""
    base = rules()
    rule = base.of_kind(Holidays)[0]
    extra = Holidays.Holiday(day, Text("วันทดสอบ", "Test day"), provinces)
    value = Holidays((), (extra,)) if working else Holidays((extra,))
    version = replace(rule.version, value=value)
    entry = replace(rule.entry, id="holidays.extra")
    added = replace(rule, entry=entry, version=version)
    return replace(base, by_id={**base.by_id, "holidays.extra": added})


def late(
    received: str, the_rules: Rules | None = None, province: str | None = None, **more: Any
) -> Lateness:
    the_rules = the_rules or rules()
    day = date.fromisoformat(received)
    result = lateness(the_rules.need("round.12m", Round), day, the_rules, province, **more)
    assert result is not None
    return result


def account(result: Lateness) -> list[tuple[str, str, bool, str]]:
    """(day, its holiday, whether it counts, the deduction so far) of each day."""
    return [
        (
            f"{day.day:%a %d %b}",
            day.holiday.en if day.holiday else "",
            day.counts,
            f"{day.deduction:f}",
        )
        for day in result.account
    ]


FLOOD = "Emergency Lockdown (2011 Thailand Floods)"


def test_the_account_of_a_due_day_that_stands_counts_both_days_after_it() -> None:
    assert account(late("2011-11-02")) == [
        ("Mon 31 Oct", FLOOD, False, "0.0000"),
        ("Tue 01 Nov", "", True, "0.0500"),
        ("Wed 02 Nov", "", True, "0.1000"),
    ]


def test_the_account_of_a_due_day_that_moves_counts_the_day_after_the_new_one() -> None:
    moved = late("2011-11-02", on_holiday="moves")

    assert (moved.given, moved.due) == (date(2011, 10, 31), date(2011, 11, 1))
    assert account(moved) == [
        ("Mon 31 Oct", FLOOD, False, "0.0000"),
        ("Tue 01 Nov", "", False, "0.0000"),
        ("Wed 02 Nov", "", True, "0.0500"),
    ]


def test_a_report_on_time_has_no_account() -> None:
    assert late("2011-10-31").account == ()
    assert late("2011-11-07", extended=date(2011, 11, 7)).account == ()


@given_of(st.dates(date(2011, 10, 1), date(2011, 12, 31)), st.sampled_from(["stands", "moves"]))
def test_the_account_ends_on_the_day_received_and_grows_by_the_rate(
    received: date, switch: Any
) -> None:
    result = late(received.isoformat(), on_holiday=switch)
    counted = [day for day in result.account if day.counts]

    assert result.deduction == D("0.0500") * len(counted)
    assert all(day.is_working and day.day > result.due for day in counted)
    assert [day.day for day in result.account[-1:]] == [received][: received > result.given]


def test_an_extension_moves_the_due_day_of_the_deduction_and_travels_with_the_facts() -> None:
    card = replace(report("2011-11-09"), due=date(2011, 11, 7))
    result = scored(card)
    text = json.dumps(scorecard_as_input(card))

    assert result.taken_off is not None
    assert (result.taken_off.late.due, result.taken_off.late.is_extended) == (
        date(2011, 11, 7),
        True,
    )
    assert (f"{result.taken_off.before:.4f}", f"{result.taken_off.after:.4f}") == (
        "4.0000",
        "3.9000",
    )
    assert read(text, Place()) == [card]


def test_the_flood_days_of_october_2011_are_holidays() -> None:
    days = [date(2011, 10, day) for day in (26, 27, 28, 31)]

    assert [is_working_day(day, rules()) for day in days] == [True, False, False, False]


def test_a_holiday_can_be_for_some_provinces_only() -> None:
    day = date(2011, 11, 1)
    the_rules = with_holiday(day, provinces=("TH-74",))

    assert [holiday_on(day, the_rules, where) for where in ("TH-74", "TH-50", None)] == [
        Text("วันทดสอบ", "Test day"),
        None,
        None,
    ]
    assert late("2011-11-02", the_rules, "TH-74").days == (date(2011, 11, 2),)
    assert late("2011-11-02", the_rules, "TH-50").days == (date(2011, 11, 1), date(2011, 11, 2))


def test_a_working_day_can_be_declared_on_a_holiday() -> None:
    day = date(2011, 10, 31)

    assert is_working_day(day, with_holiday(day, working=True))


def test_a_working_day_can_be_declared_for_some_provinces_only() -> None:
    flood, next_flood_day = date(2011, 10, 28), date(2011, 10, 31)
    the_rules = with_holiday(flood, provinces=("TH-74",), working=True)
    places = ("TH-74", "TH-50", None)

    assert [is_working_day(flood, the_rules, place) for place in places] == [True, False, False]
    assert [is_working_day(next_flood_day, the_rules, place) for place in places] == [False] * 3


def test_a_day_that_is_a_holiday_twice_has_the_name_of_the_first_rule() -> None:
    day = date(2011, 10, 31)
    name = holiday_on(day, with_holiday(day))

    assert name is not None
    assert name.en == FLOOD


def test_a_year_or_a_round_without_a_deduction_or_a_due_day_has_no_lateness() -> None:
    day = date(2024, 6, 1)
    without_deduction = book(2567).on(day, "province")
    extended = without_deduction.need("round.6m", Round)
    assert lateness(extended, day, without_deduction, extended=date(2024, 5, 1)) is None

    final = rules().need("round.12m", Round)
    assert lateness(without_due_day(final), date(2011, 11, 2), rules()) is None


def test_whether_a_due_day_on_a_holiday_moves_is_the_years_rule() -> None:
    base = rules()
    rule = base.the(LateDeduction)
    assert rule is not None
    moving = replace(rule.version, value=replace(rule.value, due_on_holiday="moves"))
    the_rules = replace(base, by_id={**base.by_id, rule.id: replace(rule, version=moving)})

    assert late("2011-11-02").due == date(2011, 10, 31)
    assert late("2011-11-02", the_rules).due == date(2011, 11, 1)
    assert late("2011-11-02", the_rules, on_holiday="stands").due == date(2011, 10, 31)
