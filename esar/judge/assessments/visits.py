"""Writes of visits beside their moves: one is planned, and what it finds is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments import permissions
from esar.judge.assessments.life import VISIT_LIFE, notice_of
from esar.judge.assessments.models import Assessment, Finding, Visit
from esar.judge.assessments.states import FindingState, VisitState
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.calendars.actions import too_late
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.models import Person


@transaction.atomic
def plan(
    subject: Assessment | Scorecard,
    *,
    held_on: date,
    place: str,
    by: Person,
    at: datetime,
    on: date,
    party: Sequence[Person] = (),
) -> Visit:
    """Plan a visit to assess a report, or to advise on a scorecard, and tell the body.

    `party` are those who go along: each must be one who may visit the body, and is told. Errors:
    Refused for a day that has passed or is out of the year's reach, or others in the party.
    """
    assessment = subject if isinstance(subject, Assessment) else None
    scorecard = subject.report.scorecard if isinstance(subject, Assessment) else subject
    require(permissions.may_visit(by, subject, on))
    problems = []
    if held_on < on:
        problems.append(Problem("visit.day_has_passed", {"day": held_on}))
    problems += too_late(scorecard.fiscal_year, held_on)
    barred = [person.name for person in party if not permissions.may_visit(person, subject, on)]
    if barred:
        problems.append(Problem("visit.may_not_go", {"names": tuple(barred)}))
    if problems:
        raise Refused(problems)
    words = {
        "scorecard": scorecard,
        "assessment": assessment,
        "held_on": held_on,
        "place": place.strip(),
    }
    planned = Visit.objects.filter(state=VisitState.PLANNED)
    if begun := begun_already(planned, by=by, **words):
        return begun
    visit = Visit.objects.create(by=by, at=at, **words)
    after = {
        "day": held_on.isoformat(),
        "place": visit.place,
        "party": [person.name for person in party],
    }
    record(f"{visit.about}.planned", visit, by=by, at=at, body=scorecard.body.code, after=after)
    _notify(visit, f"{visit.about}_planned", party, at=at, on=on)
    return visit


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
    locked = VISIT_LIFE.locked(visit)
    require(VISIT_LIFE.may(by, locked, "add_finding", on))
    problems = [] if text.strip() else [Problem("visit.finding_empty")]
    if due is not None and due < on:
        problems.append(Problem("visit.day_has_passed", {"day": due}))
    problems += too_late(locked.scorecard.fiscal_year, due) if due else []
    if problems:
        raise Refused(problems)
    words = {
        "visit": locked,
        "number": number,
        "text": text.strip(),
        "follow_up": follow_up.strip(),
        "due": due,
        "owner": owner.strip(),
    }
    open_ones = Finding.objects.filter(state=FindingState.OPEN)
    if begun := begun_already(open_ones, by=by, **words):
        return begun
    finding = Finding.objects.create(**words)
    body, after = VISIT_LIFE.body_code(locked), {"text": finding.text, "number": number}
    record(f"{locked.about}.finding", locked, by=by, at=at, body=body, after=after)
    _notify(locked, "advised" if locked.about == "advice" else "finding", at=at, on=on)
    return finding


def _notify(
    visit: Visit, code: str, party: Sequence[Person] = (), *, at: datetime, on: date
) -> None:
    """Tell the body's own people, and those who go along, of what is no move."""
    notice, path = notice_of(visit, code, on), VISIT_LIFE.address(visit)
    key = f"visit:{visit.pk}:{notice.code}:{at.isoformat()}"
    tell([*notice.people, *party], notice.code, path=path, key=key, at=at, **notice.figures)
