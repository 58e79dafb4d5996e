"""Who may keep the agendas' data."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.agendas.models import Holder
from esar.agree.agendas.states import OPDC
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_keep(person: Any, day: date) -> Verdict:
    """Load sub-indicators, write values of main indicators: OPDC's analysts, administrators."""
    if holds(person, day, *OPDC):
        return ALLOWED
    return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in OPDC))


def may_name_kpi(person: Any, holder: Holder, day: date) -> Verdict:
    """Say by which KPI of its scorecard a body reports what it holds: the body's reporter."""
    if holds(person, day, Role.REPORTER, body=holder.body_id):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.reporter"),))
