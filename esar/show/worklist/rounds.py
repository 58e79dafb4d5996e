"""What waits of a round: reports, central data, assessments, results, corrective plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from esar.agree.scorecards.checks import rules_of
from esar.judge.appeals.queries import work_for as appeals_for
from esar.judge.assessments.models import Finding
from esar.judge.assessments.queries import at_desk_of
from esar.judge.assessments.states import Stage
from esar.judge.early_warning.models import EarlyWarning
from esar.judge.early_warning.states import WarningState
from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, holds
from esar.platform.ui.templatetags.words import name_of, sentence, words
from esar.report.central_data.data_sets.queries import sets_owned_by
from esar.report.central_data.progress import progress_of
from esar.report.central_data.queries import objections_to_decide, owned_by
from esar.report.letters.queries import work_for as letters_for
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Report
from esar.report.reports.progress import filled_of
from esar.report.reports.queries import due_days, reported_to_the_end, rounds_of
from esar.report.reports.states import ReportState
from esar.report.self_evaluations.life import SELF_EVALUATION_LIFE
from esar.report.self_evaluations.queries import at_desk_of as self_evaluations_for
from esar.show.worklist.plans import work_of_plans
from esar.show.worklist.work import Work, reasons


def work_of_rounds(person: Any, day: date, year: int) -> list[Work]:
    """Everything of a round that waits for a person. A constant number of queries."""
    work = [*_reports(person, day), *_warnings(person, day), *_findings(person, day)]
    work += [
        Work(one.title, one.path, one.asks, one.due, one.year) for one in appeals_for(person, day)
    ]
    work += work_of_plans(person, day)
    work += _self_evaluations(person, day)
    if holds(person, day, Role.CENTRAL_OWNER):
        work += _central(person, day, year)
    if holds(person, day, Role.ASSESSOR, Role.MINISTERS_OFFICE):
        work += _assessments(person, day)
    if holds(person, day, Role.ANALYST):
        work += _to_release()
    return work + _letters(person, day)


def _reports(person: Any, day: date) -> list[Work]:
    """Drafts of rounds that have begun, for reporters; proposals for approvers."""
    reports, approves = bodies_of(person, day, Role.REPORTER), bodies_of(person, day, Role.APPROVER)
    if not reports and not approves:
        return []
    condition = Q(scorecard__body__in=reports, state=ReportState.DRAFT) | Q(
        scorecard__body__in=approves, state=ReportState.PROPOSED
    )
    work = []
    reports_waiting = list(Report.objects.filter(condition).select_related("scorecard__body"))
    due, filled = due_days(reports_waiting), filled_of(reports_waiting)
    why = reasons(REPORT_LIFE, reports_waiting, ReportState.DRAFT)
    for report in reports_waiting:
        card = report.scorecard
        rule = rounds_of(rules_of(card)[1])[report.round_id]
        if rule.value.first > day:
            continue
        title = f"{name_of(card.body)} {card.fiscal_year} · {words(rule.label)}"
        path, asks = reverse("reports:report", args=[report.pk]), f"report-state.{report.state}"
        work.append(
            Work(
                title,
                path,
                asks,
                due[report.pk],
                card.fiscal_year,
                filled.get(report.pk),
                why.get(report.pk, ""),
            )
        )
    return work


def _self_evaluations(person: Any, day: date) -> list[Work]:
    """Of bodies that evaluate themselves: papers to send, to look through, to put."""
    return [
        Work(
            f"{name_of(row.body)} {row.fiscal_year}",
            SELF_EVALUATION_LIFE.address(row),
            f"{SELF_EVALUATION_LIFE.state_words}.{row.state}",
            None,
            row.fiscal_year,
        )
        for row in self_evaluations_for(person, day)
    ]


def _warnings(person: Any, day: date) -> list[Work]:
    """Corrective plans: to write, to send, to accept."""
    reports, approves = bodies_of(person, day, Role.REPORTER), bodies_of(person, day, Role.APPROVER)
    to_write = (WarningState.ASKED, WarningState.RETURNED)
    condition = Q(scorecard__body__in=reports, state__in=to_write)
    condition |= Q(scorecard__body__in=approves, state=WarningState.PLANNED)
    if holds(person, day, Role.ANALYST):
        condition |= Q(state=WarningState.SENT)
    warnings = EarlyWarning.objects.filter(condition).select_related("scorecard__body")
    warnings = warnings.exclude(scorecard__in=reported_to_the_end())  # a plan would come too late
    return [
        Work(
            f"{name_of(one.scorecard.body)} {one.scorecard.fiscal_year} · {one.number}",
            reverse("early_warning:warning", args=[one.pk]),
            f"warning-state.{one.state}",
            one.plan_due,
            one.scorecard.fiscal_year,
        )
        for one in warnings[:50]
    ]


def _findings(person: Any, day: date) -> list[Work]:
    """Findings of visits that the person's bodies are to answer."""
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    if not own:
        return []
    path = "visit__scorecard__body"
    findings = Finding.objects.filter(**{f"{path}__in": own}, state="open").select_related(path)
    return [
        Work(
            f"{name_of(one.visit.scorecard.body)} · {one.text[:60]}",
            reverse("assessments:visit", args=[one.visit_id]),
            "finding-state.open",
            one.due,
            one.visit.scorecard.fiscal_year,
        )
        for one in findings
    ]


def _central(person: Any, day: date, year: int) -> list[Work]:
    """Central data that the person's body owes, and objections to decide."""
    work = []
    owned = sets_owned_by(owned_by(person, day))
    for of in (year - 1, year):
        for progress in progress_of([one for one in owned if one.year == of], of):
            if progress.missing and progress.set.last < day:
                path = reverse(
                    "central_data:central-set",
                    args=[of, progress.set.round_id, progress.set.rule_id],
                )
                title = f"{words(progress.set.rule.label)} {of} ({progress.missing})"
                work.append(Work(title, path, "page.central_owed", None, of))
    for objection in objections_to_decide(person, day)[:50]:
        path = reverse("central_data:central-objection", args=[objection.pk])
        value, asks = objection.central_value, "page.objection_waits"
        work.append(Work(name_of(value.body), path, asks, None, value.fiscal_year))
    return work


def _assessments(person: Any, day: date) -> list[Work]:
    """How many assessments wait for the person's own office, a line for each year and stage."""
    work = []
    for stage in (Stage.PRELIMINARY, Stage.MINISTER, Stage.PRIME_MINISTER):
        path = f"{reverse('assessments:assessments')}?state={stage}"
        years = (
            at_desk_of(person, day, stage).order_by().values_list("report__scorecard__fiscal_year")
        )
        for year, many in years.annotate(Count("pk")):
            title = sentence("work.assessments_waiting", count=many)
            work.append(Work(title, path, f"assessment-state.{stage}", None, year))
    return work


def _letters(person: Any, day: date) -> list[Work]:
    """Circular letters to acknowledge, and to sign and send."""
    return [
        Work(one.title, reverse("letters:letter", args=[one.letter]), one.asks, None)
        for one in letters_for(person, day)
    ]


def _to_release() -> list[Work]:
    many = Result.objects.filter(state=ResultState.COMPUTED).count()
    if not many:
        return []
    title = sentence("work.results_waiting", count=many)
    return [Work(title, reverse("results:to-release"), "page.to_release", None)]
