"""Who may do what to an assessment or a visit, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.judge.assessments.models import Assessment, Visit
from esar.judge.assessments.queries import declared, levels_of
from esar.judge.assessments.states import ASSESSMENT_MOVES
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.lifecycle.moves import OwnWork
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds, office_over
from esar.report.reports.life import REPORT_LIFE


def _at_their_desk(person: Any, assessment: Assessment, day: date) -> Verdict:
    """Whether the person acts for the office at whose desk the assessment is."""
    level = next((one for one in levels_of(assessment) if one.id == assessment.state), None)
    if level is None:
        state = Word(f"assessment-state.{assessment.state}")
        return denied("assessment.wrong_state", state=state)
    if level.office == "opdc":
        if holds(person, day, Role.ASSESSOR):
            return ALLOWED
        return denied("access.wrong_role", roles=(Word("role.assessor"),))
    office = office_over(assessment.report.scorecard.body, level.office)
    if office is not None and holds(person, day, Role.MINISTERS_OFFICE, body=office.pk):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.ministers_office"),))


def may_declare(person: Any, assessment: Assessment, day: date) -> Verdict:
    """Say whether one has a conflict of interest: whoever could judge it now.

    One that was declared stands; it is not taken back by saying otherwise.
    """
    verdict = _at_their_desk(person, assessment, day)
    declaration = declared(assessment, person) if verdict else None
    return denied("assessment.conflict") if declaration and declaration.has_conflict else verdict


def may_judge(person: Any, assessment: Assessment, day: date) -> Verdict:
    """Judge at the present level: not one's own report, and no conflict of interest."""
    verdict = _at_their_desk(person, assessment, day)
    if not verdict:
        return verdict
    if REPORT_LIFE.is_own_work(person, assessment.report, OwnWork.NOT_SENT):
        return denied("access.own_work")
    declaration = declared(assessment, person)
    if declaration is None:
        return denied("assessment.not_declared")
    return denied("assessment.conflict") if declaration.has_conflict else ALLOWED


def may_move(person: Any, assessment: Assessment, name: str, day: date) -> Verdict:
    """Make a move of ASSESSMENT_MOVES."""
    move = ASSESSMENT_MOVES[name]
    if assessment.state not in move.sources:
        state = Word(f"assessment-state.{assessment.state}")
        return denied("assessment.wrong_state", state=state)
    if move.by_the_system:
        return denied("assessment.by_the_system")
    return may_judge(person, assessment, day)


def may_visit(person: Any, assessment: Assessment | None, day: date) -> Verdict:
    """Plan a visit, and write down what it finds: OPDC's, without a declared conflict.

    A meeting to advise is about no assessment.
    """
    if not holds(person, day, Role.ASSESSOR, Role.ANALYST):
        return denied("access.wrong_role", roles=(Word("role.assessor"), Word("role.analyst")))
    declaration = declared(assessment, person) if assessment else None
    return denied("assessment.conflict") if declaration and declaration.has_conflict else ALLOWED


def may_answer(person: Any, visit: Visit, day: date) -> Verdict:
    """Answer a finding: the body's own people."""
    body = visit.scorecard.body_id
    if holds(person, day, Role.REPORTER, Role.APPROVER, body=body):
        return ALLOWED
    return denied("access.wrong_role", roles=(Word("role.reporter"), Word("role.approver")))
