"""Writes of assessments beside their moves: one begins, assessors declare and judge."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import Outcome, items_as_json, outcome_as_json
from esar.judge.assessments.levels import SELF, Layers, layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE, figures_of, parts_of
from esar.judge.assessments.models import Assessment, Declaration, Judgement
from esar.judge.assessments.validation import misfits
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules import kinds
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with
from esar.report.reports.models import Report, ReportVersion


@transaction.atomic
def receive(report: Report, version: ReportVersion, *, at: datetime) -> Assessment | None:
    """Begin the assessment of a report that was sent in; sent in again, it goes on with that.

    None where the year has no assessment in its rules.
    """
    if rules_of(report.scorecard)[1].the(kinds.Assessment) is None:
        return None
    totals = {SELF: version.sent_in.total}
    assessment, is_new = Assessment.objects.get_or_create(
        report=report, defaults={"version": version, "since": at, "totals": totals}
    )
    if not is_new:
        day = timezone.localdate(at)
        again = ASSESSMENT_LIFE.move(
            assessment, "resubmit", by=None, at=at, on=day, version=version
        )
        return again.thing
    body, after = report.scorecard.body.code, {"number": version.number, "state": assessment.state}
    record(
        "assessment.received", assessment, by=None, at=at, body=body, after=after | {"dropped": []}
    )
    return assessment


@transaction.atomic
def declare(
    assessment: Assessment, *, has_conflict: bool, detail: str, by: Person, at: datetime, on: date
) -> Declaration:
    """An assessor's word on a conflict of interest. One that has is told of to the analysts."""
    locked = ASSESSMENT_LIFE.locked(assessment)
    require(ASSESSMENT_LIFE.may(by, locked, "declare", on))
    if has_conflict and not detail.strip():
        raise Refused([Problem("assessment.conflict_untold")])
    declaration = Declaration.objects.create(
        assessment=locked, person=by, has_conflict=has_conflict, detail=detail.strip(), at=at
    )
    record(
        "assessment.declared",
        locked,
        by=by,
        at=at,
        body=ASSESSMENT_LIFE.body_code(locked),
        after={"has_conflict": has_conflict, "detail": detail.strip()},
    )
    if has_conflict:
        tell(
            people_with(on, Role.ANALYST),
            "notice.conflict",
            path=ASSESSMENT_LIFE.address(locked),
            key=f"assessment:{locked.pk}:notice.conflict:{at.isoformat()}",
            at=at,
            **figures_of(locked),
        )
    return declaration


@transaction.atomic
def judge(
    assessment: Assessment,
    number: str,
    outcome: Outcome,
    *,
    reason: str,
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> Judgement | None:
    """Put another result of a KPI on top of the former one, and say why.

    The former result itself takes this level's judgement away (gives None). Points are not judged:
    they are computed. `seen` is the token of the page, of this KPI. Errors: Refused.
    """
    locked, reason = ASSESSMENT_LIFE.locked(assessment), reason.strip()
    require(ASSESSMENT_LIFE.may(by, locked, "judge", on))
    layers = layers_of(locked)
    former = layers.under(locked.state).outcomes
    if number not in former:
        raise Refused([Problem("assessment.no_such_kpi", {"number": number})])
    ASSESSMENT_LIFE.require_seen(locked, seen, content=kpi_part(locked, layers, number))
    problems = [] if reason else [Problem("form.no_reason")]
    kpi = next(kpi for kpi in layers.version.agreed.kpis if kpi.number == number)
    problems += misfits(kpi, outcome, rules_of(layers.version.scorecard)[1])
    if problems:
        raise Refused(problems)
    own_judgements = Judgement.objects.filter(assessment=locked, level=locked.state, number=number)
    if outcome == former[number]:
        own_judgements.delete()
        judgement = None
    else:
        judgement, _ = Judgement.objects.update_or_create(
            assessment=locked,
            level=locked.state,
            number=number,
            defaults={
                "status": _status(outcome),
                "actual": outcome.actual,
                "reason": reason,
                "steps_done": None if outcome.steps_done is None else list(outcome.steps_done),
                "items": items_as_json(outcome.items) or None,
                "by": by,
                "at": at,
            },
        )
    before = outcome_as_json(layers.at(locked.state).outcomes[number]) or {}
    after = outcome_as_json(outcome) or {}
    record(
        "assessment.judged",
        locked,
        by=by,
        at=at,
        body=ASSESSMENT_LIFE.body_code(locked),
        before={"number": number} | before,
        after={"number": number} | after | {"level": locked.state},
        reason=reason,
    )
    return judgement


def kpi_part(assessment: Assessment, layers: Layers, number: str) -> dict[str, object]:
    """What the page on which a KPI is judged shows of it."""
    return {number: parts_of(assessment, layers)[number]}


def _status(outcome: Outcome) -> str:
    if outcome.not_applicable:
        return "not_applicable"
    return "reported" if outcome.is_reported else "not_reported"
