"""Who may do what to KPI templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.queries import wrote_templates
from esar.agree.kpi_definitions.states import TEMPLATES_EDITS, TEMPLATES_MOVES
from esar.agree.scorecards.permissions import has_state_and_role
from esar.agree.scorecards.states import State
from esar.kernel.access import Verdict, denied
from esar.kernel.wording import Word
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds, sees_everything


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
        return denied("scorecard.wrong_state", state=Word(f"scorecard-state.{card.state}"))
    return has_state_and_role(person, move, "templates", templates.state, card, None, day)


def may_edit_templates(person: Any, templates: KpiTemplates, day: date) -> Verdict:
    """Fill in KPI templates. After the due day too: what comes late is marked, not refused."""
    return _may_templates(person, TEMPLATES_EDITS["edit"], templates, day)


def may_audit(person: Any, templates: KpiTemplates, day: date) -> Verdict:
    """Give OPDC's verdicts. Nobody judges what they wrote or sent in."""
    verdict = _may_templates(person, TEMPLATES_EDITS["audit"], templates, day)
    if verdict and wrote_templates(person, templates, or_submitted=True):
        return denied("access.own_work")
    return verdict


def may_move_templates(person: Any, templates: KpiTemplates, name: str, day: date) -> Verdict:
    """Make a move of TEMPLATES_MOVES. Nobody sends what they wrote, nor judges it."""
    verdict = _may_templates(person, TEMPLATES_MOVES[name], templates, day)
    outside = name in ("return", "pass")
    mine = name not in ("propose", "withdraw")
    if verdict and mine and wrote_templates(person, templates, or_submitted=outside):
        return denied("access.own_work")
    return verdict
