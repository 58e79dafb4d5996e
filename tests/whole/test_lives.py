"""Any sequence of actions by anyone: the states are those the tables allow, and no others.

Each machine keeps a small model beside the database. An action that the model allows must happen;
one that it does not must be refused and leave everything as it was.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.states import CHANGE_MOVES
from esar.agree.committees import actions as sittings
from esar.agree.committees import resolutions
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.committees.states import SITTING_MOVES
from esar.agree.kpi_definitions import actions as audits
from esar.agree.kpi_definitions.life import TEMPLATES_LIFE
from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.queries import templates_of
from esar.agree.kpi_definitions.states import TEMPLATES_MOVES
from esar.agree.scorecards.actions import save_kpi
from esar.agree.scorecards.content import binding, kpis_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard, ScorecardVersion
from esar.agree.scorecards.states import SCORECARD_MOVES
from esar.platform.history.models import Event
from tests.agree.scorecards import make as agreements
from tests.machines import CALM, COMMITTEE_AT, PEOPLE, Life, is_right, tried
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    close,
    draft,
    fields,
    in_force,
    kpi,
    open_sitting,
    request_fields,
)

JANUARY = date(2011, 1, 20)
LATER = agreements.at(JANUARY)
FILLED: dict[str, Any] = {
    "definition": "นิยามที่ครบ",
    "formula": "ก ÷ ข × 100",
    "data_source": "สำนักงานจังหวัด",
    "baseline": [{"year": 2553, "value": "72"}],
    "collection": "เก็บรายเดือน",
    "owner": "สมศรี",
    "owner_phone": "034 000 000",
}
ROUTE = ["opinion", "decide", "collect", "acknowledge", "inform", "in_force"]


class ScorecardLife(Life):
    def begin(self) -> None:
        self.card = draft(self.world)
        self.state = "draft"
        self.tampered = False

    @property
    def bound(self) -> bool:
        return self.state in ("collect", "acknowledge", "inform", "in_force")

    def after(self, name: str) -> str:
        target = SCORECARD_MOVES[name].target
        if target != "next":
            return target
        return ROUTE[0] if self.state == "proposed" else ROUTE[ROUTE.index(self.state) + 1]

    @rule(
        person=PEOPLE,
        name=st.sampled_from(sorted(SCORECARD_MOVES)),
        reason=st.sampled_from(["", "เหตุ"]),
    )
    def moves(self, person: str, name: str, reason: str) -> None:
        """Anyone tries any move outside a sitting."""
        table = SCORECARD_MOVES[name]
        expected = (
            self.state in table.sources
            and is_right(person, table.roles, self.state)
            and not table.needs_resolution
            and (bool(reason) or not table.needs_reason)
            and not (self.tampered and self.bound)
        )
        target = self.after(name) if expected else self.state
        by = self.who(person)
        assert (
            tried(lambda: SCORECARD_LIFE.move(self.card, name, by=by, at=AT, on=ON, reason=reason))
            == expected
        )
        self.state = target

    @rule(
        person=PEOPLE,
        outcome=st.sampled_from(
            ["opinion", "approve", "return", "acknowledge", "reject", "deferred"]
        ),
    )
    def resolves(self, person: str, outcome: str) -> None:
        """The committee whose turn it is sits; anyone tries to record anything."""
        code = COMMITTEE_AT.get(self.state)
        if code is None:
            return
        committee = {"L1-P": self.world.level1, "L2-P": self.world.level2, "SUB": self.world.sub}[
            code
        ]
        sitting = open_sitting(self.world, committee, self.card)
        item = AgendaItem.objects.get(sitting=sitting)
        allowed = {
            "opinion": {"opinion", "return", "deferred"},
            "decide": {"approve", "return", "deferred"},
            "acknowledge": {"acknowledge", "return", "deferred"},
        }[self.state]
        broken = self.tampered and self.bound and outcome != "deferred"
        expected = person == code and outcome in allowed and not broken
        target = self.state
        if expected and outcome != "deferred":
            target = self.after(outcome)
        by = self.who(person)
        done = tried(lambda: resolutions.resolve(item, outcome, by=by, at=AT, on=ON, reason="เหตุ"))
        assert done == expected
        if done:
            close(sitting, by=by)
        self.state = target
        if not done:
            sittings.take_off_agenda(item, by=self.world.secretaries[code], at=AT, on=ON)

    @rule(person=PEOPLE, highest=st.sampled_from(["90", "91", "92"]))
    def edits(self, person: str, highest: str) -> None:
        expected = self.state == "draft" and person == "reporter"
        one, by = kpi(self.card), self.who(person)
        values = fields("1.1", weight=one.weight, targets=["80", "85", highest])
        assert tried(lambda: save_kpi(self.card, values, by=by, at=AT, on=ON, kpi=one)) == expected
        if expected:
            self.tampered = False

    @rule()
    def goes_on(self) -> None:
        """The next right step, so that a run gets far."""
        step = {
            "draft": ("reporter", "propose"),
            "proposed": ("approver", "submit"),
            "collect": ("analyst", "collect"),
            "inform": ("analyst", "inform"),
        }
        outcome = {"opinion": "opinion", "decide": "approve", "acknowledge": "acknowledge"}
        if self.state in step:
            self.moves(*step[self.state], "")
        elif self.state in outcome:
            self.resolves(COMMITTEE_AT[self.state], outcome[self.state])

    @rule()
    def someone_tampers(self) -> None:
        """Behind our back, in the database: only what is bound notices."""
        if self.bound and not self.tampered:
            self.kept = kpi(self.card).targets
            Kpi.objects.filter(pk=kpi(self.card).pk).update(targets=["1", "2", "3"])
            self.tampered = True

    @rule()
    def it_is_mended(self) -> None:
        if self.tampered and self.bound:
            Kpi.objects.filter(pk=kpi(self.card).pk).update(targets=self.kept)
            self.tampered = False

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        now = Scorecard.objects.get(pk=self.card.pk)
        assert now.state == self.state
        assert bool(now.approved_sha256) == self.bound
        expected = "none" if not self.bound else "broken" if self.tampered else "kept"
        assert binding(now) == expected
        versions = ScorecardVersion.objects.filter(scorecard=now).count()
        assert (versions, now.version) == ((1, 1) if self.state == "in_force" else (0, 0))

    @invariant()
    def nothing_skipped_a_level(self) -> None:
        """Before each move of the log stands the one that leads to it."""
        states = [
            (event.before["state"], event.after["state"])
            for event in Event.objects.filter(
                subject_kind="scorecard", subject_id=str(self.card.pk), before__has_key="state"
            )
        ]
        assert [old for old, _ in states[1:]] == [new for _, new in states[:-1]]


class ChangeLife(Life):
    def begin(self) -> None:
        self.card = in_force(self.world)
        self.asked = changes.ask(
            self.card, kpi(self.card), request_fields(), by=self.world.reporter, at=AT, on=FEBRUARY
        )
        self.state, self.version = "draft", 1

    @rule(
        person=PEOPLE,
        name=st.sampled_from(sorted(CHANGE_MOVES)),
        reason=st.sampled_from(["", "เหตุ"]),
    )
    def moves(self, person: str, name: str, reason: str) -> None:
        table = CHANGE_MOVES[name]
        expected = (
            self.state in table.sources
            and is_right(person, table.roles, self.state)
            and not table.needs_resolution
            and (bool(reason) or not table.needs_reason)
        )
        by = self.who(person)
        done = tried(
            lambda: CHANGE_LIFE.move(
                self.asked,
                name,
                by=by,
                at=AT,
                on=FEBRUARY,
                reason=reason,
                day=FEBRUARY,
                letter="มท 0810/1",
            )
        )
        assert done == expected
        if not done:
            return
        self.state = {"submit": "decide", "tell": "acknowledge"}.get(name, table.target)
        self.version += name == "tell"

    @rule(
        person=PEOPLE,
        outcome=st.sampled_from(["approve", "reject", "acknowledge", "opinion", "deferred"]),
    )
    def resolves(self, person: str, outcome: str) -> None:
        code = COMMITTEE_AT.get(self.state)
        if code is None:
            return
        committee = self.world.level2 if code == "L2-P" else self.world.sub
        self.asked.refresh_from_db()
        sitting = open_sitting(self.world, committee, self.asked, on=FEBRUARY)
        item = AgendaItem.objects.get(sitting=sitting)
        allowed = {
            "decide": {"approve", "reject", "deferred"},
            "acknowledge": {"acknowledge", "deferred"},
        }[self.state]
        expected = person == code and outcome in allowed
        by = self.who(person)
        done = tried(
            lambda: resolutions.resolve(item, outcome, by=by, at=AT, on=FEBRUARY, reason="เหตุ")
        )
        assert done == expected
        if done:
            close(sitting, by=by, on=FEBRUARY)
        if not done:
            sittings.take_off_agenda(item, by=self.world.secretaries[code], at=AT, on=FEBRUARY)
        elif outcome == "approve":
            self.state = "tell"
        elif outcome != "deferred":
            self.state = {"reject": "rejected", "acknowledge": "done"}[outcome]

    @rule()
    def goes_on(self) -> None:
        step = {
            "draft": ("reporter", "propose"),
            "proposed": ("approver", "submit"),
            "tell": ("L2-P", "tell"),
        }
        if self.state in step:
            self.moves(*step[self.state], "")
        elif self.state in ("decide", "acknowledge"):
            outcome = "approve" if self.state == "decide" else "acknowledge"
            self.resolves(COMMITTEE_AT[self.state], outcome)

    @rule(person=PEOPLE)
    def asks_again(self, person: str) -> None:
        """A second request for the same KPI waits until the first is decided."""
        over = self.state in ("done", "rejected", "withdrawn", "acknowledge")
        by, fresh = self.who(person), Scorecard.objects.get(pk=self.card.pk)
        wanted = request_fields(targets=["66", "68", str(70 + self.version)])
        one = kpi(fresh)
        point = transaction.savepoint()
        done = tried(lambda: changes.ask(fresh, one, wanted, by=by, at=AT, on=FEBRUARY))
        transaction.savepoint_rollback(point)
        assert done == (person == "reporter" and over)

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        now = ChangeRequest.objects.get(pk=self.asked.pk)
        card = Scorecard.objects.get(pk=self.card.pk)
        assert (now.state, card.version, binding(card)) == (self.state, self.version, "kept")
        numbers = ScorecardVersion.objects.filter(scorecard=card).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, self.version + 1))


class SittingLife(Life):
    def begin(self) -> None:
        self.sitting = sittings.call(
            self.world.level2,
            year=2567,
            held_at=AT,
            place="ห้อง 1",
            by=self.world.secretaries["L2-P"],
            at=AT,
            on=ON,
        )
        self.state, self.present = "planned", 0

    @rule(person=PEOPLE, many=st.integers(0, 3))
    def attends(self, person: str, many: int) -> None:
        there = [self.world.secretaries["L2-P"], *self.world.members["L2-P"]][:many]
        by = self.who(person)
        done = tried(lambda: sittings.mark_attendance(self.sitting, there, by=by, at=AT, on=ON))
        assert done == (person == "L2-P" and self.state in ("planned", "open"))
        if done:
            self.present = many

    @rule(
        person=PEOPLE,
        name=st.sampled_from(sorted(SITTING_MOVES)),
        said=st.sampled_from(["", "ข้อความ"]),
    )
    def moves(self, person: str, name: str, said: str) -> None:
        expected = person == "L2-P" and self.state in SITTING_MOVES[name].sources
        # a quorum is more than half of three; closing and cancelling need words, and opening too,
        # as seats are vacant
        expected = expected and bool(said) and (self.present >= 2 or name != "open")
        by = self.who(person)
        done = tried(
            lambda: SITTING_LIFE.move(
                self.sitting, name, by=by, at=AT, on=ON, reason=said, minutes=said
            )
        )
        assert done == expected
        if done:
            self.state = {"open": "open", "close": "closed", "cancel": "cancelled"}[name]

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        now = Sitting.objects.get(pk=self.sitting.pk)
        assert now.state == self.state
        assert bool(now.minutes) == (self.state == "closed")


class TemplatesLife(Life):
    """KPI templates of 2554; one KPI is still to be filled in, and may be filled in anew."""

    def begin(self) -> None:
        self.card = agreements.in_force(self.world)
        self.kpis = {one.number: one for one in kpis_of(self.card)}
        for number in list(self.kpis)[1:]:
            self.fill(number, "เงื่อนไข", self.world.reporter)
        self.state, self.text, self.sent = "draft", "", False
        self.others_passed = False
        self.first: tuple[bool, str] | None = None  # the verdict, and what it was given of

    def fill(self, number: str, conditions: str, by: Any) -> None:
        said = FILLED | {"conditions": conditions}
        audits.save_sheet(self.card, self.kpis[number], said, by=by, at=LATER, on=JANUARY)

    @rule(person=PEOPLE, conditions=st.sampled_from(["", "ก", "ข"]))
    def fills(self, person: str, conditions: str) -> None:
        expected = self.state in ("draft", "returned") and person == "reporter"
        by = self.who(person)
        assert tried(lambda: self.fill("1.1", conditions, by)) == expected
        if expected:
            self.text = conditions

    @rule(person=PEOPLE, passed=st.booleans())
    def judges(self, person: str, passed: bool) -> None:
        expected = self.state == "sent" and person == "analyst"
        verdicts = dict.fromkeys(self.kpis, (True, "")) | {"1.1": (passed, "เหตุ")}
        by = self.who(person)
        assert expected == tried(
            lambda: audits.judge(self.card, verdicts, by=by, at=LATER, on=JANUARY)
        )
        if expected:
            self.first, self.others_passed = (passed, self.text), True

    @rule(
        person=PEOPLE,
        name=st.sampled_from(sorted(TEMPLATES_MOVES)),
        reason=st.sampled_from(["", "เหตุ"]),
    )
    def moves(self, person: str, name: str, reason: str) -> None:
        table = TEMPLATES_MOVES[name]
        judged = self.others_passed and self.first is not None and self.first[1] == self.text
        ready = {
            "propose": bool(self.text),
            "submit": bool(self.text),
            "return": judged and self.first == (False, self.text),
            "pass": judged and self.first == (True, self.text),
        }
        expected = (
            self.state in table.sources
            and is_right(person, table.roles, self.state)
            and ready.get(name, True)
            and (bool(reason) or not table.needs_reason)
        )
        by = self.who(person)
        assert expected == tried(
            lambda: TEMPLATES_LIFE.move(
                templates_of(self.card), name, by=by, at=LATER, on=JANUARY, reason=reason
            )
        )
        if not expected:
            return
        self.state = table.target
        if name == "submit":  # what passed and was not touched since is not judged twice
            self.sent = True
            self.first = self.first if self.first == (True, self.text) else None

    @rule()
    def goes_on(self) -> None:
        """The next right step, so that a run gets far."""
        if not self.text:
            self.fills("reporter", "ก")
        elif self.state in ("draft", "returned", "proposed"):
            at_the_approver = self.state == "proposed"
            who, name = ("approver", "submit") if at_the_approver else ("reporter", "propose")
            self.moves(who, name, "")
        elif self.state == "sent" and self.first is None:
            self.judges("analyst", True)
        elif self.state == "sent" and self.first is not None:
            self.moves("analyst", "pass" if self.first[0] else "return", "")

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        now = KpiTemplates.objects.get(scorecard=self.card)
        card = Scorecard.objects.get(pk=self.card.pk)
        assert (now.state, now.received is not None) == (self.state, self.sent)
        version = 2 if self.state == "passed" else 1
        assert (card.state, card.version, binding(card)) == ("in_force", version, "kept")
        newest = ScorecardVersion.objects.filter(scorecard=card).order_by("-number")[0]
        held = newest.content["kpis"]
        assert (held[0]["conditions"] == self.text) == (self.state == "passed" or not self.text)


@pytest.mark.any_database
@pytest.mark.parametrize("machine", [ScorecardLife, ChangeLife, SittingLife, TemplatesLife])
def test_no_sequence_of_actions_leaves_the_table(world: World, machine: type[Life]) -> None:
    assert world.by_role  # everyone is there before the first run
    machine.world = world
    run_state_machine_as_test(machine, settings=CALM)
