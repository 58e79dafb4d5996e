"""The invented nation goes on to the last day of April: months, files, reports sent in, warnings.

What people do is done by the real actions; figures that nobody's act makes are written in bulk.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

YEAR, ROUND, OWN = 2567, "6m", "TH-74"
MONTHS = [date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1)]
MONTHS += [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]


def send_in(*, at: datetime, on: date) -> None:
    """Every body's 6-month report is sent in, but for the one that the demo's reporter writes."""
    from esar.demo.national_reports import deliver
    from esar.judge.early_warning.actions import warn
    from esar.platform.organisations.models import Person
    from esar.report.reports.models import Report

    random = Random(YEAR)
    reports = list(Report.objects.filter(round_id=ROUND).select_related("scorecard__body"))
    people = _people()
    for report in reports:
        _fill(report, people[report.scorecard.body_id], random, at)
        if report.scorecard.body.code != OWN:
            _move(report, people[report.scorecard.body_id], at=at, on=on)
    warn(YEAR, on=on, at=at, by=None)
    deliver(YEAR, by=Person.objects.get(email="demo-owner@example.test"), at=at)
    _computed(reports, at)


def _people() -> dict[int, dict[str, Any]]:
    from esar.platform.organisations.models import Appointment

    found: dict[int, dict[str, Any]] = {}
    held = Appointment.objects.filter(body__isnull=False, person__email__startswith="person")
    for one in held.select_related("person"):
        found.setdefault(one.body_id, {})[one.role] = one.person
    return found


def _fill(report: Any, people: dict[str, Any], random: Random, at: datetime) -> None:
    """Claims with results and two files each, one of them also used by other bodies."""
    from esar.agree.scorecards.models import Kpi
    from esar.platform.evidence.models import StoredFile
    from esar.report.reports.models import Attachment, Claim, Progress

    by = people["reporter"]
    kpis = Kpi.objects.filter(scorecard=report.scorecard, template__method="ladder")
    for kpi in kpis:
        reached = (kpi.ladder[0] + Decimal(random.randint(-300, 900)) / 100).quantize(
            Decimal("0.01")
        )
        Progress.objects.bulk_create(
            Progress(
                scorecard=report.scorecard,
                number=kpi.number,
                month=month,
                by=by,
                at=at,
                value=reached - (len(MONTHS) - place),
            )
            for place, month in enumerate(MONTHS, start=1)
        )
        claim = Claim.objects.create(
            report=report,
            number=kpi.number,
            status="reported",
            actual=reached,
            revision=1,
            saved_by=by,
            saved_at=at,
            did="ดำเนินการตามแผน (สาธิต)",
            factors="ความร่วมมือ (สาธิต)",
        )
        for words in (f"{report.pk}-{kpi.number}", f"shared-{random.randint(1, 40)}"):
            sha256 = hashlib.sha256(words.encode()).hexdigest()
            stored, _ = StoredFile.objects.get_or_create(
                sha256=sha256,
                defaults={
                    "size": 1,
                    "kind": "pdf",
                    "media_type": "application/pdf",
                    "since": at,
                    "state": "kept",
                },
            )
            Attachment.objects.create(
                claim=claim, file=stored, name=f"evidence-{words}.pdf", by=by, at=at
            )


def _move(report: Any, people: dict[str, Any], *, at: datetime, on: date) -> None:
    from esar.report.reports.life import REPORT_LIFE

    REPORT_LIFE.move(report, "propose", by=people["reporter"], at=at, on=on)
    told = {"declared": True, "acknowledged": True}
    REPORT_LIFE.move(report, "submit", by=people["approver"], at=at, on=on, **told)


def _computed(reports: list[Any], at: datetime) -> None:
    """A result for each, computed and not released."""
    from esar.judge.results.models import Result

    Result.objects.bulk_create(
        Result(
            body=one.scorecard.body,
            fiscal_year=YEAR,
            round_id=ROUND,
            total=Decimal(50),
            rulebook_sha256="0" * 64,
            explanation={},
            is_demo=True,
            computed_at=at,
        )
        for one in reports
    )
