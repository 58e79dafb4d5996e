"""What of a scorecard comes into force, and is frozen."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import content, content_hash, kpis_of
from esar.agree.scorecards.models import Kpi, Scorecard, ScorecardVersion
from esar.agree.scorecards.queries import approval_of
from esar.law.rules.kinds import Publication
from esar.platform.history.actions import record
from esar.platform.organisations.models import Person


def freeze(
    scorecard: Scorecard,
    kpis: list[Kpi],
    sha256: str,
    resolution: str,
    *,
    by: Person,
    at: datetime,
    on: date,
) -> ScorecardVersion:
    """The next version: what is in force from today, and public when the rules say."""
    book, rules = rules_of(scorecard)
    rule = rules.the(Publication)
    days = timedelta(days=rule.value.days_after if rule else 0)
    version = ScorecardVersion.objects.create(
        scorecard=scorecard,
        number=scorecard.version + 1,
        content=content(scorecard, kpis),
        sha256=sha256,
        rulebook_sha256=book.sha256,
        resolution=resolution or _resolution(scorecard, sha256),
        in_force_from=on,
        public_from=on + days,
    )
    record(
        "version.in_force",
        scorecard,
        by=by,
        at=at,
        body=scorecard.body.code,
        after={"number": version.number, "sha256": sha256},
    )
    return version


def _resolution(scorecard: Scorecard, sha256: str) -> str:
    """The sitting that approved this very content; none where no committee did."""
    approved = approval_of(scorecard, sha256)
    return str(approved.after["resolution"]) if approved and approved.after else ""


def add_version(
    scorecard: Scorecard, *, resolution: str, by: Person, at: datetime, on: date
) -> ScorecardVersion:
    """Freeze the present content as the next version, after an approved change."""
    kpis = kpis_of(scorecard)
    sha256 = content_hash(scorecard, kpis)
    version = freeze(scorecard, kpis, sha256, resolution, by=by, at=at, on=on)
    Scorecard.objects.filter(pk=scorecard.pk).update(version=version.number, approved_sha256=sha256)
    scorecard.version, scorecard.approved_sha256 = version.number, sha256
    return version
