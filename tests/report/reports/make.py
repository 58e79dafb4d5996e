"""Reports for tests, filled in and sent in by the real actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from esar.kernel.problems import Refused
from esar.report.reports import writing
from esar.report.reports.content import sheet_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Report
from tests.make import World, in_force
from tests.remembered import remembered

APRIL = date(2024, 4, 20)
AT_APRIL = datetime(2024, 4, 20, 3, 0, tzinfo=UTC)


@remembered
def report_of(world: World, round_id: str = "6m", body: Any = None) -> Report:
    card = in_force(world, body)
    return Report.objects.select_related("scorecard__body__parent").get(
        scorecard=card, round_id=round_id
    )


def said(actual: str | None = "86", **changed: Any) -> dict[str, Any]:
    return {
        "status": "reported",
        "actual": None if actual is None else Decimal(actual),
        "why": "",
        "did": "ดำเนินการแล้ว",
        "factors": "",
        "obstacles": "",
        "suggestions": "",
    } | changed


@remembered
def filled(world: World, round_id: str = "6m", on: date = APRIL) -> Report:
    """A draft in which every KPI of the body's own says 86."""
    report = report_of(world, round_id)
    at = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)
    for line in sheet_of(report).due:
        if line.central is None:
            writing.save_claim(
                report, line.number, said(), revision=0, by=world.reporter, at=at, on=on
            )
    return report


# What an approver says when a report is sent in, whatever is missing in it.
DECLARED: dict[str, Any] = {"declared": True, "acknowledged": True}


@remembered
def sent(world: World, at: datetime = AT_APRIL, round_id: str = "6m") -> Report:
    from django.utils import timezone

    on = timezone.localdate(at)
    report = filled(world, round_id, on)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=at, on=on)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=at, on=on, **DECLARED)
    report.refresh_from_db()
    return report


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}
