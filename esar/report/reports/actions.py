"""Writes of whole reports: their shells, and their way. One function moves them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from esar.agree.scorecards.checks import has_rules, rules_of
from esar.agree.scorecards.models import Scorecard
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.platform.evidence.states import FileState
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with
from esar.report.reports import permissions
from esar.report.reports.content import Sheet, content, sheet_of
from esar.report.reports.models import Report, ReportVersion
from esar.report.reports.queries import due_day, receipt_stands, rounds_of, without_reports
from esar.report.reports.signals import submitted
from esar.report.reports.states import REPORT_MOVES, ReportState


def open_reports(scorecard: Scorecard, *, at: datetime) -> int:
    """Make the shells of a scorecard in force: one report for each round. How many were new."""
    if not has_rules(scorecard):
        return 0
    made = 0
    for round_id in rounds_of(rules_of(scorecard)[1]):
        _, is_new = Report.objects.get_or_create(
            scorecard=scorecard, round_id=round_id, defaults={"since": at}
        )
        made += is_new
    return made


def open_missing_reports(*, at: datetime) -> int:
    """The shells that should be there and are not. How many were made."""
    cards = without_reports().select_related("body")
    return sum(open_reports(scorecard, at=at) for scorecard in cards)


@transaction.atomic
def move(
    report: Report, name: str, *, by: Person, at: datetime, on: date, reason: str = ""
) -> ReportVersion | None:
    """Make one move of REPORT_MOVES: permission, checks, state, history and notices, or nothing.

    Gives the version when the report is sent in. Errors: Refused. Of two at once, one wins.
    """
    locked = (
        Report.objects.select_for_update(of=("self",))
        .select_related("scorecard__body__parent")
        .get(pk=report.pk)
    )
    require(permissions.may_move(by, locked, name, on))
    table = REPORT_MOVES[name]
    if table.reasoned and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    sheet = sheet_of(locked)
    if name in ("propose", "submit"):
        _check(sheet)
    old, version = locked.state, None
    changed: dict[str, object] = {"state": table.target, "since": at}
    if name == "submit":
        changed |= _receipt(locked, at)
    if not Report.objects.filter(pk=locked.pk, state=old).update(**changed):
        raise Refused([Problem("report.already_moved")])
    for field, value in changed.items():
        setattr(locked, field, value)
        setattr(report, field, value)
    if name == "submit":
        version = _freeze(sheet_of(locked), by=by, at=at)
    after = {"state": table.target}
    if version is not None:
        after |= {"number": version.number, "sha256": version.sha256}
    record(
        f"report.{name}",
        locked,
        by=by,
        at=at,
        body=locked.scorecard.body.code,
        before={"state": old},
        after=after,
        reason=reason,
    )
    if version is not None:
        submitted.send(Report, report=locked, version=version, at=at)
    _tell(locked, name, by=by, at=at, on=on, reason=reason)
    return version


def _check(sheet: Sheet) -> None:
    """What may not be sent in: a sheet that cannot be scored, a file that is a virus."""
    problems = list(sheet.problems)
    for line in sheet.lines:
        for one in line.files:
            if one.file.state == FileState.INFECTED:
                figures: dict[str, object] = {"name": one.name, "number": line.number}
                problems.append(Problem("evidence.infected_on_kpi", figures))
    if all(line.claim.status == "not_reported" for line in sheet.due if not line.is_told_elsewhere):
        problems.append(Problem("report.says_nothing"))
    if problems:
        raise Refused(problems)


def _receipt(report: Report, at: datetime) -> dict[str, object]:
    """The day it was received, in Bangkok, and the due day it is held against."""
    receipt: dict[str, object] = {"sent": report.sent + 1}
    if not receipt_stands(report):
        receipt |= {"received_on": timezone.localdate(at), "due_on": due_day(report)}
    return receipt


def _freeze(sheet: Sheet, *, by: Person, at: datetime) -> ReportVersion:
    report, held = sheet.report, content(sheet)
    return ReportVersion.objects.create(
        report=report, number=report.sent, content=held, sha256=digest(held), by=by, at=at
    )


def _tell(report: Report, name: str, *, by: Person, at: datetime, on: date, reason: str) -> None:
    """Tell those whose turn it is."""
    body = report.scorecard.body
    figures = {"body": body.name_th, "year": report.scorecard.fiscal_year, "reason": reason}
    figures["round"] = report.round_id
    if report.state == ReportState.PROPOSED:
        people, code = people_with(on, Role.APPROVER, body=body), "notice.report_your_turn"
    elif report.state == ReportState.SUBMITTED:
        people, code = people_with(on, Role.ASSESSOR, Role.ANALYST), "notice.report_submitted"
    else:
        people = people_with(on, Role.REPORTER, Role.APPROVER, body=body).exclude(pk=by.pk)
        code = "notice.report_returned" if name != "withdraw" else "notice.report_withdrawn"
    key = f"report:{report.pk}:{name}:{at.isoformat()}"
    tell(people, code, path=f"/reports/{report.pk}/", key=key, at=at, **figures)
