"""Writes of assessments beside their moves: one begins, assessors declare and judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import Outcome, items_as_json, outcome_as_json
from esar.judge.assessments.levels import SELF, Layers, layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE, figures_of, kpi_part
from esar.judge.assessments.models import (
    Assessment,
    Declaration,
    DeclaredConflict,
    Judgement,
    KpiCheck,
    YearDeclaration,
)
from esar.judge.assessments.permissions import may_declare
from esar.judge.assessments.validation import misfits
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.law.rules import kinds
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
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
def declare_for_year(
    year: int, conflicts: Iterable[Body], detail: str, *, by: Person, at: datetime, on: date
) -> YearDeclaration:
    """Declare once for every body of a year: no conflict of interest but at those named.

    Said again it adds bodies; none is taken back. Analysts are told of each. Errors: Refused.
    """
    require(may_declare(by, on))
    bodies, detail = list(conflicts), detail.strip()
    if bodies and not detail:
        raise Refused([Problem("assessment.conflict_untold")])
    if detail and not bodies:
        raise Refused([Problem("assessment.conflict_nowhere")])
    declaration = YearDeclaration.objects.create(fiscal_year=year, person=by, at=at)
    for body in bodies:
        DeclaredConflict.objects.create(declaration=declaration, body=body, detail=detail)
    codes = [body.code for body in bodies]
    after = {"year": year, "bodies": codes, "detail": detail}
    record("assessment.declared_for_year", declaration, by=by, at=at, after=after)
    if bodies:
        tell(
            people_with(on, Role.ANALYST),
            "notice.conflict_of_year",
            path=reverse("assessments:assessments"),
            key=f"declaration:{declaration.pk}",
            at=at,
            name=by.name,
            year=year,
            bodies=", ".join(body.name_th for body in bodies),
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
    ASSESSMENT_LIFE.require_seen(locked, seen, content=seen_of_kpi(layers, locked, number))
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
    _look_at(locked, layers_of(locked), number, by=by, at=at)
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


@transaction.atomic
def check(
    assessment: Assessment,
    number: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> None:
    """Say that one looked at a KPI and stands by what one's level has of it.

    The mark is of what was seen: it falls away with the first change of it. `seen` is the token of
    the page, of this KPI. Errors: Refused.
    """
    locked, layers = _to_check(assessment, number, by, on, seen)
    _look_at(locked, layers, number, by=by, at=at)
    _record_check("assessment.checked", locked, number, by=by, at=at)


@transaction.atomic
def uncheck(
    assessment: Assessment,
    number: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> None:
    """Take the mark of one's level off a KPI. Errors: Refused, as those of `check`."""
    locked, _ = _to_check(assessment, number, by, on, seen)
    KpiCheck.objects.filter(assessment=locked, level=locked.state, number=number).delete()
    _record_check("assessment.unchecked", locked, number, by=by, at=at)


def _to_check(
    assessment: Assessment, number: str, by: Person, on: date, seen: str | None
) -> tuple[Assessment, Layers]:
    """The assessment, locked, and what it says now: for whom may check what their page showed."""
    locked = ASSESSMENT_LIFE.locked(assessment)
    require(ASSESSMENT_LIFE.may(by, locked, "check", on))
    layers = layers_of(locked)
    if number not in layers.numbers:
        raise Refused([Problem("assessment.no_such_kpi", {"number": number})])
    ASSESSMENT_LIFE.require_seen(locked, seen, content=seen_of_kpi(layers, locked, number))
    return locked, layers


def _record_check(
    verb: str, assessment: Assessment, number: str, *, by: Person, at: datetime
) -> None:
    record(
        verb,
        assessment,
        by=by,
        at=at,
        body=ASSESSMENT_LIFE.body_code(assessment),
        after={"number": number, "level": assessment.state},
    )


def _look_at(
    assessment: Assessment, layers: Layers, number: str, *, by: Person, at: datetime
) -> None:
    """Keep that somebody saw a KPI as the layers have it now."""
    sha256 = digest(kpi_part(layers, assessment.state, number))
    KpiCheck.objects.update_or_create(
        assessment=assessment,
        level=assessment.state,
        number=number,
        defaults={"sha256": sha256, "by": by, "at": at},
    )


def seen_of_kpi(layers: Layers, assessment: Assessment, number: str) -> dict[str, object]:
    """What the page on which a KPI is judged shows of it."""
    return {number: kpi_part(layers, assessment.state, number)}


def _status(outcome: Outcome) -> str:
    if outcome.not_applicable:
        return "not_applicable"
    return "reported" if outcome.is_reported else "not_reported"
