"""Reports under assessment for tests: declared on and judged."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.test import Client

from esar.agree.scorecards.content import Outcome
from esar.judge.assessments import actions
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment, Declaration
from esar.platform.organisations.models import Person, Role
from tests.make import World, person
from tests.remembered import remembered
from tests.report.reports.make import sent
from tests.show.public.make import ministry

MAY = date(2024, 5, 10)
AT_MAY = datetime(2024, 5, 10, 3, 0, tzinfo=UTC)
OFFICES = {"minister": "MOI", "prime_minister": "PMO"}


@remembered
def offices(world: World) -> dict[str, Person]:
    """Someone at the office of each level, for the province."""
    people = {"preliminary": world.assessor}
    for level, code in OFFICES.items():
        people[level] = person(f"office-{code}", (Role.MINISTERS_OFFICE, ministry(code)))
    return people


@remembered
def assessment_of(world: World) -> Assessment:
    report = sent(world)
    return Assessment.objects.select_related("report__scorecard__body__parent", "version").get(
        report=report
    )


def tokens_on(client: Client, path: str) -> dict[str, str]:
    """What the forms of a page carry of each row that it shows, by the field's name."""
    page = client.get(path).content.decode()
    pairs = re.findall(r'name="(seen-\d+)"\s+value="([^"]*)"', page)
    return {name: unescape(token) for name, token in pairs}


def declared(assessment: Assessment, assessor: Person, conflict: bool = False) -> None:
    actions.declare(
        assessment,
        has_conflict=conflict,
        detail="ญาติ" if conflict else "",
        by=assessor,
        at=AT_MAY,
        on=MAY,
    )


def passed_to(assessment: Assessment, level: str, assessors: dict[str, Person]) -> None:
    """Pass it on until it is at `level`; "done" for all of them."""
    for name in ("preliminary", "minister", "prime_minister"):
        if assessment.state == level:
            return
        if assessment.state != name:
            continue
        if not Declaration.objects.filter(assessment=assessment, person=assessors[name]).exists():
            declared(assessment, assessors[name])
        ASSESSMENT_LIFE.move(assessment, "pass_on", by=assessors[name], at=AT_MAY, on=MAY)


def judged(
    assessment: Assessment, number: str, actual: str, assessor: Person, reason: str = "ตรวจแล้ว"
) -> Any:
    return actions.judge(
        assessment, number, Outcome(Decimal(actual)), reason=reason, by=assessor, at=AT_MAY, on=MAY
    )
