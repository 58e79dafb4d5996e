"""Fields of days in forms: a day is typed in one way, and one that cannot be is told."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from esar.platform.ui.forms import DayText, Form, MomentText

pytestmark = pytest.mark.any_database


class DayForm(Form):
    day = DayText(label="day")


class MomentForm(Form):
    moment = MomentText(label="moment")


@pytest.mark.parametrize(
    "typed", ["2024-02-29", " 2024-2-29 ", "๒๐๒๔-๐๒-๒๙", "2024\u201302\u201329"]
)
def test_a_day_is_taken_as_it_is_seen(typed: str) -> None:
    form = DayForm({"day": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2024, 2, 29)


NO_DAY = (
    "“{}” is no day. Choose one from the calendar, or type year, month and day, like 2024-10-31."
)
NO_SUCH_DAY = "There is no “{}” in the calendar. Check the day and the month."
OUT_OF_RANGE = "The year of “{}” is out of range. Use the Gregorian year (2024, not 2567)."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2/11/54", NO_DAY),
        ("54-11-02", NO_DAY),
        ("2024-10-31T23:30Z", NO_DAY),
        ("2023-02-29", NO_SUCH_DAY),
        ("2024-10-00", NO_SUCH_DAY),
        ("2567-10-31", OUT_OF_RANGE),
        ("1066-10-14", OUT_OF_RANGE),
    ],
)
def test_a_day_that_cannot_be_is_told_and_stays_in_its_field(typed: str, sentence: str) -> None:
    with translation.override("en"):
        form = DayForm({"day": typed})

        assert (form.errors["day"], form["day"].value()) == ([sentence.format(typed)], typed)


@pytest.mark.parametrize("typed", ["2024-02-30T09:00", "2024-02-28T25:00", "28/2/2024 9:00"])
def test_a_moment_that_cannot_be_is_told_and_stays_in_its_field(typed: str) -> None:
    with translation.override("en"):
        form = MomentForm({"moment": typed})

        (sentence,) = form.errors["moment"]

    assert (sentence.startswith(f"“{typed}” "), form["moment"].value()) == (True, typed)
