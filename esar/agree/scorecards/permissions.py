"""Who may do what to a scorecard or a change request, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.scorecards import sheets
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.models import ChangeRequest, Indicator, KpiTemplates, Scorecard
from esar.agree.scorecards.queries import (
    change_route_of,
    level_at,
    recorded_signatures,
    route_of,
    wrote,
    wrote_change,
)
from esar.agree.scorecards.states import (
    CHANGE_MOVES,
    EDITS,
    SCORECARD_MOVES,
    TEMPLATES_MOVES,
    State,
)
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.problems import Problem
from esar.law.rules.kinds import Route, Window
from esar.platform.calendars.queries import entry
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import (
    committee_for,
    committees_of,
    holds,
    sees_everything,
)


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


def _may(
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
        return denied(f"{thing}.wrong_state", state=f"{thing}-state.{state}")
    if not any(has_role(person, role, scorecard, route, state, day) for role in move.roles):
        return denied("access.wrong_role", roles=tuple(f"role.{role}" for role in move.roles))
    return ALLOWED


def may_open(person: Any, body: Body, day: date) -> Verdict:
    """Open a year's scorecard: the body's reporter, or the administrator for anyone."""
    if holds(person, day, Role.REPORTER, body=body.pk) or holds(person, day, Role.ADMINISTRATOR):
        return ALLOWED
    return denied("access.wrong_role", roles=("role.reporter", "role.administrator"))


def may_edit(person: Any, scorecard: Scorecard, day: date) -> Verdict:
    """Change what a draft holds. After a resolution nothing but a change request may."""
    move = EDITS["scorecard"]
    if scorecard.state not in move.sources and scorecard.approved_sha256:
        return denied("scorecard.bound", state=f"scorecard-state.{scorecard.state}")
    return _may(person, move, "scorecard", scorecard.state, scorecard, None, day)


def may_move(person: Any, scorecard: Scorecard, name: str, day: date) -> Verdict:
    """Make a move of SCORECARD_MOVES. Nobody approves what they wrote."""
    move = SCORECARD_MOVES[name]
    route = route_of(scorecard)
    verdict = _may(person, move, "scorecard", scorecard.state, scorecard, route, day)
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
        return denied("access.wrong_role", roles=("role.reporter",))
    if scorecard.state != State.IN_FORCE:
        return denied("scorecard.wrong_state", state=f"scorecard-state.{scorecard.state}")
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


def may_edit_change(person: Any, change: ChangeRequest, day: date) -> Verdict:
    move = EDITS["change"]
    return _may(person, move, "change", change.state, change.scorecard, None, day)


def may_move_change(person: Any, change: ChangeRequest, name: str, day: date) -> Verdict:
    """Make a move of CHANGE_MOVES. Nobody approves what they asked for."""
    move = CHANGE_MOVES[name]
    route = change_route_of(change)
    verdict = _may(person, move, "change", change.state, change.scorecard, route, day)
    if not verdict:
        return verdict
    outside = name not in ("submit", "send_back")
    mine = name not in ("propose", "withdraw")
    if mine and wrote_change(person, change, or_submitted=outside):
        return denied("access.own_work")
    if name in ("propose", "submit"):
        return window_verdict(change.scorecard, day)
    return ALLOWED


def may_record_signature(person: Any, scorecard: Scorecard, day: date) -> Verdict:
    """Record who has signed, while the agreement waits for its signatures."""
    if scorecard.state != State.SIGN:
        return denied("scorecard.wrong_state", state=f"scorecard-state.{scorecard.state}")
    if holds(person, day, Role.ANALYST) or holds(
        person, day, Role.APPROVER, body=scorecard.body_id
    ):
        return ALLOWED
    return denied("access.wrong_role", roles=("role.approver", "role.analyst"))


def may_keep_list(person: Any, indicator: Indicator | None, day: date) -> Verdict:
    """Add to OPDC's list or change what is on it: OPDC's analysts, and nothing but the list."""
    if indicator is not None and (indicator.body_id is not None or indicator.is_of_the_rules):
        return denied("indicator.not_listed", indicator=indicator.code)
    if holds(person, day, Role.ANALYST):
        return ALLOWED
    return denied("access.wrong_role", roles=("role.analyst",))


def may_see_templates(person: Any, templates: KpiTemplates, day: date) -> bool:
    """See what a body fills in: the body and OPDC always, others once it was sent in."""
    if templates.received is not None or sees_everything(person, day):
        return True
    return any(
        holds(person, day, role, body=templates.scorecard.body_id)
        for role in (Role.REPORTER, Role.APPROVER)
    )


def _may_templates(person: Any, move: Move, templates: KpiTemplates, day: date) -> Verdict:
    """KPIs in force first; then the right state and role."""
    card = templates.scorecard
    if card.state != State.IN_FORCE:
        return denied("scorecard.wrong_state", state=f"scorecard-state.{card.state}")
    return _may(person, move, "templates", templates.state, card, None, day)


def may_edit_templates(person: Any, templates: KpiTemplates, day: date) -> Verdict:
    """Fill in KPI templates. After the due day too: what comes late is marked, not refused."""
    return _may_templates(person, EDITS["templates"], templates, day)


def may_audit(person: Any, templates: KpiTemplates, day: date) -> Verdict:
    """Give OPDC's verdicts. Nobody judges what they wrote or sent in."""
    verdict = _may_templates(person, EDITS["audit"], templates, day)
    if verdict and sheets.wrote(person, templates, or_submitted=True):
        return denied("access.own_work")
    return verdict


def may_move_templates(person: Any, templates: KpiTemplates, name: str, day: date) -> Verdict:
    """Make a move of TEMPLATES_MOVES. Nobody sends what they wrote, nor judges it."""
    verdict = _may_templates(person, TEMPLATES_MOVES[name], templates, day)
    outside = name in ("return", "pass")
    mine = name not in ("propose", "withdraw")
    if verdict and mine and sheets.wrote(person, templates, or_submitted=outside):
        return denied("access.own_work")
    return verdict
