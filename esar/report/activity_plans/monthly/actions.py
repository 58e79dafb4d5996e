"""Writes to monthly reports: what they say, and their files. Their life moves them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.evidence.attachments import rest_on
from esar.platform.evidence.models import StoredFile
from esar.platform.history.actions import is_new_edit_session, record
from esar.platform.lifecycle.drafts import is_new_text
from esar.platform.organisations.models import Person
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly.content import clean, sheet_of
from esar.report.activity_plans.monthly.life import MONTH_LIFE
from esar.report.activity_plans.monthly.models import MonthlyEvidence, MonthlyReport

MAX_FILES = 20  # on one activity in one month


def begun(plan: Plan, month: date, at: datetime) -> MonthlyReport:
    """The report on a month, made when it is first written in, locked until the end."""
    report, _ = MonthlyReport.objects.get_or_create(plan=plan, month=month, defaults={"since": at})
    return MONTH_LIFE.locked(report)


def _record(verb: str, report: MonthlyReport, *, by: Person, at: datetime, **changes: Any) -> None:
    record(f"plan_month.{verb}", report, by=by, at=at, body=report.plan.body.code, **changes)


@transaction.atomic
def save_month(
    plan: Plan,
    month: date,
    raw: dict[str, Any],
    *,
    revision: int,
    by: Person,
    at: datetime,
    on: date,
) -> MonthlyReport:
    """Keep what a report says, half-finished or not.

    `revision` is that of the report the writer had before them. Errors: Refused; Conflict when
    another has saved since: nothing is overwritten.
    """
    report = begun(plan, month, at)
    require(MONTH_LIFE.may(by, report, "edit", on))
    stored, typed = report.content, clean(raw, sheet_of(report))
    marks = {"seen": revision, "now": report.revision}
    if not is_new_text(stored, typed, **marks, by=by, saved=report, kind="plan_month"):
        return report
    is_new_session = is_new_edit_session(report, by, at)
    report.content, report.revision = typed, report.revision + 1
    report.saved_by, report.saved_at = by, at
    report.save()
    if is_new_session:
        _record("saved", report, by=by, at=at, before=_in_short(stored), after=_in_short(typed))
    return report


def _in_short(content: dict[str, Any]) -> dict[str, Any]:
    """What is said of outputs, for the log: "1:2018-01" → done, not done, or nothing."""
    return {
        f"{activity['number']}:{output['month']}": output["done"]
        for activity in content.get("activities", ())
        for output in activity["outputs"]
    }


@transaction.atomic
def attach(
    plan: Plan,
    month: date,
    number: int,
    file: StoredFile,
    name: str,
    *,
    by: Person,
    at: datetime,
    on: date,
) -> MonthlyEvidence:
    """Rest the report of an activity on a file. The same file again changes nothing."""
    report = begun(plan, month, at)
    require(MONTH_LIFE.may(by, report, "edit", on))
    if number not in [line.number for line in sheet_of(report).lines]:
        raise Refused([Problem("plan_month.not_under_way", {"number": number})])
    evidence, is_new = rest_on(
        MonthlyEvidence.objects.filter(report=report, number=number),
        file,
        name,
        limit=MAX_FILES,
        too_many=Problem("plan_month.too_many_files", {"number": number, "most": MAX_FILES}),
        by=by,
        at=at,
        report=report,
        number=number,
    )
    if is_new:
        after = {"number": number} | evidence.in_short()
        _record("attached", report, by=by, at=at, after=after)
    return evidence


@transaction.atomic
def detach(evidence: MonthlyEvidence, *, by: Person, at: datetime, on: date) -> None:
    """Take a file off a draft. The content stays in the store: a version sent in may name it."""
    report = begun(evidence.report.plan, evidence.report.month, at)
    require(MONTH_LIFE.may(by, report, "edit", on))
    before = {"number": evidence.number} | evidence.in_short()
    _record("detached", report, by=by, at=at, before=before)
    evidence.delete()
