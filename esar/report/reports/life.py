"""The life of a report: from its body's draft to what was sent in, and back when it is returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from esar.agree.scorecards.checks import rules_of
from esar.kernel.access import ALLOWED, Verdict
from esar.kernel.problems import Problem
from esar.kernel.wording import say
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Reporting
from esar.law.rules.refusals import denial
from esar.platform.evidence.states import FileState
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Act, Life, freeze
from esar.platform.lifecycle.seen import seen_token
from esar.platform.ui import clock
from esar.report.reports.content import (
    Line,
    Sheet,
    content,
    if_sent,
    sheet_as_entered,
    sheet_of,
    uncounted_if_sent,
)
from esar.report.reports.models import Report, ReportVersion
from esar.report.reports.queries import due_day, narrates, receipt_stands, round_of
from esar.report.reports.signals import submitted
from esar.report.reports.states import REPORT_EDITS, REPORT_MOVES


class ReportLife(Life[Report]):
    """Proposed by its writers, sent in by an approver, returned by the assessment."""

    name = "report"
    model = Report
    page = "reports:report"
    body_at = "scorecard.body"
    moves = REPORT_MOVES
    edits = REPORT_EDITS
    related = ("scorecard__body__parent",)
    written_by = ("claim.saved", "progress.saved", "evidence.", "report.propose")
    sent_by = ("report.submit",)
    notices_as: ClassVar[Mapping[str, str]] = {
        "propose": "your_turn",
        "submit": "submitted",
        "withdraw": "withdrawn",
        "send_back": "returned",
        "return": "returned",
    }

    def bars(self, person: Any, thing: Report, name: str, day: date) -> Verdict:
        """A round is written on from its first day, and sent in when it is over."""
        days = round_of(thing).value
        if name in ("edit", "attach") and day < days.first:
            return denial("report.round_not_begun", round_of(thing), day=days.first)
        if name == "attach" and not narrates(thing):
            return denial("report.card_only", round_of(thing))
        if name in ("propose", "submit") and day <= days.last and _waits_for_the_end(thing):
            return denial("report.round_not_over", _opening(thing), day=days.last)
        return ALLOWED

    def content(self, thing: Report) -> Mapping[str, Any]:
        """What the page to check the answers shows: every move that is bound goes through it."""
        return checked_parts_of(sheet_of(thing), clock.today())

    def check(self, act: Act[Report]) -> Iterable[Problem]:
        """A report goes fit to be sent, and is sent in with its approver's declaration."""
        if act.name not in ("propose", "submit"):
            return ()
        sheet = sheet_of(act.thing)
        day = timezone.localdate(act.at)
        late = uncounted_if_sent(act.thing, day)
        act.content = checked_parts_of(sheet, day)  # as it was seen: the receipt changes it
        problems = [*unfit_to_send(sheet), *([late] if late else [])]
        return problems + (undeclared(sheet, act.given) if act.name == "submit" else [])

    def changes(self, act: Act[Report]) -> Mapping[str, Any]:
        """The day it was received, in Bangkok, and the due day it is held against."""
        if act.name != "submit":
            return {}
        receipt: dict[str, Any] = {"sent": act.thing.sent + 1}
        if not receipt_stands(act.thing):
            receipt |= {"received_on": timezone.localdate(act.at), "due_on": due_day(act.thing)}
        return receipt

    def carry_out(self, act: Act[Report]) -> None:
        if act.name == "submit":
            report, sheet = act.thing, sheet_as_entered(act.thing)  # of the new sending, no former
            _record_declaration(act, sheet)
            columns = {"report": report, "number": report.sent, "by": act.by, "at": act.at}
            freeze(ReportVersion, act, content(sheet), **columns)

    def follow(self, act: Act[Report]) -> None:
        if act.version is not None:
            submitted.send(Report, report=act.thing, version=act.version, at=act.at)

    def notice_figures(self, thing: Report) -> Mapping[str, Any]:
        card = thing.scorecard
        return {"body": card.body.name_th, "year": card.fiscal_year, "round": thing.round_id}


def _waits_for_the_end(report: Report) -> bool:
    """Whether the year lets a round be reported on only when it is over."""
    rule = _opening(report)
    return rule is not None and rule.value.opens == "after_round"


def _opening(report: Report) -> Rule[Reporting] | None:
    """What says when a round may be reported on."""
    return rules_of(report.scorecard)[1].the(Reporting)


def parts_of(sheet: Sheet) -> dict[str, Any]:
    """What a report's page shows, KPI by KPI, and the total."""
    sheet_content = content(sheet)
    claims = {claim["number"]: claim for claim in sheet_content.pop("claims")}
    return {"": sheet_content, **claims}


def gaps_of(sheet: Sheet) -> list[tuple[str, list[Line]]]:
    """(code, lines) of what is missing in a report and does not keep it from being sent."""
    gaps = [("page.gap_silent", sheet.silent)]
    if narrates(sheet.report):
        gaps += [
            ("page.gap_evidence", sheet.without_evidence),
            ("page.gap_words", sheet.without_words),
        ]
    return [(code, lines) for code, lines in gaps if lines]


def missing_of(sheet: Sheet) -> dict[str, list[str]]:
    """KPI number → the codes of what is missing of it, for those of which something is."""
    missing: dict[str, list[str]] = {}
    for code, lines in gaps_of(sheet):
        for line in lines:
            missing.setdefault(line.number, []).append(code)
    return missing


def _numbers_of_gaps(sheet: Sheet) -> dict[str, list[str]]:
    return {code: [line.number for line in lines] for code, lines in gaps_of(sheet)}


def checked_parts_of(sheet: Sheet, day: date) -> dict[str, Any]:
    """What the page to check the answers shows on a day.

    The report, what is missing in it, and what it would lose as late if it were sent that day.
    """
    would = if_sent(sheet, day)
    late = f"{would.late.deduction:f}" if would else None
    return {**parts_of(sheet), "check": _numbers_of_gaps(sheet), "late": late}


UNDECLARED = ("report.gaps_not_acknowledged", "report.not_declared")


def undeclared(sheet: Sheet, answers: Mapping[str, Any]) -> list[Problem]:
    """What an approver has not said yet before a report may be sent in.

    `answers` has `declared`, and `acknowledged` where something is missing.
    """
    problems = []
    if gaps_of(sheet) and not answers.get("acknowledged"):
        problems.append(Problem("report.gaps_not_acknowledged"))
    if not answers.get("declared"):
        problems.append(Problem("report.not_declared"))
    return problems


def _record_declaration(act: Act[Report], sheet: Sheet) -> None:
    """Who declared what, of which answers, in the same transaction as the sending."""
    body = act.thing.scorecard.body
    figures = {"name": act.person.name, "body": body.name_th}
    record(
        "report.declared",
        act.thing,
        by=act.by,
        at=act.at,
        body=body.code,
        after={
            "declaration": say("page.declaration", figures, "th"),
            "seen": seen_token(act.content).partition(";")[0],
            **_numbers_of_gaps(sheet),
        },
    )


def unfit_to_send(sheet: Sheet) -> list[Problem]:
    """Why a report may not be sent in: it cannot be scored, holds a virus, or says nothing."""
    problems = list(sheet.problems)
    problems += [
        Problem("evidence.infected_on_kpi", {"name": attachment.name, "number": line.number})
        for line in sheet.lines
        for attachment in line.files
        if attachment.file.state == FileState.INFECTED
    ]
    if not any(line.says_something for line in sheet.due):
        problems.append(Problem("report.says_nothing"))
    return problems


REPORT_LIFE = ReportLife()
