"""Reads of the library: which indicators one may look up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.indicators.queries import LISTED
from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.queries import visible_scorecards
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import (
    bodies_of,
    sees_everything,
)


def visible_indicators(person: Any, day: date) -> QuerySet[IndicatorVersion]:
    """Indicators a person may look up: all for OPDC; else OPDC's list and their bodies'."""
    if sees_everything(person, day):
        return IndicatorVersion.objects.all()
    held_there = Kpi.objects.filter(scorecard__in=visible_scorecards(person, day)).values(
        "template"
    )
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    return IndicatorVersion.objects.filter(
        Q(indicator__body=None) | Q(indicator__body__in=own) | Q(pk__in=held_there)
    )


def listed_text(version: IndicatorVersion) -> dict[str, Any]:
    """What OPDC's list says of an indicator, and for which fiscal year."""
    return {name: getattr(version, name) for name in (*LISTED, "fiscal_year")}
