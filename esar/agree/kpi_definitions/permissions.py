"""Who may see KPI templates. What one may do with them is their life's."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.kpi_definitions.models import KpiTemplates
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
