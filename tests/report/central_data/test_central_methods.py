"""A value from another owner serves every way of scoring: a result, points, or a level reached."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from esar.agree.changes.achieved import figure_problems, known_figures, target_problems
from esar.agree.changes.frozen import KnownFigure
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.checks import check, rules_of
from esar.agree.scorecards.content import kpis_of
from esar.judge.assessments.levels import layers_of
from esar.judge.assessments.models import Assessment
from esar.kernel.wording import figure, say
from esar.law.rules.kinds import ChangeRules
from esar.law.rules.text import Text
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.report.central_data.actions import check_file
from esar.report.central_data.models import CentralValue, Delivery
from esar.report.central_data.objections.actions import object_to
from esar.report.reports.content import sheet_of
from esar.report.reports.life import REPORT_LIFE, unfit_to_send
from esar.report.reports.models import Report
from esar.report.reports.writing import save_claim
from tests.agree.scorecards.make_in_force import (
    SIGNED,
    at_noon,
    report_2554,
    scorecard_2554,
)
from tests.judge.results.make import fresh
from tests.make import World, kpi, person
from tests.report.central_data.make import HEAD, publish
from tests.report.reports.make import DECLARED
from tests.show.public.make import department

NOVEMBER = date(2011, 11, 1)
RULE = "central-data.organisation"
MILESTONES = {"listed_as": "approved-kpis/organisation", "method": "milestones"}
GIVEN = {"listed_as": "approved-kpis/organisation", "method": "given"}
LADDER = {"listed_as": "approved-kpis/organisation"}


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    clock.pretend(NOVEMBER)


@pytest.fixture
def owner(world: World) -> Person:  # noqa: ARG001 bodies must be there
    """Someone of OPDC who gives the results of organisational development."""
    opdc, someone = department("OPDC"), person("opdc-owner-2554")
    appoint(someone, Role.CENTRAL_OWNER, by=None, at=SIGNED, on=SIGNED.date(), body=opdc)
    return fresh(someone) or someone


def delivered(world: World, owner: Person, value: str) -> Delivery:
    """OPDC's file with this value for the province."""
    file = ContentFile((HEAD + f"{world.province.code},,{value},\n").encode(), name="ค่า.csv")
    at = at_noon(NOVEMBER)
    return check_file(file, 2554, "12m", RULE, by=owner, at=at, on=NOVEMBER)


def published(world: World, owner: Person, value: str) -> None:
    delivery = delivered(world, owner, value)
    publish(delivery, True, by=owner, at=at_noon(NOVEMBER), on=NOVEMBER)


def points_of(report: Report, number: str = "4") -> tuple[str, Decimal | None]:
    line = next(one for one in sheet_of(report).lines if one.number == number)
    assert line.scored is not None
    return line.scored.status, line.scored.points


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (MILESTONES, "4", "4.0000"),
        (MILESTONES, "0", "1.0000"),
        (LADDER, "92.5", "3.5000"),
        (GIVEN, "4.25", "4.2500"),
    ],
)
def test_a_value_is_scored_by_the_method_of_its_kpi(
    world: World, owner: Person, method: dict[str, Any], value: str, points: str
) -> None:
    scorecard_2554(world, more={"4": method})
    published(world, owner, value)

    assert points_of(report_2554(world)) == ("reported", Decimal(points))


@pytest.mark.parametrize(
    ("method", "value", "slips"),
    [(LADDER, "925", ["page.odd_percentage"]), (LADDER, "92.5", []), (GIVEN, "4.25", [])],
)
def test_a_value_that_looks_like_a_slip_is_told_in_its_row(
    world: World, owner: Person, method: dict[str, Any], value: str, slips: list[str]
) -> None:
    scorecard_2554(world, more={"4": method})
    delivery = delivered(world, owner, value)
    client = Client()
    client.force_login(owner)
    page = client.get(f"/central/deliveries/{delivery.pk}/")

    (row,) = page.context["rows"]
    assert [slip.code for slip in row["slips"]] == slips
    sentences = [say(code, {}, "th") for code in slips]
    assert re.findall(r'<p class="warned">⚠ (ร้อยละอยู่.*?)</p>', page.content.decode()) == sentences


@pytest.mark.parametrize(("unit", "is_taken"), [("ร้อยละ", True), ("คน", False)])
def test_an_objection_is_upheld_with_the_sign_of_the_kpis_unit_only(
    world: World, owner: Person, unit: str, is_taken: bool
) -> None:
    scorecard_2554(world, more={"4": LADDER | {"unit": unit}})
    published(world, owner, "92.5")
    value = CentralValue.objects.get()
    objection = object_to(value, "ควรเป็น 95", by=world.reporter, at=at_noon(NOVEMBER), on=NOVEMBER)
    client = Client()
    client.force_login(owner)
    path = f"/central/objections/{objection.pk}/"
    typed = {"outcome": "uphold", "value": "95 %", "answer": "ตรวจแล้ว"}
    answer = client.post(f"{path}decide/", typed | {"seen": client.get(path).context["seen"]})

    assert answer.status_code == (302 if is_taken else 422)
    if not is_taken:
        errors = answer.context["form"].errors
        assert errors == {"value": [say("form.no_per_cent", {"value": "95 %"}, "th")]}


def test_a_level_reaches_what_was_sent_and_the_assessment(world: World, owner: Person) -> None:
    scorecard_2554(world, more={"4": MILESTONES})
    published(world, owner, "4")
    report = report_2554(world)
    for number in ("1", "2", "3"):
        typed = {"status": "reported", "actual": Decimal(90)}
        at = at_noon(NOVEMBER)
        save_claim(report, number, typed, revision=0, by=world.reporter, at=at, on=NOVEMBER)
    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        REPORT_LIFE.move(report, name, by=by, at=at_noon(NOVEMBER), on=NOVEMBER, **DECLARED)

    assessment = Assessment.objects.get(report=report)
    claim = assessment.version.sent_in.by_number()["4"]
    score = layers_of(assessment).layers[0].scores["4"]

    assert (claim.steps_done, claim.actual, claim.points) == ((1, 2, 3, 4), None, "4")
    assert (score.status, score.points) == ("reported", Decimal("4.0000"))


def test_a_report_whose_only_result_an_owner_gave_can_be_sent(world: World, owner: Person) -> None:
    scorecard_2554(world, more={"4": MILESTONES})
    silent = {one.code for one in unfit_to_send(sheet_of(report_2554(world)))}
    published(world, owner, "4")

    assert "report.says_nothing" in silent
    assert "report.says_nothing" not in {
        one.code for one in unfit_to_send(sheet_of(report_2554(world)))
    }


def test_a_kpi_that_one_value_cannot_score_is_refused_at_the_proposal_with_the_rule(
    world: World,
) -> None:
    """A plan of activities has no single value that its owner could give."""
    card = scorecard_2554(world, more={"4": MILESTONES})
    IndicatorVersion.objects.filter(pk=kpi(card, "4").template_id).update(method="plan")
    refused = [
        problem
        for problem in check(card, kpis_of(card))[0]
        if problem.code == "scorecard.owner_gives_one_value"
    ]

    assert [problem.figures["kpi"] for problem in refused] == ["4"]
    clause = refused[0].clause
    assert isinstance(clause, Text)
    assert clause.th == ("ข้อสันนิษฐาน: คู่มือไม่ระบุว่าหน่วยงานกลางใดเป็นเจ้าภาพ จึงให้สำนักงาน ก.พ.ร. นำเข้า")


@pytest.mark.parametrize(
    ("method", "value", "code"),
    [
        (MILESTONES, "3.5", "central.no_level"),
        (MILESTONES, "6", "central.no_level"),
        (MILESTONES, "-1", "central.no_level"),
        (GIVEN, "5.01", "central.off_scale"),
        (GIVEN, "80", "central.off_scale"),
    ],
)
def test_a_value_that_its_kpi_cannot_be_scored_by_is_refused_in_its_row(
    world: World, owner: Person, method: dict[str, Any], value: str, code: str
) -> None:
    scorecard_2554(world, more={"4": method})

    delivery = delivered(world, owner, value)

    assert [one["code"] for one in delivery.problems if one["row"]] == [code]


def test_what_an_owner_gave_is_held_against_a_request_to_change(
    world: World, owner: Person
) -> None:
    """92.5 was given for the year; targets 80 85 90 95 100: 61 differs, and 90 is reached."""
    card = scorecard_2554(world, more={"4": LADDER})
    own = kpi(card, "4")
    assert known_figures(card, "4") == []
    published(world, owner, "92.5")
    figures = known_figures(card, "4")
    rule = rules_of(card)[1].the(ChangeRules)
    assert rule is not None

    def told(achieved: str | None, why: str = "") -> list[str]:
        value = None if achieved is None else Decimal(achieved)
        return [one.code for one in figure_problems(own, value, why, figures, rule)]

    assert figures == [KnownFigure(source="central", value="92.5", until="2011-09-30")]
    assert (told(None), told("61"), told("92.5")) == (
        ["change.no_achieved"],
        ["change.achieved_differs"],
        [],
    )
    assert told("61", "ใช้ข้อมูลชุดอื่น") == []
    lowered = ["91", "92", "93", "94", "95"]
    reached = list(target_problems(own, own.targets, lowered, Decimal("92.5"), figures, rule))
    assert [problem.code for problem in reached] == ["change.target_is_achieved"]
    assert reached[0].figures["targets"] == (Decimal(91), Decimal(92))
    assert figure(reached[0].figures["achieved"], "th") == (
        "ที่กรอกในคำขอ 92.5, ข้อมูลกลางถึง 30 กันยายน 2554: 92.5"
    )
