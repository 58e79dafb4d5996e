"""A day is written in one way, whichever language the page speaks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import translation

from esar.agree.committees.forms import ResolveForm
from esar.platform.ui.forms import DayText, Form, MomentText


class Visit(Form):
    day = DayText(label="x")


class Sitting(Form):
    at = MomentText(label="x")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-10-05", date(2024, 10, 5)),
        (" ๒๐๒๔-๑๐-๐๕\u200b", date(2024, 10, 5)),
        ("2024-1-5", date(2024, 1, 5)),
    ],
)
def test_a_day_is_read_alike_in_both_languages(language: str, typed: str, day: date) -> None:
    with translation.override(language):
        form = Visit({"day": typed})
        assert (form.is_valid(), form.cleaned_data) == (True, {"day": day})


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "typed", ["5/10/2024", "05/10/24", "1/10/66", "Oct 5, 2024", "5 ต.ค. 2567", "20241005"]
)
def test_what_one_reads_as_may_and_another_as_october_is_refused(language: str, typed: str) -> None:
    with translation.override(language):
        form = Visit({"day": typed})
        sentence = {
            "th": "ไม่ใช่วันที่ โปรดเลือกจากปฏิทิน หรือพิมพ์ปี ค.ศ. เดือน วัน เช่น 2024-10-31",
            "en": "is no day. Choose one from the calendar, or type year, month and day,"
            " like 2024-10-31.",
        }[language]
        assert form.errors == {"day": [f"“{typed}” {sentence}"]}


def test_a_day_of_the_buddhist_era_and_one_that_never_was_are_told_as_before() -> None:
    with translation.override("th"):
        assert Visit({"day": "2567-10-05"}).errors == {
            "day": ["ปีในวันที่ “2567-10-05” อยู่นอกช่วง โปรดใช้ปี ค.ศ. (เช่น 2024 ไม่ใช่ 2567)"]
        }
        assert Visit({"day": "2024-02-31"}).errors == {
            "day": ["ไม่มี “2024-02-31” ในปฏิทิน โปรดตรวจวันและเดือน"]
        }


@pytest.mark.parametrize("language", ["th", "en"])
def test_so_is_a_moment(language: str) -> None:
    with translation.override(language):
        form = Sitting({"at": "2024-02-07T09:30"})
        assert form.is_valid()
        assert form.cleaned_data["at"] == datetime(2024, 2, 7, 2, 30, tzinfo=UTC)
        assert not Sitting({"at": "07/02/2024 09:30"}).is_valid()
        assert not Sitting({"at": "2567-02-07T09:30"}).is_valid()


def test_a_resolution_that_there_is_not_is_no_resolution() -> None:
    form = ResolveForm({"outcome": "zzz"})

    assert [problem.code for problem in form.problems([object()])] == ["sitting.nothing_chosen"]
    assert isinstance(form.fields["outcome"], forms.ChoiceField)
