"""Any sequence of actions on a monthly report by anyone leaves it where its table says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from esar.report.activity_plans.monthly import actions
from esar.report.activity_plans.monthly.models import MonthlyReport, MonthlyVersion
from esar.report.activity_plans.monthly.queries import facts_of, report_on
from esar.report.activity_plans.monthly.states import MONTH_MOVES
from tests.machines import CALM, PEOPLE, Life, is_right, tried
from tests.make import World
from tests.report.activity_plans.make import moment
from tests.report.activity_plans.monthly.make import kept_pdf, move, plan_in_force, said

JANUARY, ON = date(2018, 1, 1), date(2018, 2, 5)


class MonthLife(Life):
    def begin(self) -> None:
        self.plan = plan_in_force(self.world)
        self.state, self.sent, self.has_file = "draft", 0, False
        self.is_written, self.done = False, None
        self.sent_done: bool | None = None

    @rule(name=PEOPLE, done=st.sampled_from([True, False, None]))
    def saves(self, name: str, done: bool | None) -> None:
        happened = tried(
            lambda: actions.save_month(
                self.plan,
                JANUARY,
                said((1, "2018-01", done)),
                by=self.who(name),
                at=moment(ON),
                revision=report_on(self.plan, JANUARY).revision,
                on=ON,
            )
        )
        assert happened == (name == "reporter" and self.state == "draft")
        if happened:
            self.is_written, self.done = True, done

    @rule(name=PEOPLE)
    def attaches(self, name: str) -> None:
        happened = tried(
            lambda: actions.attach(
                self.plan, JANUARY, 1, kept_pdf(), "ผล.pdf", by=self.who(name), at=moment(ON), on=ON
            )
        )
        assert happened == (name == "reporter" and self.state == "draft")
        self.has_file |= happened

    @rule(
        name=PEOPLE, step=st.sampled_from(sorted(MONTH_MOVES)), reason=st.sampled_from(["", "เหตุ"])
    )
    def moves(self, name: str, step: str, reason: str) -> None:
        table = MONTH_MOVES[step]
        allowed = self.state in table.sources and is_right(name, table.roles, self.state)
        allowed &= bool(reason) or not table.needs_reason
        if step in ("propose", "submit"):
            allowed &= self.is_written and (self.has_file or not self.done)
        happened = tried(
            lambda: move(
                self.plan, JANUARY, step, by=self.who(name), at=moment(ON), on=ON, reason=reason
            )
        )
        assert happened == allowed, (name, step, self.state)
        if happened:
            self.state = table.target
            if step == "submit":
                self.sent, self.sent_done = self.sent + 1, self.done

    @rule(move=st.sampled_from(["propose", "submit"]))
    def goes_on(self, move: str) -> None:
        """The right person's next step, so that runs come to the end."""
        self.moves("reporter" if move == "propose" else "approver", move, "")

    @invariant()
    def it_is_where_the_model_is(self) -> None:
        report = MonthlyReport.objects.filter(plan=self.plan).first()
        assert (report.state if report else "draft") == self.state
        versions = MonthlyVersion.objects.filter(report__plan=self.plan)
        assert sorted(one.number for one in versions) == list(range(1, self.sent + 1))
        facts = facts_of(self.world.province, 2561)
        assert facts is not None
        assert facts.activities[0].outputs[0].done == self.sent_done


@pytest.mark.any_database
def test_no_sequence_of_actions_leaves_the_table(world: World) -> None:
    assert world.by_role  # everyone is there before the first run
    MonthLife.world = world
    run_state_machine_as_test(MonthLife, settings=CALM)
