"""After the last evening: is everything there that the server said it had kept?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection

from esar.judge.assessments.models import Assessment
from esar.kernel.chain import digest, verify
from esar.kernel.wording import problem_sentence
from esar.law.rules.numbers import trimmed
from esar.platform.evidence.doctor import findings
from esar.platform.evidence.models import Upload
from esar.platform.history import queries
from esar.platform.history.models import Event
from esar.report.reports.models import Attachment, Claim, Report, ReportVersion


def checked(parties: list[Any]) -> tuple[dict[str, int], list[str]]:
    """How many of each were compared, and everything that is lost, doubled or different."""
    found = [*_chain(), *_store(), *_deadlocks()]
    for party in parties:
        found += [f"report {party.report}: {one}" for one in _report(party)]
    counts = {
        "reports": len(parties),
        "saves": sum(len(party.said.saves) for party in parties),
        "files": sum(len(party.said.files) for party in parties),
        "events of the chain": Event.objects.count(),
    }
    return counts, found


def _chain() -> Iterator[str]:
    for problem in verify(queries.records(), queries.heads()):
        yield problem_sentence(problem, "en")


def _store() -> Iterator[str]:
    for problem in findings():
        yield problem_sentence(problem, "en")
    for upload in Upload.objects.exclude(state="done"):
        yield f"upload {upload.name} is {upload.state}"


def _deadlocks() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(deadlocks) FROM pg_stat_database")
        if many := int(cursor.fetchone()[0]):
            yield f"{many} deadlocks"


def _report(party: Any) -> Iterator[str]:
    report = Report.objects.get(pk=party.report)
    versions = list(ReportVersion.objects.filter(report=report))
    sent = Event.objects.filter(
        verb="report.submit", subject_kind="report", subject_id=str(report.pk)
    )
    if (report.state, report.sent, len(versions), sent.count(), party.said.submits) != (
        "submitted",
        1,
        1,
        1,
        1,
    ):
        yield f"{report.state}, sent {report.sent}, {len(versions)} versions, {sent.count()} events"
        return
    if (report.received_on, Assessment.objects.filter(report=report).count()) != (report.due_on, 1):
        yield f"received {report.received_on}, or not one assessment"
    held = versions[0].content
    if versions[0].sha256 != digest(held):
        yield "the version is not what its hash says"
    frozen = {one["number"]: one for one in held["claims"]}
    yield from _claims(party, report, frozen)
    yield from _files(party, report, frozen)


def _claims(party: Any, report: Report, frozen: dict[str, Any]) -> Iterator[str]:
    """Each revision was given out once, none is missing, and the last one is what stands."""
    claims = {one.number: one for one in Claim.objects.filter(report=report)}
    for number in party.numbers:
        acked = {rev: said for (one, rev), said in party.said.saves.items() if one == number}
        last = max(acked, default=0)
        if sorted(acked) != list(range(1, last + 1)) or any(len(x) > 1 for x in acked.values()):
            yield f"{number}: revisions {sorted(acked)}"
        claim = claims.get(number)
        if claim is None or not acked:
            yield f"{number}: nothing is there"
            continue
        actual = "" if claim.actual is None else f"{claim.actual:.2f}"
        if (claim.revision, actual) != (last, acked[last][0]):
            yield f"{number}: {actual} at revision {claim.revision}, acknowledged {acked[last]}"
        if claim.actual is None or frozen[number]["actual"] != f"{trimmed(claim.actual):f}":
            yield f"{number}: {frozen[number]['actual']} in the version, {actual} in the claim"


def _files(party: Any, report: Report, frozen: dict[str, Any]) -> Iterator[str]:
    """Every acknowledged file, once, on its KPI; the same content twice on a KPI is one."""
    held = Attachment.objects.filter(claim__report=report).select_related("claim", "file")
    there = Counter((one.claim.number, one.file.sha256) for one in held)
    wanted = {(number, sha256) for number, _, sha256 in party.said.files}
    if set(there) != wanted or any(many > 1 for many in there.values()):
        yield f"files: {wanted ^ set(there)} differ"
    sent = {(number, one["sha256"]) for number, claim in frozen.items() for one in claim["files"]}
    if sent != wanted:
        yield f"files of the version: {wanted ^ sent} differ"
    if len(party.said.files) != len(party.reporters):
        yield f"{len(party.said.files)} uploads were acknowledged"
