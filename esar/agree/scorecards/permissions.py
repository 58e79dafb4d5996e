"""Who may do what to a scorecard or a change request, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.queries import level_at, recorded_signatures, route_of, wrote
from esar.agree.scorecards.states import SCORECARD_EDITS, SCORECARD_MOVES, State
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.problems import Problem
from esar.kernel.wording import Word
from esar.law.rules.kinds import Route, Window
from esar.platform.calendars.queries import entry
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import committee_for, committees_of, holds


def has_role(
    person: Any, role: str, scorecard: Scorecard, route: Route | None, state: str, day: date
) -> bool:
    """Whether the person holds a role for this body where it now is.

    Body roles count at the body; a secretary's at the committee whose turn it is; OPDC's anywhere.
    """
    body, year = scorecard.body, scorecard.fiscal_year
    if role in (Role.REPORTER, Role.APPROVER):
        return holds(person, day, role, body=body.pk)
    if role == Role.SECRETARY:
        level = level_at(route, state) if route else None
        committee = committee_for(body, level, year) if level is not None else None
        return committee is not None and committee.pk in committees_of(person, day, role)
    return holds(person, day, role)


def has_state_and_role(
    person: Any,
    move: Move,
    thing: str,
    state: str,
    scorecard: Scorecard,
    route: Route | None,
    day: date,
) -> Verdict:
    """The part every life shares: the right state, then the right role."""
    if state not in move.sources:
        return denied(f"{thing}.wrong_state", state=Word(f"{thing}-state.{state}"))
    if not any(has_role(person, role, scorecard, route, state, day) for role in move.roles):
        return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in move.roles))
    return ALLOWED


def may_open(person: Any, body: Body, day: date) -> Verdict:
    """Open a year's scorecard: the body's reporter, or the administrator for anyone."""
    if holds(person, day, Role.REPORTER, body=body.pk) or holds(person, day, Role.ADMINISTRATOR):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.reporter"), Word("role.administrator")))


def may_edit(person: Any, scorecard: Scorecard, day: date) -> Verdict:
    """Change what a draft holds. After a resolution nothing but a change request may."""
    move = SCORECARD_EDITS["edit"]
    if scorecard.state not in move.sources and scorecard.approved_sha256:
        return denied("scorecard.bound", state=Word(f"scorecard-state.{scorecard.state}"))
    return has_state_and_role(person, move, "scorecard", scorecard.state, scorecard, None, day)


def may_move(person: Any, scorecard: Scorecard, name: str, day: date) -> Verdict:
    """Make a move of SCORECARD_MOVES. Nobody approves what they wrote."""
    move = SCORECARD_MOVES[name]
    route = route_of(scorecard)
    verdict = has_state_and_role(person, move, "scorecard", scorecard.state, scorecard, route, day)
    outside = name not in ("submit", "send_back")  # past the body: who sent it in does not decide
    mine = name not in ("propose", "withdraw") and wrote(person, scorecard, or_submitted=outside)
    if verdict and mine:
        return denied("access.own_work")
    if verdict and name == "sign" and recorded_signatures(person, scorecard):
        return denied("access.own_work")
    return verdict


def may_ask_change(person: Any, scorecard: Scorecard, day: date) -> Verdict:
    """Ask to change a KPI of a scorecard in force, within a window of the calendar."""
    if not holds(person, day, Role.REPORTER, body=scorecard.body_id):
        return denied("access.wrong_role", roles=(Word("role.reporter"),))
    if scorecard.state != State.IN_FORCE:
        return denied("scorecard.wrong_state", state=Word(f"scorecard-state.{scorecard.state}"))
    return window_verdict(scorecard, day)


def window_verdict(scorecard: Scorecard, day: date) -> Verdict:
    if open_window(scorecard, day) is None:
        _, rules = rules_of(scorecard)
        windows = tuple(
            entry_.rule.label
            for rule in rules.of_kind(Window)
            if rule.id.startswith("changes.window.")
            and (entry_ := entry(scorecard.fiscal_year, rule.id, scorecard.body)) is not None
        )
        return Verdict(Problem("change.no_window", {"windows": windows, "day": day}))
    return ALLOWED


def open_window(scorecard: Scorecard, day: date) -> str | None:
    """The id of the change window that is open for this body on a day, extensions counted."""
    _, rules = rules_of(scorecard)
    for rule in rules.of_kind(Window):
        if rule.id.startswith("changes.window."):
            one = entry(scorecard.fiscal_year, rule.id, scorecard.body)
            if one is not None and one.is_open(day):
                return rule.id
    return None
