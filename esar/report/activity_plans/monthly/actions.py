"""Writes to monthly reports: what they say, their files, and their way. One function moves them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.law.scoring.checks import clause
from esar.platform.evidence.models import StoredFile
from esar.platform.evidence.states import FileState
from esar.platform.history.actions import is_new_edit_session, record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with
from esar.report.activity_plans.checks import month_words
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly import permissions
from esar.report.activity_plans.monthly.content import Sheet, clean, frozen, sheet_of
from esar.report.activity_plans.monthly.duties import MONTHLY, due_day, duty
from esar.report.activity_plans.monthly.models import MonthlyEvidence, MonthlyReport, MonthlyVersion
from esar.report.activity_plans.monthly.states import MONTH_MOVES, MonthState

MAX_FILES = 20  # on one activity in one month


def _locked(plan: Plan, month: date, at: datetime) -> MonthlyReport:
    """The report on a month, made when it is first written in, locked until the end."""
    MonthlyReport.objects.get_or_create(plan=plan, month=month, defaults={"since": at})
    found = MonthlyReport.objects.select_for_update(of=("self",))
    return found.select_related("plan__body__parent", "saved_by").get(plan=plan, month=month)


def _record(verb: str, report: MonthlyReport, *, by: Person, at: datetime, **what: Any) -> None:
    record(f"plan_month.{verb}", report, by=by, at=at, body=report.plan.body.code, **what)


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

    `revision` is that of the report the writer had before them. Errors: Refused, with
    "plan_month.changed_meanwhile" when another has saved since: nothing is overwritten.
    """
    report = _locked(plan, month, at)
    require(permissions.may_edit(by, report, on))
    if report.revision != revision:
        own = report.saved_by_id == by.pk
        code = "changed_in_another_window" if own else "changed_meanwhile"
        raise Refused([Problem(f"plan_month.{code}", {"by": str(report.saved_by)})])
    before, content = _short(report.content), clean(raw, sheet_of(report))
    is_new_session = is_new_edit_session(report, by, at)
    report.content, report.revision = content, revision + 1
    report.saved_by, report.saved_at = by, at
    report.save()
    if is_new_session:
        _record("saved", report, by=by, at=at, before=before, after=_short(content))
    return report


def _short(content: dict[str, Any]) -> dict[str, Any]:
    """What is said of outputs, for the log: "1:2018-01" → done, not done, or nothing."""
    return {
        f"{one['number']}:{output['month']}": output["done"]
        for one in content.get("activities", ())
        for output in one["outputs"]
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
    report = _locked(plan, month, at)
    require(permissions.may_edit(by, report, on))
    if number not in [line.number for line in sheet_of(report).lines]:
        raise Refused([Problem("plan_month.not_under_way", {"number": number})])
    there = MonthlyEvidence.objects.filter(report=report, number=number)
    if there.count() >= MAX_FILES:
        figures: dict[str, object] = {"number": number, "most": MAX_FILES}
        raise Refused([Problem("plan_month.too_many_files", figures)])
    found, is_new = there.get_or_create(
        report=report, number=number, file=file, defaults={"name": name, "by": by, "at": at}
    )
    if is_new:
        after = {"number": number, "name": name, "sha256": file.sha256}
        _record("attached", report, by=by, at=at, after=after)
    return found


@transaction.atomic
def detach(evidence: MonthlyEvidence, *, by: Person, at: datetime, on: date) -> None:
    """Take a file off a draft. The content stays in the store: a version sent in may name it."""
    report = _locked(evidence.report.plan, evidence.report.month, at)
    require(permissions.may_edit(by, report, on))
    before = {"number": evidence.number, "name": evidence.name, "sha256": evidence.file.sha256}
    _record("detached", report, by=by, at=at, before=before)
    evidence.delete()


@transaction.atomic
def move(
    plan: Plan, month: date, name: str, *, by: Person, at: datetime, on: date, reason: str = ""
) -> MonthlyVersion | None:
    """Make one move of MONTH_MOVES: permission, checks, state, history and notices, or nothing.

    Gives the version when the report is sent in. Errors: Refused. Of two at once, one wins.
    """
    report = _locked(plan, month, at)
    require(permissions.may_move(by, report, name, on))
    table, old = MONTH_MOVES[name], report.state
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    sheet = sheet_of(report)
    if name in ("propose", "submit"):
        _check(sheet)
    report.state, report.since = table.target, at
    if name == "submit":
        _receive(report, at)
    report.save()
    after: dict[str, Any] = {"state": table.target}
    version = None
    if name == "submit":
        version = _freeze(sheet, by=by, at=at)
        after |= {"number": version.number, "sha256": version.sha256}
    _record(name, report, by=by, at=at, before={"state": old}, after=after, reason=reason)
    _tell(report, name, by=by, at=at, on=on, reason=reason)
    return version


def _check(sheet: Sheet) -> None:
    """What may not be sent in: nothing said, an output done without evidence, a virus."""
    problems = []
    plan = sheet.report.plan
    rule = duty(plan.fiscal_year, plan.body.kind, MONTHLY, sheet.report.month)
    if sheet.lines and all(line.says_nothing for line in sheet.lines):
        problems.append(Problem("plan_month.says_nothing", clause=clause(rule)))
    for line in sheet.lines:
        if any(one.done for one in line.outputs) and not line.files:
            figures: dict[str, object] = {"number": line.number, "name": line.activity["name"]}
            problems.append(Problem("plan_month.no_evidence", figures, clause=clause(rule)))
        for one in line.files:
            if one.file.state == FileState.INFECTED:
                figures = {"number": line.number, "name": one.name}
                problems.append(Problem("plan_month.infected", figures))
    if problems:
        raise Refused(problems)


def _receive(report: MonthlyReport, at: datetime) -> None:
    """The first sending in is what counts against the due day."""
    report.sent += 1
    if report.received_on is None:
        plan = report.plan
        report.received_on = timezone.localdate(at)
        report.due_on = due_day(plan.fiscal_year, plan.body.kind, MONTHLY, report.month)


def _freeze(sheet: Sheet, *, by: Person, at: datetime) -> MonthlyVersion:
    held = frozen(sheet)
    return MonthlyVersion.objects.create(
        report=sheet.report,
        number=sheet.report.sent,
        content=held,
        sha256=digest(held),
        by=by,
        at=at,
    )


def _tell(
    report: MonthlyReport, name: str, *, by: Person, at: datetime, on: date, reason: str
) -> None:
    """Tell those whose turn it is. Sent in, it is nobody's: OPDC reads it by the quarter."""
    if report.state == MonthState.SUBMITTED:
        return
    body, month = report.plan.body, report.month
    if report.state == MonthState.PROPOSED:
        people, code = people_with(on, Role.APPROVER, body=body), "notice.plan_month_your_turn"
    else:
        found = people_with(on, Role.REPORTER, Role.APPROVER, body=body)
        people, code = found.exclude(pk=by.pk), f"notice.plan_month_{name}"
    figures = {"body": body.name_th, "month": month_words(month), "reason": reason}
    path = reverse("monthly:plan-month", args=[report.plan_id, f"{month:%Y-%m}"])
    key = f"plan_month:{report.pk}:{name}:{at.isoformat()}"
    tell(people, code, path=path, key=key, at=at, **figures)
