"""Who may do what to an appeal, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.judge.appeals.models import Appeal, PanelSeat
from esar.judge.appeals.queries import (
    barred_from,
    came_of_an_appeal,
    last_day,
    majority,
    seats_of,
    standing,
    wrote_appeal,
)
from esar.judge.appeals.states import APPEAL_MOVES, Vote
from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds

AT_THE_BODY = (Role.REPORTER, Role.APPROVER)


def may_begin(person: Any, result: Result, day: date) -> Verdict:
    """Begin an appeal: a reporter of the body, while the result can be appealed."""
    if not holds(person, day, Role.REPORTER, body=result.body_id):
        return denied("access.wrong_role", roles=(Word("role.reporter"),))
    last = last_day(result)
    if result.state != ResultState.RELEASED:
        return denied("appeal.not_released")
    if last is None:
        return denied("appeal.no_way")
    if day > last:
        return denied("appeal.late", day=last)
    if came_of_an_appeal(result):
        return denied("appeal.final")
    return denied("appeal.stands") if standing(result) else ALLOWED


def may_move(person: Any, appeal: Appeal, name: str, day: date) -> Verdict:
    """Make a move of APPEAL_MOVES. Nobody files what they wrote, nor judges what they judged."""
    move = APPEAL_MOVES[name]
    if appeal.state not in move.sources:
        return denied("appeal.wrong_state", state=Word(f"appeal-state.{appeal.state}"))
    if not any(_has_role(person, role, appeal, day) for role in move.roles):
        return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in move.roles))
    if name in ("write", "file"):
        return _in_time(person, appeal, name, day)
    if name in ("vote", "uphold", "reject"):
        return _on_the_panel(person, appeal, name, day)
    return ALLOWED


def _has_role(person: Any, role: str, appeal: Appeal, day: date) -> bool:
    """Body roles count at the body; a panel is of assessors in their own right."""
    if role in AT_THE_BODY:
        return holds(person, day, role, body=appeal.result.body_id)
    return holds(person, day, role, own=role == Role.ASSESSOR)


def _in_time(person: Any, appeal: Appeal, name: str, day: date) -> Verdict:
    if day > appeal.file_by:
        return denied("appeal.late", day=appeal.file_by)
    if appeal.result.state != ResultState.RELEASED:
        return denied("appeal.not_released")
    if name == "file" and wrote_appeal(person, appeal):
        return denied("access.own_work")
    return ALLOWED


def _on_the_panel(person: Any, appeal: Appeal, name: str, day: date) -> Verdict:
    """A seat, nothing that bars them by now, and for a decision: the chair, with a majority."""
    seats = seats_of(appeal)
    seat = next((one for one in seats if one.person_id == person.pk), None)
    if seat is None:
        return denied("appeal.not_on_the_panel")
    bar = barred_from(appeal, day).get(person.pk)
    if bar is not None:
        return denied("appeal.barred", name=person.name, why=Word(bar))
    return ALLOWED if name == "vote" else _by_the_chair(seat, seats, name)


def _by_the_chair(seat: PanelSeat, seats: list[PanelSeat], name: str) -> Verdict:
    if not seat.is_chair:
        return denied("appeal.not_the_chair")
    wanted = Vote.UPHOLD if name == "uphold" else Vote.REJECT
    if majority(seats) != wanted:
        return denied("appeal.no_majority", vote=Word(f"vote.{wanted}"))
    return ALLOWED
