"""Writes of visits: planned, done with a checklist, findings and what becomes of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.access import require
from esar.assessments import permissions
from esar.assessments.models import Assessment, Finding, Visit
from esar.assessments.states import FINDING_MOVES, VISIT_MOVES, FindingState, VisitState
from esar.history.actions import record
from esar.notices.actions import tell
from esar.organisations.models import Person, Role
from esar.organisations.queries import people_with
from esar.problems import Problem, Refused


def _tell(visit: Visit, code: str, people: Any, *, at: datetime) -> None:
    card = visit.assessment.report.scorecard
    tell(
        people, code, path=f"/visits/{visit.pk}/", key=f"visit:{visit.pk}:{code}:{at.isoformat()}",
        at=at, body=card.body.name_th, year=card.fiscal_year, day=visit.held_on.isoformat(),
    )  # fmt: skip


def _body_people(visit: Visit, on: date) -> Any:
    body = visit.assessment.report.scorecard.body
    return people_with(on, Role.REPORTER, Role.APPROVER, body=body)


@transaction.atomic
def plan(
    assessment: Assessment, *, held_on: date, place: str, by: Person, at: datetime, on: date
) -> Visit:
    """Plan a visit and tell the body. Errors: Refused for a day that has passed."""
    require(permissions.may_visit(by, assessment, on))
    if held_on < on:
        raise Refused([Problem("visit.day_has_passed", {"day": held_on})])
    visit = Visit.objects.create(
        assessment=assessment, held_on=held_on, place=place.strip(), by=by, at=at
    )
    _record("visit.planned", visit, by=by, at=at, after={"day": held_on.isoformat()})
    _tell(visit, "notice.visit_planned", _body_people(visit, on), at=at)
    return visit


def _record(verb: str, visit: Visit, *, by: Person, at: datetime, **what: Any) -> None:
    card = visit.assessment.report.scorecard
    record(verb, visit, by=by, at=at, body=card.body.code, **what)


@transaction.atomic
def move_visit(
    visit: Visit, name: str, *, by: Person, at: datetime, on: date,
    checklist: dict[str, Any] | None = None, reason: str = "",
) -> Visit:  # fmt: skip
    """Make one move of VISIT_MOVES; done, with what the checklist found."""
    found = Visit.objects.select_for_update(of=("self",))
    locked = found.select_related("assessment__report__scorecard__body").get(pk=visit.pk)
    require(permissions.may_visit(by, locked.assessment, on))
    sources, target = VISIT_MOVES[name]
    if locked.state not in sources:
        raise Refused([Problem("visit.wrong_state", {"state": f"visit-state.{locked.state}"})])
    if name == "done" and on < locked.held_on:
        raise Refused([Problem("visit.not_yet", {"day": locked.held_on})])
    if name == "cancel" and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    old, locked.state = locked.state, target
    locked.checklist = checklist or {}
    locked.save()
    _record(
        f"visit.{name}", locked, by=by, at=at, before={"state": old},
        after={"state": target, "checklist": locked.checklist}, reason=reason,
    )  # fmt: skip
    _tell(locked, f"notice.visit_{name}", _body_people(locked, on), at=at)
    return locked


@transaction.atomic
def add_finding(
    visit: Visit, *, number: str, text: str, follow_up: str, due: date | None, by: Person,
    at: datetime, on: date,
) -> Finding:  # fmt: skip
    """Write down what was found, and what the body is to do by when."""
    visit = Visit.objects.select_related("assessment__report__scorecard__body").get(pk=visit.pk)
    require(permissions.may_visit(by, visit.assessment, on))
    if visit.state != VisitState.DONE:
        raise Refused([Problem("visit.wrong_state", {"state": f"visit-state.{visit.state}"})])
    problems = [] if text.strip() else [Problem("visit.finding_empty")]
    if due is not None and due < on:
        problems.append(Problem("visit.day_has_passed", {"day": due}))
    if problems:
        raise Refused(problems)
    finding = Finding.objects.create(
        visit=visit, number=number, text=text.strip(), follow_up=follow_up.strip(), due=due
    )
    _record("visit.finding", visit, by=by, at=at, after={"text": text.strip(), "number": number})
    _tell(visit, "notice.finding", _body_people(visit, on), at=at)
    return finding


@transaction.atomic
def move_finding(
    finding: Finding, name: str, *, by: Person, at: datetime, on: date, text: str = ""
) -> Finding:
    """Make one move of FINDING_MOVES: the body answers, OPDC closes or asks again."""
    locked = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    visit = Visit.objects.select_related("assessment__report__scorecard__body").get(
        pk=locked.visit_id
    )
    if name == "answer":
        require(permissions.may_answer(by, visit, on))
    else:
        require(permissions.may_visit(by, visit.assessment, on))
    sources, target = FINDING_MOVES[name]
    if locked.state not in sources:
        raise Refused([Problem("visit.wrong_state", {"state": f"finding-state.{locked.state}"})])
    if name in ("answer", "reopen") and not text.strip():
        raise Refused([Problem("form.no_reason")])
    old, locked.state = locked.state, target
    if target == FindingState.ANSWERED:
        locked.answer = text.strip()
    locked.save()
    _record(
        f"finding.{name}", visit, by=by, at=at, before={"state": old}, after={"state": target},
        reason=text,
    )  # fmt: skip
    people = people_with(on, Role.ASSESSOR) if name == "answer" else _body_people(visit, on)
    _tell(visit, f"notice.finding_{name}", people, at=at)
    return locked
