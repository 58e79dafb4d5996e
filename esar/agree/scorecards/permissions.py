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
from esar.law.rules.kinds import ChangeRules
from esar.law.rules.refusals import refusal_of_all
from esar.platform.calendars.queries import Entry, entries
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import holds


def may_open(person: Any, body: Body, day: date) -> Verdict:
    """Open a year's scorecard: the body's reporter, or the administrator for anyone."""
    if holds(person, day, Role.REPORTER, body=body.pk) or holds(person, day, Role.ADMINISTRATOR):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.reporter"), Word("role.administrator")))


def may_edit(person: Any, scorecard: Scorecard, day: date, edit: str = "edit") -> Verdict:
    """Change what a draft holds. After a resolution nothing but a change request may.

    `edit` names the row of the table: by hand, or from a file ("load").
    """
    if scorecard.state != State.DRAFT and scorecard.approved_sha256:
        return denied("scorecard.bound", state=Word(f"scorecard-state.{scorecard.state}"))
    return SCORECARD_LIFE.may(person, scorecard, edit, day)


def may_ask_change(person: Any, scorecard: Scorecard, day: date) -> Verdict:
    """Ask to change a KPI of a scorecard in force, while a window of the calendar lets it be."""
    if not holds(person, day, Role.REPORTER, body=scorecard.body_id):
        return denied("access.wrong_role", roles=(Word("role.reporter"),))
    if scorecard.state != State.IN_FORCE:
        return denied("scorecard.wrong_state", state=Word(f"scorecard-state.{scorecard.state}"))
    return window_verdict(scorecard, day)


def window_verdict(scorecard: Scorecard, day: date) -> Verdict:
    """Whether a change may be asked for on a day, or when it may."""
    if window_for(scorecard, day) is not None:
        return ALLOWED
    code = "change.too_late_to_tell" if windows_are_for_telling(scorecard) else "change.no_window"
    return Verdict(outside_windows(code, scorecard, day))


def outside_windows(code: str, scorecard: Scorecard, day: date) -> Problem:
    """That a day lies in none of the windows, each told with its days and its clause."""
    windows = list(change_windows(scorecard))
    words = tuple(window.label_with_days for window in windows)
    return refusal_of_all(code, (window.rule for window in windows), {"windows": words, "day": day})


def windows_are_for_telling(scorecard: Scorecard) -> bool:
    """Whether the windows bind the notice to OPDC and not the request itself."""
    rule = rules_of(scorecard)[1].the(ChangeRules)
    return rule is not None and rule.value.windows == "told"


def window_for(scorecard: Scorecard, day: date) -> Entry | None:
    """The window that a request of a day is for, extensions counted.

    Where the request itself must lie within, the one that is open; where OPDC must be told within,
    the next that is not over yet: one may ask before it begins.
    """
    is_for_telling = windows_are_for_telling(scorecard)
    windows = change_windows(scorecard)
    return next((w for w in windows if w.is_open(day) or (is_for_telling and day <= w.last)), None)


def open_window(scorecard: Scorecard, day: date) -> Entry | None:
    """The change window that a day lies in for this body, extensions counted."""
    return next((window for window in change_windows(scorecard) if window.is_open(day)), None)


def change_windows(scorecard: Scorecard) -> Iterator[Entry]:
    """The year's windows for changes, by their last day, as they are for this body."""
    body = scorecard.body
    for window in entries(scorecard.fiscal_year, body.kind, body):
        if window.id.startswith("changes.window."):
            yield window
