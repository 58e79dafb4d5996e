"""Writes of what is in force: versions, frozen as they are made, and who signed them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from esar.agree.scorecards import permissions
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import content, content_hash, kpis_of
from esar.agree.scorecards.models import Kpi, Scorecard, ScorecardVersion, Signature
from esar.agree.scorecards.queries import approval_of
from esar.agree.scorecards.states import State
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.kinds import Publication, Signing
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


@transaction.atomic
def sign(
    scorecard: Scorecard, *, name: str, signed_on: date, by: Person, at: datetime, on: date
) -> Signature:
    """Record that the next one in the rulebook's order has signed what was approved.

    Errors: Refused without the right, while it does not wait for signatures, or all have signed.
    """
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(permissions.may_record_signature(by, locked, on))
    signers, signed = signers_of(locked), signatures_of(locked, locked.approved_sha256)
    first = timezone.localdate(locked.since)
    problems = []
    if len(signed) >= len(signers):
        problems.append(Problem("agreement.all_signed"))
    if not first <= signed_on <= on:
        problems.append(Problem("agreement.day_outside", {"first": first, "last": on}))
    if not name.strip():
        problems.append(Problem("agreement.no_name"))
    if problems:
        raise Refused(problems)
    made = Signature.objects.create(
        scorecard=locked,
        sha256=locked.approved_sha256,
        approved_at=locked.since,
        place=len(signed) + 1,
        role=signers[len(signed)],
        name=name.strip(),
        signed_on=signed_on,
        recorded_by=by,
    )
    record(
        "agreement.signed",
        locked,
        by=by,
        at=at,
        body=locked.body.code,
        after={"sha256": made.sha256, "role": made.role, "name": made.name},
    )
    return made


def signatures_of(scorecard: Scorecard, sha256: str) -> list[Signature]:
    """Who has signed this content since it was last approved, in order. One query.

    What was sent back after some had signed is signed anew, by everyone.
    """
    found = list(Signature.objects.filter(scorecard=scorecard, sha256=sha256))
    last = max((one.approved_at for one in found), default=None)
    if scorecard.state == State.SIGN:
        last = scorecard.since
    return [one for one in found if one.approved_at == last]


def signers_of(scorecard: Scorecard) -> list[str]:
    """Who signs, in order, by the rulebook's signing pairs; none where a year has no signing."""
    _, rules = rules_of(scorecard)
    found: list[str] = []
    for rule in rules.of_kind(Signing):
        for text in (rule.value.signs, *rule.value.signs_with):
            if text.th not in found:
                found.append(text.th)
    return found
