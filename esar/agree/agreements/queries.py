"""Reads of what is public of an agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from esar.agree.scorecards.life import parts_of
from esar.agree.scorecards.models import ScorecardVersion, Signature
from esar.platform.organisations.models import Body


def public_versions(body: Body, year: int, day: date) -> QuerySet[ScorecardVersion]:
    """Versions that are public on a day, newest first. One query."""
    return ScorecardVersion.objects.filter(
        scorecard__body=body, scorecard__fiscal_year=year, public_from__lte=day
    )


def public_years(body: Body, day: date) -> list[int]:
    versions = ScorecardVersion.objects.filter(scorecard__body=body, public_from__lte=day)
    return sorted(set(versions.values_list("scorecard__fiscal_year", flat=True)), reverse=True)


def signing_parts(content: Mapping[str, Any], signatures: Iterable[Signature]) -> dict[str, Any]:
    """What the page of an agreement shows that waits for its signatures: all of it, and who has."""
    names = [[signature.role, signature.name] for signature in signatures]
    return {**parts_of(content), "signatures": names}
