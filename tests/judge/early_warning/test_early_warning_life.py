"""Any sequence of moves by anyone: a warning's states are those the table allows, and no others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from esar.agree.scorecards.models import Scorecard
from esar.judge.early_warning import actions
from esar.judge.early_warning.life import WARNING_LIFE
from esar.judge.early_warning.models import EarlyWarning
from esar.judge.early_warning.states import OPEN, WARNING_MOVES
from tests.machines import CALM, PEOPLE, Life, tried
from tests.make import AT, World, in_force

JUNE = date(2024, 6, 3)
PLAN = {
    "cause": "ฝนทิ้งช่วง",
    "remedy": "เพิ่มแหล่งน้ำ",
    "remedy_owner": "เกษตรจังหวัด",
    "remedy_by": date(2024, 8, 31),
}
WORDS = st.sampled_from(["", "เหตุ"])
NAMES = st.sampled_from(sorted(WARNING_MOVES))


class WarningLife(Life):
    card: Scorecard

    def begin(self) -> None:
        actions.warn(2567, on=JUNE, at=AT, by=self.world.analyst)
        self.one = EarlyWarning.objects.get(scorecard=self.card, number="1.2")
        self.state = "asked"

    @rule(person=PEOPLE, name=NAMES, reason=WORDS, whole=st.booleans())
    def moves(self, person: str, name: str, reason: str, whole: bool) -> None:
        table = WARNING_MOVES[name]
        expected = (
            self.state in table.sources
            and person in table.roles
            and (bool(reason) or not table.needs_reason)
            and (whole or name != "plan")
        )
        plan = PLAN if whole else PLAN | {"cause": " "}
        by: Any = self.who(person)
        done = tried(
            lambda: WARNING_LIFE.move(
                self.one, name, by=by, at=AT, on=JUNE, reason=reason, plan=plan
            )
        )
        assert done == expected, (person, name, self.state)
        if done:
            self.state = str(table.target)

    @rule()
    def goes_on(self) -> None:
        """The way that a plan should go, so that runs reach its end."""
        step = {
            "asked": ("reporter", "plan"),
            "returned": ("reporter", "plan"),
            "planned": ("approver", "send_plan"),
            "sent": ("analyst", "accept_plan"),
            "accepted": ("analyst", "close_warning"),
        }
        if self.state in step:
            self.moves(*step[self.state], "เหตุ", True)

    @rule(person=PEOPLE)
    def looks_again(self, person: str) -> None:
        """Only an analyst warns, and never a second time of what is still open."""
        open_before = EarlyWarning.objects.filter(state__in=OPEN).count()
        by: Any = self.who(person)
        done = tried(lambda: actions.warn(2567, on=JUNE, at=AT, by=by))
        assert done == (person == "analyst")
        fresh = EarlyWarning.objects.filter(state__in=OPEN).count() - open_before
        assert fresh == (1 if done and self.state in ("done", "withdrawn") else 0)
        if fresh:
            found = EarlyWarning.objects.filter(scorecard=self.card, number="1.2")
            self.one = found.get(state="asked")
            self.state = "asked"

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        now = EarlyWarning.objects.get(pk=self.one.pk)
        assert now.state == self.state
        assert bool(now.note) == (self.state in ("done", "withdrawn"))


@pytest.mark.any_database
def test_no_sequence_of_moves_leaves_the_table(world: World) -> None:
    assert world.by_role  # everyone is there before the first run
    WarningLife.world, WarningLife.card = world, in_force(world)
    run_state_machine_as_test(WarningLife, settings=CALM)
