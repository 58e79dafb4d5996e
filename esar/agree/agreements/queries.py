"""Reads of what is public of an agreement."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from esar.agree.scorecards.models import ScorecardVersion
from esar.platform.organisations.models import Body


def public_versions(body: Body, year: int, day: date) -> QuerySet[ScorecardVersion]:
    """Versions that are public on a day, newest first. One query."""
    return ScorecardVersion.objects.filter(
        scorecard__body=body, scorecard__fiscal_year=year, public_from__lte=day
    )


def public_years(body: Body, day: date) -> list[int]:
    found = ScorecardVersion.objects.filter(scorecard__body=body, public_from__lte=day)
    years = found.values_list("scorecard__fiscal_year", flat=True).distinct()
    return sorted(years, reverse=True)
