"""A released result for tests, made the real way: reported, assessed at every level, released."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from esar.judge.assessments import actions as assessing
from esar.judge.assessments.levels import layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import levels_of
from esar.judge.assessments.states import Stage
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Body, Jurisdiction, Person, Role
from esar.platform.organisations.queries import office_over
from esar.report.reports.models import Report
from tests.make import AT, ON, World, person
from tests.remembered import remembered
from tests.report.reports.make import sent
from tests.show.public.make import ministry, province

RELEASED_AT = datetime(2024, 5, 10, 3, 0, tzinfo=UTC)  # ten in the morning in Bangkok
RELEASED_ON = date(2024, 5, 10)


def fresh(user: Person) -> Person:
    """The person without what they remember of their roles."""
    user.__dict__.pop("_held", None)
    return user


def office(code: str) -> Person:
    """Someone at the office of a minister, or of the Prime Minister (PMO); made once."""
    holder = Person.objects.filter(email=f"office-{code.lower()}@example.test").first()
    return holder or person(f"office-{code.lower()}", (Role.MINISTERS_OFFICE, ministry(code)))


def _assessor(world: World, assessment: Assessment) -> Person:
    level = next(level for level in levels_of(assessment) if level.id == assessment.state)
    if level.office == "opdc":
        return world.assessor
    for code in ("MOI", "PMO"):
        ministry(code)
    over: Any = office_over(assessment.report.scorecard.body, level.office)
    return office(over.code)


@remembered
def assessed(world: World, *, at: datetime = RELEASED_AT) -> Assessment:
    """The world's province's six-month report, passed on unchanged by every level."""
    return passed_on(world, sent(world), at=at)


@remembered
def passed_on(world: World, report: Report, *, at: datetime = RELEASED_AT) -> Assessment:
    """A report's assessment, passed on unchanged by every level."""
    on = timezone.localdate(at)
    assessments = Assessment.objects.select_related("report__scorecard__body__parent")
    assessment = assessments.get(report=report)
    while assessment.state != Stage.DONE:
        by = _assessor(world, assessment)
        assessing.declare(assessment, has_conflict=False, detail="", by=by, at=at, on=on)
        ASSESSMENT_LIFE.move(assessment, "pass_on", by=by, at=at, on=on)
        assessment = assessments.get(pk=assessment.pk)
    assert layers_of(assessment).final.score is not None
    return assessment


@remembered
def released(world: World, *, at: datetime = RELEASED_AT) -> Result:
    """The released six-month result of the world's province."""
    results = Result.objects.filter(assessment=assessed(world, at=at))
    release(results, by=world.analyst, at=at, on=timezone.localdate(at))
    return results.select_related("body").get()


@remembered
def released_at_another(world: World, code: str) -> Result:
    """The same for a further province, of the same people; it is the world's province then."""
    body: Body = province(code)
    for committee in (world.level1, world.level2):
        Jurisdiction.objects.create(committee=committee, body=body)
    appoint(world.reporter, Role.REPORTER, by=None, at=AT, on=ON, body=body)
    appoint(world.approver, Role.APPROVER, by=None, at=AT, on=ON, body=body)
    fresh(world.reporter)
    fresh(world.approver)
    world.province = body
    return released(world)
