"""Who may do what to a scorecard, and why not. Moves are asked of its life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import State
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.problems import Problem
from esar.kernel.wording import Word
from esar.law.rules.kinds import Window
from esar.platform.calendars.queries import Entry, entry
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import holds


def may_open(person: Any, body: Body, day: date) -> Verdict:
    """Open a year's scorecard: the body's reporter, or the administrator for anyone."""
    if holds(person, day, Role.REPORTER, body=body.pk) or holds(person, day, Role.ADMINISTRATOR):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.reporter"), Word("role.administrator")))


def may_edit(person: Any, scorecard: Scorecard, day: date) -> Verdict:
    """Change what a draft holds. After a resolution nothing but a change request may."""
    if scorecard.state != State.DRAFT and scorecard.approved_sha256:
        return denied("scorecard.bound", state=Word(f"scorecard-state.{scorecard.state}"))
    return SCORECARD_LIFE.may(person, scorecard, "edit", day)


def may_ask_change(person: Any, scorecard: Scorecard, day: date) -> Verdict:
    """Ask to change a KPI of a scorecard in force, within a window of the calendar."""
    if not holds(person, day, Role.REPORTER, body=scorecard.body_id):
        return denied("access.wrong_role", roles=(Word("role.reporter"),))
    if scorecard.state != State.IN_FORCE:
        return denied("scorecard.wrong_state", state=Word(f"scorecard-state.{scorecard.state}"))
    return window_verdict(scorecard, day)


def window_verdict(scorecard: Scorecard, day: date) -> Verdict:
    """Whether a change may be asked for on a day, or when it may."""
    if open_window(scorecard, day) is not None:
        return ALLOWED
    labels = tuple(window.rule.label for window in _windows(scorecard))
    return Verdict(Problem("change.no_window", {"windows": labels, "day": day}))


def open_window(scorecard: Scorecard, day: date) -> str | None:
    """The id of the change window that is open for this body on a day, extensions counted."""
    return next((window.rule.id for window in _windows(scorecard) if window.is_open(day)), None)


def _windows(scorecard: Scorecard) -> Iterator[Entry]:
    """The year's windows for changes, as they are for this body."""
    for rule in rules_of(scorecard)[1].of_kind(Window):
        if rule.id.startswith("changes.window."):
            window = entry(scorecard.fiscal_year, rule.id, scorecard.body)
            if window is not None:
                yield window
