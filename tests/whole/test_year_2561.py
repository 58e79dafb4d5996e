"""Fiscal year 2561: five components, an innovation of one kind, and the plan as indicator 4.2."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.assessments import actions as assessing
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import levels_of
from esar.judge.assessments.states import Stage
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.platform.organisations.models import Role
from esar.report.activity_plans.models import Plan
from esar.report.reports import writing
from esar.report.reports.content import sheet_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Report
from tests.make import World, fields, person
from tests.report.activity_plans.make import give_days, moment
from tests.report.activity_plans.monthly.make import plan_in_force
from tests.report.activity_plans.monthly.make import report as month_reported
from tests.show.public.make import ministry

pytestmark = pytest.mark.django_db

START = date(2017, 10, 16)
APRIL = date(2018, 4, 20)


def given(number: str, component: str, kind: str, **changed: Any) -> dict[str, Any]:
    """A KPI of 2561: OPDC gives its points; nothing is measured or weighed."""
    asked = {
        "component": component,
        "kind": kind,
        "method": "given",
        "targets": [],
        "weight": None,
        "unit": "คะแนน",
        "dimension": "",
    }
    return fields(number, **(asked | changed))


OWN = (
    ("2.1", "agenda", "kind.orders"),
    ("3.1", "area", "kind.area"),
    ("4.1", "innovation", "kind.innovation.service"),
    ("5.1", "potential", "kind.strategy-plan"),
)


def in_force(world: World) -> Scorecard:
    give_days(world)
    at = moment(START)
    card = open_scorecard(world.province, 2561, by=world.reporter, at=at, on=START)
    for number, component, kind in OWN:
        save_kpi(card, given(number, component, kind), by=world.reporter, at=at, on=START)
    for name, by in (
        ("propose", world.reporter),
        ("submit", world.approver),
        ("collect", world.analyst),
    ):
        SCORECARD_LIFE.move(card, name, by=by, at=at, on=START)
    return card


def first_half(world: World, plan: Plan) -> None:
    """Every output planned up to March was achieved in its month, and reported in time."""
    outputs = [
        (one["number"], output["month"])
        for one in plan.content["activities"]
        for output in one["outputs"]
        if output["month"] <= "2018-03"
    ]
    for month in sorted({month for _, month in outputs}):
        done = [(number, due, True) for number, due in outputs if due == month]
        month_reported(world, plan, date.fromisoformat(f"{month}-01"), *done)


def reported(world: World) -> Report:
    """Round 1, with four outputs of four said to be done."""
    card = in_force(world)
    plan = plan_in_force(world)
    first_half(world, plan)
    report = Report.objects.get(scorecard=card, round_id="6m")
    at = moment(APRIL)
    for number, *_ in OWN:
        claim = {
            "status": "reported",
            "actual": Decimal(80),
            "why": "",
            "did": "ทำแล้ว",
            "factors": "",
            "obstacles": "",
            "suggestions": "",
        }
        writing.save_claim(report, number, claim, revision=0, by=world.reporter, at=at, on=APRIL)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=at, on=APRIL)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=at, on=APRIL)
    return report


def released(world: World, *, undone: bool = False) -> Result:
    report, at = reported(world), moment(APRIL)
    one = Assessment.objects.select_related("report__scorecard__body__parent").get(report=report)
    interior = person("interior", (Role.MINISTERS_OFFICE, ministry("MOI")))
    while one.state != Stage.DONE:
        level = next(each for each in levels_of(one) if each.id == one.state)
        by = world.assessor if level.office == "opdc" else interior
        assessing.declare(one, has_conflict=False, detail="", by=by, at=at, on=APRIL)
        if undone and level.office == "opdc":
            outcome = Outcome(steps_done=places_done(one)[1:])
            assessing.judge(one, "4.2", outcome, reason="ไม่พบผลผลิตจริง", by=by, at=at, on=APRIL)
        ASSESSMENT_LIFE.move(one, "pass_on", by=by, at=at, on=APRIL)
        one = Assessment.objects.select_related("report__scorecard__body__parent").get(pk=one.pk)
    release(Result.objects.filter(assessment=one), by=world.analyst, at=at, on=APRIL)
    return Result.objects.get(assessment=one)


def places_done(one: Assessment) -> tuple[int, ...]:
    from esar.judge.assessments.levels import SELF, layers_of

    return layers_of(one).at(SELF).outcomes["4.2"].steps_done or ()


def test_the_rules_put_4_2_on_it_and_the_province_its_innovation(world: World) -> None:
    card = in_force(world)
    held = Kpi.objects.filter(scorecard=card).select_related("template")

    assert card.state == "in_force"
    assert {kpi.number: (kpi.component, kpi.template.method) for kpi in held} == {
        "2.1": ("agenda", "given"),
        "3.1": ("area", "given"),
        "4.1": ("innovation", "given"),
        "4.2": ("innovation", "plan"),
        "5.1": ("potential", "given"),
    }


def test_nothing_is_proposed_for_the_component_that_is_not_evaluated(world: World) -> None:
    give_days(world)
    card = open_scorecard(world.province, 2561, by=world.reporter, at=moment(START), on=START)
    save_kpi(
        card, given("1.1", "function", "kind.orders"), by=world.reporter, at=moment(START), on=START
    )
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=moment(START), on=START)
    assert "score.component_not_evaluated" in {one.code for one in refused.value.problems}


def test_4_2_comes_from_the_plans_monthly_reports(world: World) -> None:
    report = reported(world)
    line = next(line for line in sheet_of(report).lines if line.number == "4.2")

    assert line.scored is not None
    assert (line.scored.points, line.scored.passed) == (Decimal("100.0000"), True)
    assert line.is_due


def test_round_1_is_4_of_4_and_passed(world: World) -> None:
    result = released(world)
    assert (result.total, result.grade_id) == (Decimal("100.0000"), "pass")


def test_an_output_that_opdc_does_not_find_makes_it_75_and_not_passed(world: World) -> None:
    result = released(world, undone=True)

    assert (result.total, result.grade_id) == (Decimal("75.0000"), "fail")
    assert result.stages["totals"] == {
        "self": "100.00",
        "preliminary": "75.00",
        "minister": "75.00",
    }


def test_its_public_pages_say_what_came_of_each_output(world: World, client: Client) -> None:
    released(world, undone=True)
    for path in ("", "explanation/"):
        answer = client.get(f"/results/2561/6m/{world.province.code}/{path}")
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert "75.00" in page
        assert "ไม่ผ่าน" in page


def test_its_public_pages_name_the_outputs_and_not_their_places(
    world: World, client: Client
) -> None:
    result = released(world, undone=True)
    activities = result.inputs["kpis"][3]["activities"]
    came = [
        f"{one['id']}. {one['name']}"
        for one in activities
        for output in one["outputs"]
        if output.get("done")
    ]
    public = f"/results/2561/6m/{world.province.code}/"
    stages = client.get(public).content.decode()
    cells = re.findall(r'<ul class="outputs[^>]*>(.*?)</ul>', stages, re.DOTALL)

    assert [cell.count("<li>") for cell in cells] == [4, 3, 3]
    assert all(name in cells[1] for name in came)
    explained = client.get(f"{public}explanation/").content.decode()
    assert [explained.count(words) for words in ("✓ ", "✗ ")] == [3, 1]
    assert all(name in explained for name in came)


def test_its_pages_open_for_everyone_whose_they_are(world: World, client: Client) -> None:
    report = reported(world)
    one = Assessment.objects.get(report=report)
    assessing.declare(
        one, has_conflict=False, detail="", by=world.assessor, at=moment(APRIL), on=APRIL
    )
    for who, path in (
        (world.reporter, f"/scorecards/{report.scorecard_id}/"),
        (world.reporter, f"/reports/{report.pk}/"),
        (world.reporter, f"/reports/{report.pk}/kpis/4.2/"),
        (world.reporter, f"/reports/{report.pk}/card/"),
        (world.approver, f"/reports/{report.pk}/versions/1/"),
        (world.assessor, f"/assessments/{one.pk}/"),
        (world.assessor, f"/assessments/{one.pk}/kpis/4.2/"),
    ):
        client.force_login(who)
        assert client.get(path).status_code == 200, path


def test_points_off_the_years_scale_are_refused_when_they_are_typed(world: World) -> None:
    card = in_force(world)
    report = Report.objects.get(scorecard=card, round_id="6m")
    said = {"status": "reported", "actual": Decimal(105), "why": ""}
    with pytest.raises(Refused) as refused:
        writing.save_claim(
            report, "2.1", said, revision=0, by=world.reporter, at=moment(APRIL), on=APRIL
        )
    assert [one.code for one in refused.value.problems] == ["claim.points_off_scale"]
