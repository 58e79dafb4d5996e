"""Who may do what, in which state: the table of docs/reference, held against the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.states import CHANGE_EDITS, CHANGE_MOVES, ChangeState
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import Sitting
from esar.agree.committees.states import SITTING_EDITS, SITTING_MOVES, SittingState
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import SCORECARD_EDITS, SCORECARD_MOVES, State
from esar.operations.reference import roles_document, routes_document
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    draft,
    in_force,
    kpi,
    open_sitting,
    request_fields,
)

SECRETARY_OF = {"opinion": "L1-P", "decide": "L2-P", "acknowledge": "SUB"}


def in_state(card: Scorecard, state: str) -> Scorecard:
    """The scorecard as if it were in a state; the database's own rules are kept."""
    approved = "" if state in ("draft", "proposed", "opinion", "decide") else "x" * 64
    Scorecard.objects.filter(pk=card.pk).update(
        state=state, approved_sha256=approved, version=1 if state == "in_force" else 0
    )
    return Scorecard.objects.select_related("body__parent").get(pk=card.pk)


@pytest.fixture
def card(world: World) -> Scorecard:
    return draft(world)


def cast(world: World, state: str) -> dict[str, Any]:
    """Someone in each role for the province; the secretary is that of the state's committee."""
    people = dict(world.by_role)
    people["secretary"] = world.secretaries[SECRETARY_OF.get(state, "L2-P")]
    return people


def test_every_role_state_and_action_of_a_scorecard_is_as_the_table_says(
    world: World, card: Scorecard
) -> None:
    for state in State.values:
        now = in_state(card, state)
        for role, person in cast(world, state).items():
            for name, move in {**SCORECARD_MOVES, **SCORECARD_EDITS}.items():
                verdict = SCORECARD_LIFE.may(person, now, name, ON)
                expected = state in move.sources and role in move.roles
                assert bool(verdict) == expected, (state, role, name)
                assert expected or verdict.problem is not None


def test_every_role_state_and_action_of_a_change_is_as_the_table_says(world: World) -> None:
    from esar.agree.changes import actions as changes

    card = in_force(world)
    asked = changes.ask(card, kpi(card), request_fields(), by=world.reporter, at=AT, on=FEBRUARY)
    for state in ChangeState.values:
        ChangeRequest.objects.filter(pk=asked.pk).update(state=state)
        now = ChangeRequest.objects.select_related("scorecard__body__parent").get(pk=asked.pk)
        people = cast(world, "" if state == "opinion" else state)
        for role, person in people.items():
            for name, move in {**CHANGE_MOVES, **CHANGE_EDITS}.items():
                verdict = CHANGE_LIFE.may(person, now, name, FEBRUARY)
                # a KPI of the province's own has no step of first opinion
                expected = state in move.sources and role in move.roles
                expected = expected and state != "opinion"
                assert bool(verdict) == expected, (state, role, name)


def test_every_role_state_and_action_of_a_sitting_is_as_the_table_says(world: World) -> None:
    sitting = open_sitting(world, world.level2)
    for state in SittingState.values:
        Sitting.objects.filter(pk=sitting.pk).update(state=state, minutes="มติ")
        now = Sitting.objects.select_related("committee").get(pk=sitting.pk)
        for role, person in world.by_role.items():
            for name, move in {**SITTING_MOVES, **SITTING_EDITS}.items():
                expected = state in move.sources and role in move.roles
                assert bool(SITTING_LIFE.may(person, now, name, ON)) == expected, (
                    state,
                    role,
                    name,
                )


def test_a_role_at_another_body_or_committee_counts_for_nothing(
    world: World, card: Scorecard
) -> None:
    strangers = [world.reporter_d, world.approver_d, *world.secretaries.values()]
    for state in State.values:
        now = in_state(card, state)
        right = world.secretaries.get(SECRETARY_OF.get(state, ""))
        for person in strangers:
            for name in SCORECARD_MOVES:
                verdict = SCORECARD_LIFE.may(person, now, name, ON)
                assert not verdict or person == right, (state, person.name, name)


@pytest.mark.parametrize(
    ("path", "made"),
    [("docs/reference/roles.md", roles_document), ("docs/reference/routes.md", routes_document)],
)
def test_the_reference_is_what_the_code_says(path: str, made: Any) -> None:
    """Run `make reference` after changing a table."""
    assert Path(path).read_text("utf-8") == made()
