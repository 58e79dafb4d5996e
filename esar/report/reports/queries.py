"""Reads of reports: whom they are visible to, what they hold, when they are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.models import Scorecard, ScorecardVersion
from esar.agree.scorecards.queries import visible
from esar.agree.scorecards.states import State
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Reporting, Round
from esar.law.rules.working_days import next_working_day
from esar.law.scoring.accumulation import Month
from esar.platform.calendars.queries import Entry, entries, entries_of
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import bodies_of, office_code
from esar.platform.ui import books
from esar.report.reports.models import Attachment, Claim, Pack, Progress, Report, ReportVersion
from esar.report.reports.states import ReportState


def visible_reports(person: Any, day: date) -> QuerySet[Report]:
    """Reports that exist for this person: OPDC's all, a body's own; to others as sent in.

    While a returned one is written anew it is the body's again.
    """
    condition = visible(person, day, "scorecard__", ~Q(state=ReportState.SUBMITTED))
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    if offices and Body.objects.filter(pk__in=offices, code=office_code("prime_minister")).exists():
        condition |= Q(state=ReportState.SUBMITTED)
    return Report.objects.filter(condition).select_related("scorecard__body__parent")


def counted_reports(person: Any, day: date) -> QuerySet[Report]:
    """The reports one may see, with `claimed`: how many KPIs say something. One query."""
    counted = (
        Claim.objects.filter(report=OuterRef("pk"))
        .exclude(status="not_reported")
        .order_by()
        .values("report")
        .annotate(many=Count("pk"))
        .values("many")
    )
    return visible_reports(person, day).annotate(claimed=Subquery(counted))


def rounds_of(rules: Rules) -> dict[str, Rule[Round]]:
    """Round id → its rule, for the rounds that ask for a report of any form."""
    return {
        rule.id.removeprefix("round."): rule for rule in rules.of_kind(Round) if rule.value.reports
    }


def round_of(report: Report) -> Rule[Round]:
    return rounds_of(rules_of(report.scorecard)[1])[report.round_id]


def narrates(report: Report) -> bool:
    """Whether the round asks for a SAR: words and evidence. Else results alone, on the card."""
    return "sar" in round_of(report).value.reports


def due_day(report: Report) -> date | None:
    """The last day to send it in, extensions counted; None where the year names none."""
    return due_days([report])[report.pk]


def due_days(reports: list[Report]) -> dict[int, date | None]:
    """Report id → the last day to send it in. One query a year, however many reports."""
    days: dict[int, date | None] = {}
    for year in {report.scorecard.fiscal_year for report in reports}:
        of_year = [report for report in reports if report.scorecard.fiscal_year == year]
        calendars = entries_of(year, {report.scorecard.body for report in of_year})
        for report in of_year:
            due = due_entry(report.round_id, calendars[report.scorecard.body_id])
            days[report.pk] = None if due is None else _moved_off_holidays(report, due.last)
    return days


def due_of_round(year: int, round_id: str) -> date | None:
    """The last day to report on a round, for a body without a day of its own. One query."""
    due = due_entry(round_id, entries(year))
    return due.last if due else None


def due_entry(round_id: str, calendar: Iterable[Entry]) -> Entry | None:
    """The round's own due day, or the year's entry of the calendar for it."""
    ids = (f"round.{round_id}", f"report-due.{round_id}")
    return next((line for line in calendar if line.id in ids), None)


def extended_day(report: Report, due: date | None = None) -> date | None:
    """The day that a recorded extension gave, as it bound when the report was received.

    Where it is not received yet, `due` is the day that binds now. None where nothing was extended,
    or the round has no due day of its own to extend.
    """
    usual, bound = round_of(report).value.due, due or report.due_on
    if usual is None or bound in (None, _moved_off_holidays(report, usual)):
        return None
    return bound


def next_report(report: Report) -> Report | None:
    """The report of the scorecard's next round. One query."""
    last = round_of(report).value.last
    reports = Report.objects.filter(scorecard=report.scorecard)
    later = [
        sibling
        for sibling in reports.select_related("scorecard__body__parent")
        if round_of(sibling).value.last > last
    ]
    return min(later, key=lambda sibling: round_of(sibling).value.last, default=None)


def receipt_stands(report: Report) -> bool:
    """Whether the day that counts is known for good, however often it is sent in again."""
    rule = rules_of(report.scorecard)[1].the(Reporting)
    return report.sent > 0 and (rule is None or rule.value.counts == "first")


def _moved_off_holidays(report: Report, due: date) -> date:
    """The due day, or the next working day where the year says that it moves."""
    body = report.scorecard.body
    _, rules = rules_of(report.scorecard)
    reporting = rules.the(Reporting)
    if reporting is not None and reporting.value.due_on_holiday == "moves":
        province = body.code if body.kind == Body.Kind.PROVINCE else None
        return next_working_day(due, rules, province)
    return due


def agreed(scorecard: Scorecard) -> ScorecardVersion:
    """The version in force: what is reported on. One query."""
    return ScorecardVersion.objects.filter(scorecard=scorecard).order_by("-number")[0]


def claims_of(report: Report) -> dict[str, Claim]:
    """KPI number → what the report says of it. One query."""
    claims = Claim.objects.filter(report=report).select_related("saved_by")
    return {claim.number: claim for claim in claims}


def attachments_of(report: Report) -> dict[str, list[Attachment]]:
    """KPI number → its files. One query."""
    by_number: dict[str, list[Attachment]] = {}
    attachments = Attachment.objects.filter(claim__report=report).select_related(
        "file", "claim", "by"
    )
    for attachment in attachments:
        by_number.setdefault(attachment.claim.number, []).append(attachment)
    return by_number


def months_of(
    scorecard: Scorecard, first: date, last: date, number: str = ""
) -> dict[str, list[Month]]:
    """KPI number → its months within the days given, in order; of one KPI or all. One query."""
    by_number: dict[str, list[Month]] = {}
    progress = Progress.objects.filter(scorecard=scorecard, month__gte=first, month__lte=last)
    for row in progress.filter(number=number) if number else progress:
        month = Month(row.month, row.value, row.numerator, row.denominator)
        by_number.setdefault(row.number, []).append(month)
    return by_number


def path_of(scorecard: Scorecard) -> dict[str, list[Month]]:
    """KPI number → every month of the year that was entered. One query."""
    return months_of(scorecard, date.min, date.max)


def versions_of(report: Report) -> QuerySet[ReportVersion]:
    return ReportVersion.objects.filter(report=report).select_related("by").defer("content")


def used_elsewhere(files: Iterable[int], report: Report) -> dict[int, list[Attachment]]:
    """File id → where another body or another year rests on the same content. One query."""
    by_file: dict[int, list[Attachment]] = {}
    attachments = Attachment.objects.filter(file__in=list(files)).exclude(
        claim__report__scorecard=report.scorecard_id
    )
    for attachment in attachments.select_related("claim__report__scorecard__body"):
        by_file.setdefault(attachment.file_id, []).append(attachment)
    return by_file


def reported_to_the_end() -> QuerySet[Report, Any]:
    """The scorecards whose year's last round was reported on, by id; to be filtered with."""
    last = Q(pk__in=[])
    for year in books.years():
        last |= Q(scorecard__fiscal_year=year, round_id=books.last_round(year))
    return Report.objects.filter(last, sent__gte=1).values("scorecard")


def without_reports() -> QuerySet[Scorecard]:
    """Scorecards in force that have no report yet, whatever the round."""
    return Scorecard.objects.filter(state=State.IN_FORCE).exclude(
        pk__in=Report.objects.values("scorecard")
    )


def packs_of(report: Report, person: Person) -> QuerySet[Pack]:
    return Pack.objects.filter(report=report, by=person)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months that begin within the days given."""
    months, at = [], first.replace(day=1)
    while at <= last:
        months.append(at)
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return months
