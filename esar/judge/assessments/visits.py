"""Writes of visits: planned, done with a checklist, findings and what becomes of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments import permissions
from esar.judge.assessments.models import Assessment, Finding, Visit
from esar.judge.assessments.states import FINDING_MOVES, VISIT_MOVES, FindingState, VisitState
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with


def _tell(visit: Visit, code: str, people: Any, *, at: datetime) -> None:
    card = visit.scorecard
    tell(
        people,
        code,
        path=reverse("assessments:visit", args=[visit.pk]),
        key=f"visit:{visit.pk}:{code}:{at.isoformat()}",
        at=at,
        body=card.body.name_th,
        year=card.fiscal_year,
        day=visit.held_on.isoformat(),
    )


def _body_people(visit: Visit, on: date) -> Any:
    return people_with(on, Role.REPORTER, Role.APPROVER, body=visit.scorecard.body)


@transaction.atomic
def plan(
    subject: Assessment | Scorecard,
    *,
    held_on: date,
    place: str,
    by: Person,
    at: datetime,
    on: date,
) -> Visit:
    """Plan a visit to assess a report, or to advise on a scorecard, and tell the body.

    Errors: Refused for a day that has passed.
    """
    assessment = subject if isinstance(subject, Assessment) else None
    scorecard = subject.report.scorecard if isinstance(subject, Assessment) else subject
    require(permissions.may_visit(by, assessment, on))
    if held_on < on:
        raise Refused([Problem("visit.day_has_passed", {"day": held_on})])
    visit = Visit.objects.create(
        scorecard=scorecard,
        assessment=assessment,
        held_on=held_on,
        place=place.strip(),
        by=by,
        at=at,
    )
    _record("planned", visit, by=by, at=at, after={"day": held_on.isoformat()})
    _tell(visit, f"notice.{visit.about}_planned", _body_people(visit, on), at=at)
    return visit


def _record(verb: str, visit: Visit, *, by: Person, at: datetime, **changes: Any) -> None:
    """What was done to it, under the verb of a visit or of a meeting to advise."""
    record(f"{visit.about}.{verb}", visit, by=by, at=at, body=visit.scorecard.body.code, **changes)


@transaction.atomic
def move_visit(
    visit: Visit,
    name: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    checklist: dict[str, Any] | None = None,
    took_part: str = "",
    reason: str = "",
) -> Visit:
    """Make one move of VISIT_MOVES; done, with who took part and what the checklist found."""
    visits = Visit.objects.select_for_update(of=("self",))
    locked = visits.select_related("scorecard__body", "assessment").get(pk=visit.pk)
    require(permissions.may_visit(by, locked.assessment, on))
    sources, target = VISIT_MOVES[name]
    if locked.state not in sources:
        raise Refused(
            [Problem("visit.wrong_state", {"state": Word(f"visit-state.{locked.state}")})]
        )
    if name == "done" and on < locked.held_on:
        raise Refused([Problem("visit.not_yet", {"day": locked.held_on})])
    if name == "cancel" and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    if name == "done" and locked.about == "advice" and not took_part.strip():
        raise Refused([Problem("visit.nobody_took_part")])
    old, locked.state = locked.state, target
    locked.checklist, locked.took_part = checklist or {}, took_part.strip()
    locked.save()
    after = {"state": target, "checklist": locked.checklist}
    if locked.took_part:
        after["took_part"] = locked.took_part
    _record(name, locked, by=by, at=at, before={"state": old}, after=after, reason=reason)
    _tell(locked, f"notice.{locked.about}_{name}", _body_people(locked, on), at=at)
    return locked


@transaction.atomic
def add_finding(
    visit: Visit,
    *,
    number: str,
    text: str,
    follow_up: str,
    due: date | None,
    by: Person,
    at: datetime,
    on: date,
    owner: str = "",
) -> Finding:
    """Write down what was found or advised, and who is to do what by when."""
    visit = Visit.objects.select_related("scorecard__body", "assessment").get(pk=visit.pk)
    require(permissions.may_visit(by, visit.assessment, on))
    if visit.state != VisitState.DONE:
        raise Refused([Problem("visit.wrong_state", {"state": Word(f"visit-state.{visit.state}")})])
    problems = [] if text.strip() else [Problem("visit.finding_empty")]
    if due is not None and due < on:
        problems.append(Problem("visit.day_has_passed", {"day": due}))
    if problems:
        raise Refused(problems)
    finding = Finding.objects.create(
        visit=visit,
        number=number,
        text=text.strip(),
        follow_up=follow_up.strip(),
        due=due,
        owner=owner.strip(),
    )
    _record("finding", visit, by=by, at=at, after={"text": text.strip(), "number": number})
    code = "notice.advised" if visit.about == "advice" else "notice.finding"
    _tell(visit, code, _body_people(visit, on), at=at)
    return finding


@transaction.atomic
def move_finding(
    finding: Finding, name: str, *, by: Person, at: datetime, on: date, text: str = ""
) -> Finding:
    """Make one move of FINDING_MOVES: the body answers, OPDC closes or asks again."""
    locked = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    visit = Visit.objects.select_related("scorecard__body", "assessment").get(pk=locked.visit_id)
    if name == "answer":
        require(permissions.may_answer(by, visit, on))
    else:
        require(permissions.may_visit(by, visit.assessment, on))
    sources, target = FINDING_MOVES[name]
    if locked.state not in sources:
        raise Refused(
            [Problem("visit.wrong_state", {"state": Word(f"finding-state.{locked.state}")})]
        )
    if name in ("answer", "reopen") and not text.strip():
        raise Refused([Problem("form.no_reason")])
    old, locked.state = locked.state, target
    if target == FindingState.ANSWERED:
        locked.answer = text.strip()
    locked.save()
    record(
        f"finding.{name}",
        visit,
        by=by,
        at=at,
        body=visit.scorecard.body.code,
        before={"state": old},
        after={"state": target},
        reason=text,
    )
    people = people_with(on, Role.ASSESSOR) if name == "answer" else _body_people(visit, on)
    _tell(visit, f"notice.finding_{name}", people, at=at)
    return locked
