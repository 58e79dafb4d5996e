"""A rule is read aloud without names of fields that say nothing."""

from __future__ import annotations

from datetime import date

from esar.law.rules.document import describe
from tests.law.scoring.make import book


def test_a_step_without_a_meeting_of_its_own_names_none() -> None:
    road = book().entries["road"].on(date(2024, 9, 30))
    assert road is not None

    steps = [line.text for line in describe(road.value, "en")]

    assert steps[1:3] == [
        "The commission · Day 7 June 2023 · What approves the frame of 2567 · Meeting 3/2566",
        "The Cabinet · Day 25 July 2023 · What approves the frame of 2567",
    ]
