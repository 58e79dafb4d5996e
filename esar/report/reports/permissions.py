"""Who may do what to a report, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.states import Move
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds
from esar.report.reports.models import Pack, Report
from esar.report.reports.queries import narrates, round_of, wrote
from esar.report.reports.states import EDIT, REPORT_MOVES


def _may(person: Any, move: Move, report: Report, day: date) -> Verdict:
    if report.state not in move.sources:
        return denied("report.wrong_state", state=f"report-state.{report.state}")
    if not any(_has_role(person, role, report, day) for role in move.roles):
        return denied("access.wrong_role", roles=tuple(f"role.{role}" for role in move.roles))
    return ALLOWED


def _has_role(person: Any, role: str, report: Report, day: date) -> bool:
    """Body roles count at the body; OPDC's anywhere."""
    if role in (Role.REPORTER, Role.APPROVER):
        return holds(person, day, role, body=report.scorecard.body_id)
    return holds(person, day, role)


def may_edit(person: Any, report: Report, day: date) -> Verdict:
    """Write in a draft, from the first day of its round on."""
    verdict = _may(person, EDIT, report, day)
    first = round_of(report).value.first
    if verdict and day < first:
        return denied("report.round_not_begun", day=first)
    return verdict


def may_attach(person: Any, report: Report, day: date) -> Verdict:
    """Rest a claim on a file: as one may edit, where the round asks for more than the card."""
    verdict = may_edit(person, report, day)
    return denied("report.card_only") if verdict and not narrates(report) else verdict


def may_move(person: Any, report: Report, name: str, day: date) -> Verdict:
    """Make a move of REPORT_MOVES. Nobody sends in what they wrote, nor returns what they sent."""
    verdict = _may(person, REPORT_MOVES[name], report, day)
    if not verdict:
        return verdict
    outside = name == "return"
    if name not in ("propose", "withdraw") and wrote(person, report, or_submitted=outside):
        return denied("access.own_work")
    if name in ("propose", "submit"):
        return _round_is_over(report, day)
    return ALLOWED


def _round_is_over(report: Report, day: date) -> Verdict:
    """A round can be reported on when it is over, where the year says so."""
    _, rules = rules_of(report.scorecard)
    last = round_of(report).value.last
    rule = rules.the("reporting")
    if rule is not None and rule.value.opens == "after_round" and day <= last:
        return denied("report.round_not_over", day=last)
    return ALLOWED


def may_fetch_pack(person: Any, pack: Pack) -> Verdict:
    """A pack is for the one who asked for it."""
    return ALLOWED if pack.by_id == person.pk else denied("people.not_your_role")
