"""The lives of an assessment, of a visit and of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import outcome_as_json
from esar.judge.assessments.levels import SELF, Layers, layers_of
from esar.judge.assessments.models import Assessment, Finding, Judgement, KpiCheck, Visit
from esar.judge.assessments.queries import ACTS, declared_conflict, level_of, levels_of
from esar.judge.assessments.signals import decided
from esar.judge.assessments.states import (
    ASSESSMENT_EDITS,
    ASSESSMENT_MOVES,
    FINDING_MOVES,
    FORMER,
    NEXT,
    VISIT_EDITS,
    VISIT_MOVES,
    Stage,
)
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.chain import digest
from esar.kernel.problems import Problem
from esar.law.rules.kinds import GivenScore
from esar.law.rules.refusals import refusal
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import holds, office_over, people_with
from esar.report.central_data.queries import open_objections
from esar.report.reports.content import total_text
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import ReportVersion

IN_A_LIST = ("so_far",)  # the parts of an assessment that its row in a list shows
MAX_ANSWER = 4000  # letters
TAKEN = "assessment.already_moved"  # someone else was faster


class AssessmentLife(Life[Assessment]):
    """From desk to desk along the levels of its year; who wrote or sent the report judges none."""

    name = "assessment"
    model = Assessment
    page = "assessments:assessment"
    body_at = "report.scorecard.body"
    moves = ASSESSMENT_MOVES
    edits = ASSESSMENT_EDITS
    related = ("report__scorecard__body__parent", "version")
    written_by = ACTS
    lifted_by: ClassVar[Mapping[str, str]] = {"assessment.not_declared": "declare"}

    def whose_work(self, thing: Assessment) -> tuple[Life[Any], Any]:
        return REPORT_LIFE, thing.report

    def has_role(self, person: Any, role: str, thing: Assessment, day: date) -> bool:
        """Only at the office at whose desk it is: OPDC's assessor, or that minister's office."""
        level = level_of(thing)
        if level is None:
            return False
        if level.office == "opdc":
            return role == Role.ASSESSOR and holds(person, day, role)
        if role != Role.MINISTERS_OFFICE:
            return False
        office = office_over(thing.report.scorecard.body, level.office)
        return office is not None and holds(person, day, role, body=office.pk)

    def keeps_out(self, person: Any, thing: Assessment, name: str) -> Verdict:
        return super().keeps_out(person, thing, name) and without_conflict(person, thing)

    def bars(self, person: Any, thing: Assessment, name: str, day: date) -> Verdict:
        """Nobody judges before they declare, nor with a conflict; once declared, that stands."""
        has_conflict = declared_conflict(thing, person)
        if has_conflict is None:
            return ALLOWED if name == "declare" else denied("assessment.not_declared")
        return denied("assessment.conflict") if has_conflict else ALLOWED

    def content(self, thing: Assessment) -> Mapping[str, Any]:
        return parts_of(thing, layers_of(thing))

    def check(self, act: Act[Assessment]) -> Iterable[Problem]:
        if act.name == "resubmit":
            return ()
        act.content = layers_of(act.thing)
        return unfit_to_pass_on(act.thing, act.content) if act.name == "pass_on" else ()

    def target(self, act: Act[Assessment]) -> str:
        if act.move.target not in (NEXT, FORMER):
            return act.move.target
        order = [level.id for level in levels_of(act.thing)]
        place = order.index(act.thing.state) + (1 if act.move.target == NEXT else -1)
        return order[place] if place < len(order) else Stage.DONE

    def changes(self, act: Act[Assessment]) -> Mapping[str, Any]:
        """The totals so far; sent in again, it goes on with that."""
        if act.name == "resubmit":
            version: ReportVersion = act.given["version"]
            act.content = _changed_claims(act.thing.version, version)
            return {"version": version, "totals": {SELF: version.sent_in.total}}
        totals = _totals(act)
        act.after["total"] = totals.get(act.old)
        return {"totals": totals}

    def carry_out(self, act: Act[Assessment]) -> None:
        """Judgements of claims that were sent anew with something else do not stand."""
        if act.name == "resubmit":
            stale = Judgement.objects.filter(assessment=act.thing, number__in=act.content)
            dropped = sorted(set(stale.values_list("number", flat=True)))
            stale.delete()
            act.after |= {"number": act.thing.version.number, "dropped": dropped}

    def follow(self, act: Act[Assessment]) -> None:
        """Returned, the report is its body's again; at the end the result is computed."""
        assessment = act.thing
        if act.name == "return":
            report, reason = assessment.report, act.reason
            REPORT_LIFE.move(report, "return", by=act.by, at=act.at, on=act.on, reason=reason)
        if assessment.state == Stage.DONE:
            decided.send(Assessment, assessment=assessment, by=act.by, at=act.at)

    def notices(self, act: Act[Assessment]) -> Iterator[Notice]:
        """The office at whose desk it now is; at the end OPDC's analysts, who release it."""
        assessment, level = act.thing, level_of(act.thing)
        if act.name == "resubmit":
            return
        if assessment.state == Stage.DONE:
            people = people_with(act.on, Role.ANALYST)
            yield Notice(people, "notice.assessment_done", figures_of(assessment))
        elif level is not None and level.office == "opdc":
            people = people_with(act.on, Role.ASSESSOR)
            yield Notice(people, "notice.assessment_your_turn", figures_of(assessment))
        elif level is not None:
            office = office_over(assessment.report.scorecard.body, level.office)
            if office is not None:
                people = people_with(act.on, Role.MINISTERS_OFFICE, body=office)
                yield Notice(people, "notice.assessment_your_turn", figures_of(assessment))


def figures_of(assessment: Assessment) -> dict[str, Any]:
    """What a notice about an assessment says."""
    card = assessment.report.scorecard
    return {"body": card.body.name_th, "year": card.fiscal_year}


def parts_of(assessment: Assessment, layers: Layers) -> dict[str, Any]:
    """What its page shows: the whole as in a list, then each KPI as each level has it so far."""
    judgements = [judgement for layer in layers.layers for judgement in layer.judged.values()]
    newest = max((judgement.at for judgement in judgements), default=None)
    return row_of(assessment, len(judgements), newest) | {
        number: kpi_part(layers, assessment.state, number) for number in layers.numbers
    }


def kpi_part(layers: Layers, level: str, number: str) -> dict[str, Any]:
    """What a level sees of a KPI: what was sent, and what each level up to it makes of it."""
    claim = layers.claims.get(number)
    return {
        "sent": claim and claim.to_json(),
        "levels": {
            layer.level: {
                "outcome": outcome_as_json(layer.outcomes.get(number)),
                "reason": layer.judged[number].reason if number in layer.judged else "",
            }
            for layer in layers.reached(level)
        },
    }


def checks_of(assessment: Assessment, layers: Layers) -> dict[str, dict[str, KpiCheck]]:
    """Level → KPI number → who looked at it, where what they saw is still there.

    One query.
    """
    by_level: dict[str, dict[str, KpiCheck]] = {}
    for row in KpiCheck.objects.filter(assessment=assessment).select_related("by"):
        if row.number in layers.numbers and row.sha256 == digest(
            kpi_part(layers, row.level, row.number)
        ):
            by_level.setdefault(row.level, {})[row.number] = row
    return by_level


def row_of(assessment: Assessment, judged: int, judged_at: datetime | None) -> dict[str, Any]:
    """What its row in a list shows: what was sent, the totals so far, how much was judged."""
    sent, totals = assessment.version.sha256, assessment.totals
    newest = judged_at.isoformat() if judged_at else ""
    return {"so_far": {"sent": sent, "totals": totals, "judged": judged, "judged_at": newest}}


def unfit_to_pass_on(assessment: Assessment, layers: Layers) -> list[Problem]:
    """Nothing is passed on that cannot be scored, or that waits for a central owner."""
    card, layer = assessment.report.scorecard, layers.at(assessment.state)
    problems = list(layer.problems)
    due = {number for number, score in layer.scores.items() if score.status != "not_due"}
    problems += [
        refusal("assessment.central_missing", layers.owners.get(number), {"number": number})
        for number, value in layers.central.items()
        if value is None and number in due
    ]
    problems += _without_points(assessment, layers)
    if open_objections(card.fiscal_year, assessment.report.round_id, body=card.body).exists():
        problems.append(Problem("assessment.objection_open", {"body": card.body.name_th}))
    return problems


def _without_points(assessment: Assessment, layers: Layers) -> list[Problem]:
    """Results that OPDC is to give points for, and has not: reported is not zero."""
    office = next((one.office for one in levels_of(assessment) if one.id == assessment.state), "")
    outcomes = layers.at(assessment.state).outcomes
    typed, scale = layers.typed_points, rules_of(assessment.report.scorecard)[1].the(GivenScore)
    return [
        refusal("assessment.points_typed", scale, {"number": number, "points": typed[number]})
        if number in typed
        else refusal("assessment.points_missing", scale, {"number": number})
        for number in sorted(layers.waiting)
        if office == "opdc"
        and layers.claims[number].status == "reported"
        and number not in layers.at(assessment.state).judged
        and outcomes[number].actual is None
    ]


def _totals(act: Act[Assessment]) -> dict[str, str | None]:
    """The totals of the self-assessment and of every level that has passed it on."""
    order = [SELF, *(level.id for level in levels_of(act.thing))]
    passed = order[: order.index(act.old)]
    if act.name == "pass_on":
        passed.append(act.old)
    elif len(passed) > 1:  # handed back: the level before has not passed it on any more
        passed.pop()
    layers: Layers = act.content
    scores = {stage: layers.at(stage).score for stage in passed}
    return {stage: total_text(score) for stage, score in scores.items() if score is not None}


def _changed_claims(before: ReportVersion, after: ReportVersion) -> list[str]:
    """KPIs of which the new sending says something else."""
    former, claims = before.sent_in.by_number(), after.sent_in.claims
    return [claim.number for claim in claims if former.get(claim.number) != claim]


class VisitLife(Life[Visit]):
    """Planned, then held or cancelled. The history tells of a visit, or of a meeting to advise."""

    name = "visit"
    model = Visit
    page = "assessments:visit"
    body_at = "scorecard.body"
    moves = VISIT_MOVES
    edits = VISIT_EDITS
    related = ("scorecard__body", "assessment")
    already_moved = TAKEN
    keeps_since = False

    def keeps_out(self, person: Any, thing: Visit, name: str) -> Verdict:
        return super().keeps_out(person, thing, name) and without_conflict(person, thing.assessment)

    def bars(self, person: Any, thing: Visit, name: str, day: date) -> Verdict:
        return without_conflict(person, thing.assessment)

    def check(self, act: Act[Visit]) -> Iterator[Problem]:
        if act.name != "done":
            return
        if act.on < act.thing.held_on:
            yield Problem("visit.not_yet", {"day": act.thing.held_on})
        if act.thing.about == "advice" and not act.given.get("took_part", "").strip():
            yield Problem("visit.nobody_took_part")

    def changes(self, act: Act[Visit]) -> Mapping[str, Any]:
        if act.name != "done":
            return {}
        took_part = act.given.get("took_part", "").strip()
        return {"checklist": act.given.get("checklist", {}), "took_part": took_part}

    def carry_out(self, act: Act[Visit]) -> None:
        act.after["checklist"] = act.thing.checklist
        if act.thing.took_part:
            act.after["took_part"] = act.thing.took_part

    def notices(self, act: Act[Visit]) -> Iterator[Notice]:
        yield notice_of(act.thing, f"{act.thing.about}_{act.name}", act.on)

    def verb(self, act: Act[Visit]) -> str:
        return f"{act.thing.about}.{act.name}"


class FindingLife(Life[Finding]):
    """Answered by its body, closed or asked again by OPDC; a part of its visit's history."""

    name = "finding"
    model = Finding
    body_at = "visit.scorecard.body"
    moves = FINDING_MOVES
    related = ("visit__scorecard__body", "visit__assessment")
    wrong_state = "visit.wrong_state"
    already_moved = TAKEN
    no_reason = "visit.no_words"
    max_reason = MAX_ANSWER
    keeps_since = False

    def recorded_on(self, thing: Finding) -> models.Model:
        return thing.visit

    def content(self, thing: Finding) -> Mapping[str, Any]:
        return {
            "text": thing.text,
            "follow_up": thing.follow_up,
            "owner": thing.owner,
            "due": thing.due and thing.due.isoformat(),
            "answer": thing.answer,
        }

    def address(self, thing: Finding) -> str:
        return VISIT_LIFE.address(thing.visit)

    def keeps_out(self, person: Any, thing: Finding, name: str) -> Verdict:
        return super().keeps_out(person, thing, name) and self._without_conflict(
            person, thing, name
        )

    def bars(self, person: Any, thing: Finding, name: str, day: date) -> Verdict:
        return self._without_conflict(person, thing, name)

    def _without_conflict(self, person: Any, thing: Finding, name: str) -> Verdict:
        return ALLOWED if name == "answer" else without_conflict(person, thing.visit.assessment)

    def changes(self, act: Act[Finding]) -> Mapping[str, Any]:
        return {"answer": act.reason} if act.name == "answer" else {}

    def notices(self, act: Act[Finding]) -> Iterator[Notice]:
        assessors = people_with(act.on, Role.ASSESSOR) if act.name == "answer" else None
        yield notice_of(act.thing.visit, f"finding_{act.name}", act.on, assessors)


def without_conflict(person: Any, assessment: Assessment | None) -> Verdict:
    """Whether the person has declared no conflict; a meeting to advise is about no assessment."""
    has_conflict = assessment is not None and declared_conflict(assessment, person)
    return denied("assessment.conflict") if has_conflict else ALLOWED


def notice_of(visit: Visit, code: str, on: date, people: Iterable[Person] | None = None) -> Notice:
    """A notice about a visit, to its body's own people unless to others."""
    card = visit.scorecard
    if people is None:
        people = people_with(on, Role.REPORTER, Role.APPROVER, body=card.body)
    figures = {"body": card.body.name_th, "year": card.fiscal_year}
    return Notice(people, f"notice.{code}", figures | {"day": visit.held_on.isoformat()})


ASSESSMENT_LIFE = AssessmentLife()
VISIT_LIFE = VisitLife()
FINDING_LIFE = FindingLife()
