"""Reads of change requests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.states import ChangeState
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.queries import route_for, visible
from esar.law.rules.kinds import Route

CHANGE_AT_THE_BODY = (ChangeState.DRAFT, ChangeState.PROPOSED, ChangeState.WITHDRAWN)


def visible_changes(person: Any, day: date) -> QuerySet[ChangeRequest]:
    condition = visible(person, day, "scorecard__", Q(state__in=CHANGE_AT_THE_BODY))
    return ChangeRequest.objects.filter(condition).select_related("scorecard__body__parent")


def changes_of(scorecard: Scorecard, person: Any, day: date) -> QuerySet[ChangeRequest]:
    return visible_changes(person, day).filter(scorecard=scorecard).order_by("-since", "-pk")


def change_route_of(change: ChangeRequest) -> Route | None:
    """The route of a change request; a Joint KPI has its own."""
    joint = "joint-agenda" in str(change.old.get("kind", ""))
    year, kind = change.scorecard.fiscal_year, change.scorecard.body.kind
    own = route_for(year, kind, "changes.route-joint") if joint else None
    return own or route_for(year, kind, "changes.route")
