"""A scorecard of 2554 in force, without its route: for what comes after the agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from esar.agree.indicators.models import Indicator, IndicatorVersion
from esar.agree.scorecards.content import content
from esar.agree.scorecards.models import Kpi, Scorecard, ScorecardVersion
from esar.agree.scorecards.states import State
from esar.judge.assessments import actions as assessing
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment
from esar.judge.results.models import Result
from esar.kernel.chain import digest
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.report.reports.actions import open_reports
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Report, ReportVersion
from esar.report.reports.writing import save_claim
from tests.judge.results.make import fresh
from tests.make import World
from tests.remembered import remembered
from tests.report.reports.make import DECLARED

LISTED = (
    ("1", "effectiveness", "50"),
    ("2", "service-quality", "20"),
    ("3", "efficiency", "10"),
    ("4", "organisation", "20"),
)
TARGETS = ["80", "85", "90", "95", "100"]
DECEMBER = date(2011, 12, 20)
SIGNED = datetime(2010, 11, 15, 3, 0, tzinfo=UTC)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)


@remembered
def scorecard_2554(
    world: World, body: Any = None, more: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
) -> Scorecard:
    """Four KPIs, one in each dimension, on five levels.

    `more` says of a KPI, by its number, what its template is besides ("method"), and its
    indicator's place in OPDC's list ("listed_as").
    """
    body = body or world.province
    card = Scorecard.objects.create(
        body=body,
        fiscal_year=2554,
        state=State.IN_FORCE,
        since=SIGNED,
        version=1,
        approved_sha256="0" * 64,
    )
    for number, component, weight in LISTED:
        told = dict(more.get(number, {}))
        listed_as = told.pop("listed_as", "")
        indicator = Indicator.objects.create(
            code=f"{body.code}-2554-{number}", body=body, listed_as=listed_as
        )
        template = IndicatorVersion.objects.create(
            indicator=indicator,
            number=1,
            fiscal_year=2554,
            name=f"ตัวชี้วัดที่ {number}",
            **{"unit": "ร้อยละ"} | told,
        )
        Kpi.objects.create(
            scorecard=card,
            number=number,
            component=component,
            template=template,
            weight=Decimal(weight),
            targets=TARGETS,
        )
    held = content(card)
    ScorecardVersion.objects.create(
        scorecard=card,
        number=1,
        content=held,
        sha256=digest(held),
        rulebook_sha256="0" * 64,
        resolution="ลงนามแล้ว",
        in_force_from=SIGNED.date(),
        public_from=SIGNED.date(),
    )
    open_reports(card, at=SIGNED)
    return card


@remembered
def report_2554(world: World, round_id: str = "12m", body: Any = None) -> Report:
    body = body or world.province
    found = Report.objects.filter(scorecard__body=body, scorecard__fiscal_year=2554)
    if not found.exists():
        scorecard_2554(world, body)
    return found.select_related("scorecard__body__parent").get(round_id=round_id)


@remembered
def filled_2554(
    world: World, day: date, round_id: str = "12m", actual: str = "90", body: Any = None
) -> Report:
    """Every KPI with this result: level 3 where nothing else is said."""
    report = report_2554(world, round_id, body)
    for number, _, _ in LISTED:
        said = {"status": "reported", "actual": Decimal(actual)}
        save_claim(report, number, said, revision=0, by=world.reporter, at=at_noon(day), on=day)
    return report


@remembered
def sent_2554(
    world: World, day: date, round_id: str = "12m", actual: str = "90", body: Any = None
) -> Report:
    """Proposed and sent in on a day."""
    clock.pretend(day)
    report = filled_2554(world, day, round_id, actual, body)
    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        REPORT_LIFE.move(report, name, by=by, at=at_noon(day), on=day, **DECLARED)
    assert ReportVersion.objects.filter(report=report).exists()
    return report


@remembered
def computed_2554(world: World, day: date, actual: str = "90", body: Any = None) -> Result:
    """The year's result as OPDC passed it on in December; not released."""
    if body is not None:
        for role, who in ((Role.REPORTER, world.reporter), (Role.APPROVER, world.approver)):
            appoint(who, role, by=None, at=SIGNED, on=SIGNED.date(), body=body)
            fresh(who)
    report = sent_2554(world, day, actual=actual, body=body)
    clock.pretend(DECEMBER)
    one = Assessment.objects.select_related("report__scorecard__body__parent").get(report=report)
    at = at_noon(DECEMBER)
    assessing.declare(one, has_conflict=False, detail="", by=world.assessor, at=at, on=DECEMBER)
    ASSESSMENT_LIFE.move(one, "pass_on", by=world.assessor, at=at, on=DECEMBER)
    return Result.objects.select_related("body").get(assessment=one)
