"""The scorecards of a class of bodies as they are in force on a day, as tables of all count them.

What a version says is bound by its hash, so what was once read of a hash is kept in memory: a
nation's versions are read and understood once for a process, not once for a page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from esar.agree.scorecards.frozen import AgreedScorecard
from esar.agree.scorecards.models import ScorecardVersion
from esar.platform.organisations.models import Body

MOST = 1000  # some years of a nation
_in_memory: dict[str, AgreedScorecard] = {}


@dataclass(frozen=True)
class InForce:
    """A body's scorecard as a day finds it in force."""

    body: Body
    scorecard_id: int
    version: int
    agreed: AgreedScorecard


def in_force_on(year: int, day: date, kind: str) -> list[InForce]:
    """Those of a class of bodies, by name. One query; two where some were not read before."""
    newest = ScorecardVersion.objects.filter(
        scorecard=OuterRef("scorecard"), in_force_from__lte=day
    ).order_by("-number")
    versions = ScorecardVersion.objects.filter(
        scorecard__fiscal_year=year,
        scorecard__body__kind=kind,
        number=Subquery(newest.values("number")[:1]),
    )
    rows = list(
        versions.defer("content")
        .select_related("scorecard__body__parent")
        .order_by("scorecard__body__name_key")
    )
    agreed = _agreed({row.sha256 for row in rows})
    return [
        InForce(row.scorecard.body, row.scorecard_id, row.number, agreed[row.sha256])
        for row in rows
    ]


def _agreed(hashes: Collection[str]) -> dict[str, AgreedScorecard]:
    """Hash → what the version of it says. No query where all were read before, else one."""
    agreed = {sha256: _in_memory[sha256] for sha256 in hashes if sha256 in _in_memory}
    if unread := set(hashes) - agreed.keys():
        rows = ScorecardVersion.objects.filter(sha256__in=unread)
        read = {
            sha256: AgreedScorecard.from_json(content)
            for sha256, content in rows.values_list("sha256", "content")
        }
        if len(_in_memory) + len(read) > MOST:
            _in_memory.clear()
        _in_memory.update(read)
        agreed |= read
    return agreed
