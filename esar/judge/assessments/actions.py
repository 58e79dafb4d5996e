"""Writes of assessments: declarations, judgements, and the way from level to level."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import Outcome
from esar.judge.assessments import permissions
from esar.judge.assessments.fitting import misfits
from esar.judge.assessments.layers import SELF, Layers, layers_of
from esar.judge.assessments.models import Assessment, Declaration, Judgement
from esar.judge.assessments.queries import levels_of
from esar.judge.assessments.signals import decided
from esar.judge.assessments.states import ASSESSMENT_MOVES, FORMER, NEXT, Stage
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules import kinds
from esar.law.rules.numbers import trimmed
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import office_over, people_with
from esar.report.central_data.queries import open_objections
from esar.report.reports.content import total_text
from esar.report.reports.life import REPORT_LIFE
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
    dropped: list[str] = []
    if not is_new:
        dropped = _drop_judgements(assessment, version)
        changed = {"version": version, "state": Stage.PRELIMINARY, "since": at, "totals": totals}
        Assessment.objects.filter(pk=assessment.pk, state=Stage.RETURNED).update(**changed)
        assessment.refresh_from_db()
    record(
        "assessment.received" if is_new else "assessment.resubmit",
        assessment,
        by=None,
        at=at,
        body=report.scorecard.body.code,
        after={"number": version.number, "state": assessment.state, "dropped": dropped},
    )
    return assessment


def _drop_judgements(assessment: Assessment, version: ReportVersion) -> list[str]:
    """Take away what was judged of KPIs of which the new sending says something else."""
    before = assessment.version.sent_in.by_number()
    changed = [
        claim.number for claim in version.sent_in.claims if before.get(claim.number) != claim
    ]
    stale = Judgement.objects.filter(assessment=assessment, number__in=changed)
    dropped = sorted(set(stale.values_list("number", flat=True)))
    stale.delete()
    return dropped


def _locked(assessment: Assessment) -> Assessment:
    assessments = Assessment.objects.select_for_update(of=("self",))
    return assessments.select_related("report__scorecard__body__parent", "version").get(
        pk=assessment.pk
    )


def _body(assessment: Assessment) -> str:
    return str(assessment.report.scorecard.body.code)


@transaction.atomic
def declare(
    assessment: Assessment, *, has_conflict: bool, detail: str, by: Person, at: datetime, on: date
) -> Declaration:
    """An assessor's word on a conflict of interest. One that has is told of to the analysts."""
    locked = _locked(assessment)
    require(permissions.may_declare(by, locked, on))
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
        body=_body(locked),
        after={"has_conflict": has_conflict, "detail": detail.strip()},
    )
    if has_conflict:
        _tell(people_with(on, Role.ANALYST), "notice.conflict", locked, at=at)
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
) -> Judgement | None:
    """Put another result of a KPI on top of the former one, and say why.

    The former result itself takes this level's judgement away (gives None). Points are not judged:
    they are computed. Errors: Refused.
    """
    locked = _locked(assessment)
    require(permissions.may_judge(by, locked, on))
    layers = layers_of(locked)
    former = _former(layers, locked.state)
    if number not in former:
        raise Refused([Problem("assessment.no_such_kpi", {"number": number})])
    _check_outcome(layers, number, outcome, reason)
    own_judgements = Judgement.objects.filter(assessment=locked, level=locked.state, number=number)
    before = _shown(number, layers.at(locked.state).outcomes[number])
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
                "reason": reason.strip(),
                "steps_done": None if outcome.steps_done is None else list(outcome.steps_done),
                "by": by,
                "at": at,
            },
        )
    record(
        "assessment.judged",
        locked,
        by=by,
        at=at,
        body=_body(locked),
        before=before,
        after=_shown(number, outcome) | {"level": locked.state},
        reason=reason.strip(),
    )
    return judgement


def _status(outcome: Outcome) -> str:
    if outcome.not_applicable:
        return "not_applicable"
    reported = outcome.actual is not None or outcome.steps_done is not None
    return "reported" if reported else "not_reported"


def _former(layers: Layers, level: str) -> dict[str, Outcome]:
    """The outcomes of the layer under a level."""
    names = [layer.level for layer in layers.layers]
    return dict(layers.layers[names.index(level) - 1].outcomes)


def _check_outcome(layers: Layers, number: str, outcome: Outcome, reason: str) -> None:
    kpi = next(kpi for kpi in layers.version.agreed.kpis if kpi.number == number)
    problems = [] if reason.strip() else [Problem("form.no_reason")]
    problems += misfits(kpi, outcome, rules_of(layers.version.scorecard)[1])
    if problems:
        raise Refused(problems)


def _shown(number: str, outcome: Outcome) -> dict[str, Any]:
    actual = None if outcome.actual is None else f"{trimmed(outcome.actual):f}"
    steps = None if outcome.steps_done is None else list(outcome.steps_done)
    return {
        "number": number,
        "actual": actual,
        "steps_done": steps,
        "not_applicable": outcome.not_applicable,
    }


@transaction.atomic
def move(
    assessment: Assessment, name: str, *, by: Person, at: datetime, on: date, reason: str = ""
) -> Assessment:
    """Make one move of ASSESSMENT_MOVES: permission, checks, state, history, notices, or nothing.

    Returning gives the report back to its body in the same transaction. Errors: Refused.
    """
    locked = _locked(assessment)
    require(permissions.may_move(by, locked, name, on))
    table = ASSESSMENT_MOVES[name]
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    layers = layers_of(locked)
    if name == "pass_on":
        _check_ready(locked, layers)
    old, new = locked.state, _target(locked, table.target)
    changed = {"state": new, "since": at, "totals": _totals(locked, layers, name)}
    if not Assessment.objects.filter(pk=locked.pk, state=old).update(**changed):
        raise Refused([Problem("assessment.already_moved")])
    for field, value in changed.items():
        setattr(locked, field, value)
        setattr(assessment, field, value)
    record(
        f"assessment.{name}",
        locked,
        by=by,
        at=at,
        body=_body(locked),
        before={"state": old},
        after={"state": new, "total": locked.totals.get(old)},
        reason=reason,
    )
    if name == "return":
        REPORT_LIFE.move(locked.report, "return", by=by, at=at, on=on, reason=reason)
    if new == Stage.DONE:
        decided.send(Assessment, assessment=locked, by=by, at=at)
    _tell_next(locked, at=at, on=on)
    return locked


def _target(assessment: Assessment, target: str) -> str:
    if target not in (NEXT, FORMER):
        return target
    order = [level.id for level in levels_of(assessment)]
    place = order.index(assessment.state) + (1 if target == NEXT else -1)
    return order[place] if place < len(order) else Stage.DONE


def _check_ready(assessment: Assessment, layers: Layers) -> None:
    """Nothing is passed on that cannot be scored, or that waits for a central owner."""
    layer = layers.at(assessment.state)
    problems = list(layer.problems)
    card = assessment.report.scorecard
    due = {number for number, one in layer.scores.items() if one.status != "not_due"}
    for number, value in layers.central.items():
        if value is None and number in due:
            problems.append(Problem("assessment.central_missing", {"number": number}))
    if open_objections(card.fiscal_year, assessment.report.round_id, body=card.body).exists():
        problems.append(Problem("assessment.objection_open", {"body": card.body.name_th}))
    if problems:
        raise Refused(problems)


def _totals(assessment: Assessment, layers: Layers, name: str) -> dict[str, str | None]:
    """The totals of the self-assessment and of every level that has passed it on."""
    passed = [SELF]
    for level in levels_of(assessment):
        if level.id == assessment.state:
            break
        passed.append(level.id)
    if name == "pass_on":
        passed.append(assessment.state)
    elif len(passed) > 1:  # handed back: the level before has not passed it on any more
        passed.pop()
    scores = {stage: layers.at(stage).score for stage in passed}
    return {stage: total_text(one) for stage, one in scores.items() if one is not None}


def _tell_next(assessment: Assessment, *, at: datetime, on: date) -> None:
    """Tell the office at whose desk it now is; at the end OPDC's analysts, who release it."""
    level = next((one for one in levels_of(assessment) if one.id == assessment.state), None)
    if assessment.state == Stage.DONE:
        people, code = people_with(on, Role.ANALYST), "notice.assessment_done"
    elif level is None:
        return
    elif level.office == "opdc":
        people, code = people_with(on, Role.ASSESSOR), "notice.assessment_your_turn"
    else:
        office = office_over(assessment.report.scorecard.body, level.office)
        if office is None:
            return
        people = people_with(on, Role.MINISTERS_OFFICE, body=office)
        code = "notice.assessment_your_turn"
    _tell(people, code, assessment, at=at)


def _tell(people: Any, code: str, assessment: Assessment, *, at: datetime) -> None:
    card = assessment.report.scorecard
    tell(
        people,
        code,
        path=reverse("assessments:assessment", args=[assessment.pk]),
        key=f"assessment:{assessment.pk}:{code}:{at.isoformat()}",
        at=at,
        body=card.body.name_th,
        year=card.fiscal_year,
    )
