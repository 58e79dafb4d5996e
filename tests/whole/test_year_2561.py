"""Fiscal year 2561: five components, an innovation of one kind, and the plan as indicator 4.2."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.content import Outcome, agreed_kpi
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.assessments import actions as assessing
from esar.judge.assessments.levels import layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import levels_of
from esar.judge.assessments.states import Stage
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.kernel.wording import figure
from esar.platform.calendars.queries import entries, entries_of
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly.queries import facts_of
from esar.report.activity_plans.monthly.round_scores.queries import rounds_of
from esar.report.activity_plans.monthly.summary.queries import summary_of
from esar.report.reports import writing
from esar.report.reports.content import sheet_of
from esar.report.reports.life import REPORT_LIFE, unfit_to_send
from esar.report.reports.models import Report
from esar.show.public.queries import stage_rows
from esar.show.worklist.queries import coming
from tests.make import World, fields, person
from tests.remembered import forget, remembered
from tests.report.activity_plans.make import give_days, moment
from tests.report.activity_plans.monthly.make import plan_in_force
from tests.report.activity_plans.monthly.make import report as month_reported
from tests.report.reports.make import DECLARED
from tests.show.public.make import ministry

pytestmark = pytest.mark.django_db

START = date(2017, 10, 16)
APRIL = date(2018, 4, 20)
JUNE = date(2018, 6, 15)


ANSWERS = [
    {"id": "problem", "label": {"th": "ปัญหาที่แก้ไข", "en": "The problem"}, "text": "ไกลจากอำเภอ"},
    {
        "id": "novelty",
        "label": {"th": "สิ่งที่คิดริเริ่มหรือปรับปรุงใหม่", "en": "What is new"},
        "text": "หน่วยบริการเคลื่อนที่",
    },
    {
        "id": "beneficiaries",
        "label": {"th": "ผู้ได้รับประโยชน์", "en": "Who benefits"},
        "text": "ผู้สูงอายุ",
    },
]


def given(number: str, component: str, kind: str, **changed: Any) -> dict[str, Any]:
    """A KPI of 2561: OPDC gives its points; nothing is measured or weighed."""
    asked = {
        "component": component,
        "kind": kind,
        "method": "given",
        "targets": ["10", "20", "30", "40"] if kind == "kind.quarter-outputs" else ["1200"],
        "accumulation": "sum" if kind == "kind.quarter-outputs" else "last",
        "answers": ANSWERS if kind.startswith("kind.innovation") else [],
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


@remembered
def in_force(world: World) -> Scorecard:
    give_days(world)
    at = moment(START)
    card = open_scorecard(world.province, 2561, by=world.reporter, at=at, on=START)
    for number, component, kind in OWN:
        save_kpi(card, given(number, component, kind), by=world.reporter, at=at, on=START)
    send_in(world, card)
    return card


def send_in(world: World, card: Scorecard) -> None:
    """Proposed, sent in and collected: in force."""
    at = moment(START)
    for name, by in (
        ("propose", world.reporter),
        ("submit", world.approver),
        ("collect", world.analyst),
    ):
        SCORECARD_LIFE.move(card, name, by=by, at=at, on=START)


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


@remembered
def reported(world: World, actual: Decimal = Decimal(80)) -> Report:
    """Round 1, with four outputs of four said to be done."""
    card = in_force(world)
    plan = plan_in_force(world)
    first_half(world, plan)
    report = Report.objects.get(scorecard=card, round_id="6m")
    at = moment(APRIL)
    for number, *_ in OWN:
        claim = {
            "status": "reported",
            "actual": actual,
            "why": "",
            "did": "ทำแล้ว",
            "factors": "",
            "obstacles": "",
            "suggestions": "",
        }
        writing.save_claim(report, number, claim, revision=0, by=world.reporter, at=at, on=APRIL)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=at, on=APRIL)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=at, on=APRIL, **DECLARED)
    return report


@remembered
def released(world: World, *, undone: bool = False, report: Report | None = None) -> Result:
    report, at = report or reported(world), moment(APRIL)
    one = Assessment.objects.select_related("report__scorecard__body__parent").get(report=report)
    interior = person("interior", (Role.MINISTERS_OFFICE, ministry("MOI")))
    while one.state != Stage.DONE:
        level = next(each for each in levels_of(one) if each.id == one.state)
        by = world.assessor if level.office == "opdc" else interior
        assessing.declare(one, has_conflict=False, detail="", by=by, at=at, on=APRIL)
        if undone and level.office == "opdc":
            outcome = Outcome(steps_done=places_done(one)[1:])
            assessing.judge(one, "4.2", outcome, reason="ไม่พบผลผลิตจริง", by=by, at=at, on=APRIL)
        if level.office == "opdc":
            points_given(world, one)
        ASSESSMENT_LIFE.move(one, "pass_on", by=by, at=at, on=APRIL)
        one = Assessment.objects.select_related("report__scorecard__body__parent").get(pk=one.pk)
    release(Result.objects.filter(assessment=one), by=world.analyst, at=at, on=APRIL)
    return Result.objects.get(assessment=one)


def points_given(world: World, one: Assessment) -> None:
    """OPDC's 75 points for each result of components 2, 3, 4.1 and 5."""
    at, points = moment(APRIL), Outcome(Decimal(75))
    for number, *_ in OWN:
        assessing.judge(one, number, points, reason="ตามหลักฐาน", by=world.assessor, at=at, on=APRIL)


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


def test_an_output_struck_out_stays_struck_out_on_the_plans_own_pages(world: World) -> None:
    """Four of four were reported; the released result found three: so does everything after it."""
    released(world, undone=True)
    plan = Plan.objects.get(body=world.province)
    first, whole_year = rounds_of(plan, JUNE)

    assert (first.achieved, len(first.outputs), first.passed) == (3, 4, False)
    assert [one.struck for one in first.outputs].count(True) == 1
    assert whole_year.achieved == 3
    year = facts_of(world.province, 2561, by=date(2018, 9, 30))
    assert year is not None
    assert year.outputs_between(date(2017, 10, 1), date(2018, 3, 31)).achieved == 3


def test_a_quarters_summary_stays_as_it_was_told_and_says_what_was_struck_out_since(
    world: World, client: Client
) -> None:
    """Four came by the quarters' own days; the result released on 20 April found three."""
    report = reported(world)
    before = [quarter for n in (1, 2) if (quarter := summary_of(2561, n, on=APRIL))]
    released(world, undone=True, report=report)
    after = [quarter for n in (1, 2) if (quarter := summary_of(2561, n, on=JUNE))]
    struck = next(quarter.quarter for quarter in after if quarter.struck_since)
    clock.pretend(JUNE)
    client.force_login(world.analyst)
    document = client.get(f"/plan-summary/2561/{struck}/document/").content.decode()

    assert [quarter.whole for quarter in after] == [quarter.whole for quarter in before]
    assert sum(quarter.whole.done for quarter in after) == 4
    assert sum(quarter.struck_since for quarter in after) == 1
    assert sum(quarter.left_of_done for quarter in after) == 3
    assert "ไม่พบผลผลิตเหล่านี้ ๑ รายการ" in " ".join(document.split())


def test_a_quarters_summary_asks_as_many_queries_however_much_was_struck_out(
    world: World, django_assert_num_queries: Any
) -> None:
    """Of bodies, plans, versions, results (three), reports (two) and due days (one)."""
    released(world, undone=True)

    with django_assert_num_queries(9):
        summary_of(2561, 2, on=JUNE)


def test_an_output_struck_out_counts_when_a_later_month_says_that_it_came(world: World) -> None:
    released(world, undone=True)
    plan = Plan.objects.get(body=world.province)
    struck = next(one for one in rounds_of(plan, JUNE)[0].outputs if one.struck)
    month = f"{struck.month:%Y-%m}"
    month_reported(world, plan, date(2018, 5, 1), (struck.number, month, True))

    first, whole_year = rounds_of(plan, date(2018, 6, 20))

    assert (first.achieved, whole_year.achieved) == (3, 4)


def test_a_report_whose_only_result_comes_from_the_plan_can_be_sent(world: World) -> None:
    card = in_force(world)
    plan = plan_in_force(world)
    first_half(world, plan)
    report = Report.objects.get(scorecard=card, round_id="6m")

    assert "report.says_nothing" not in {one.code for one in unfit_to_send(sheet_of(report))}


def test_a_report_without_any_result_says_nothing(world: World) -> None:
    card = in_force(world)
    plan_in_force(world)
    report = Report.objects.get(scorecard=card, round_id="6m")

    assert "report.says_nothing" in {one.code for one in unfit_to_send(sheet_of(report))}


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2017, 9, 1), date(2017, 9, 15)),
        (date(2017, 10, 8), date(2017, 9, 15)),
        (date(2017, 10, 9), date(2017, 11, 15)),
        (date(2018, 12, 1), date(2017, 11, 15)),
    ],
)
def test_the_calendar_and_the_desk_have_the_law_of_the_day(
    world: World, today: date, due: date
) -> None:
    clock.pretend(today)
    by_id = {one.id: one.last for one in entries(2561, "province", world.province)}
    own = {one.id: one.last for one in entries_of(2561, [world.province])[world.province.pk]}

    assert (by_id["4.2.plan-due"], own["4.2.plan-due"]) == (due, due)
    shown = [one.last for one in coming(2561, today) if one.id == "4.2.plan-due"]
    assert shown == ([due] if due >= today else [])


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


def test_what_the_province_reported_stands_before_the_points_that_opdc_gave(
    world: World, client: Client
) -> None:
    result = released(world)

    waits = {"actual": "80", "points": None, "status": "waits_for_points"}
    nothing = {"steps_done": None, "reason": ""}
    assert {number: result.stages["kpis"][number]["self"] for number, *_ in OWN} == {
        number: waits | nothing for number, *_ in OWN
    }
    page = client.get(f"/results/2561/6m/{world.province.code}/").content.decode()
    words = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert words.count("80 คะแนน รายงานแล้ว สำนักงาน ก.พ.ร. เป็นผู้ให้คะแนน") == len(OWN)
    assert "ไม่รายงานผล" not in words


def test_a_result_kept_by_an_earlier_release_shows_what_was_reported_too(world: World) -> None:
    result = released(world)
    new = stage_rows(result)
    before = {"actual": None, "points": "0.0000", "status": "not_reported"}
    result.stages = deepcopy(result.stages)
    for number, *_ in OWN:
        result.stages["kpis"][number]["self"].update(before)

    assert stage_rows(result) == new


def test_what_was_sent_in_without_a_result_stays_not_reported(world: World) -> None:
    result = released(world)
    assert result.assessment is not None
    before = {"actual": None, "points": "0.0000", "status": "not_reported"}
    result.stages = deepcopy(result.stages)
    number = OWN[0][0]
    result.stages["kpis"][number]["self"].update(before)
    content = result.assessment.version.content
    vars(result.assessment.version).pop("sent_in", None)
    for claim in content["claims"]:
        if claim["number"] == number:
            claim.update(status="not_reported", actual=None)

    (row,) = [row for row in stage_rows(result) if row["number"] == number]
    assert row["cells"][0]["status"] == "not_reported"


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


def test_a_real_result_over_100_is_taken_and_is_no_points(world: World) -> None:
    card = in_force(world)
    report = Report.objects.get(scorecard=card, round_id="6m")
    typed = {"status": "reported", "actual": Decimal("1250.5"), "why": ""}
    writing.save_claim(
        report, "2.1", typed, revision=0, by=world.reporter, at=moment(APRIL), on=APRIL
    )

    line = next(line for line in sheet_of(report).lines if line.number == "2.1")
    assert (line.achieved, line.outcome.actual) == (Decimal("1250.5"), None)
    assert sheet_of(report).problems == ()


def test_points_are_entered_at_opdcs_level_and_on_its_scale(world: World) -> None:
    report, at = reported(world), moment(APRIL)
    one = Assessment.objects.select_related("report__scorecard__body__parent").get(report=report)
    assessing.declare(one, has_conflict=False, detail="", by=world.assessor, at=at, on=APRIL)

    with pytest.raises(Refused) as unpointed:
        ASSESSMENT_LIFE.move(one, "pass_on", by=world.assessor, at=at, on=APRIL)
    points = Outcome(Decimal(101))
    with pytest.raises(Refused) as off_scale:
        assessing.judge(one, "2.1", points, reason="เกิน", by=world.assessor, at=at, on=APRIL)
    points_given(world, one)
    layers = layers_of(one)

    missing = [
        problem.figures["number"]
        for problem in unpointed.value.problems
        if problem.code == "assessment.points_missing"
    ]
    assert missing == ["2.1", "3.1", "4.1", "5.1"]
    assert [one.code for one in off_scale.value.problems] == ["assessment.points_off_scale"]
    assert layers.at("self").outcomes["2.1"].actual is None
    assert layers.claims["2.1"].actual == "80"
    assert layers.at("preliminary").scores["2.1"].points == Decimal("75.0000")


def test_the_assessor_sees_what_the_province_reported_and_that_points_wait(
    world: World, client: Client
) -> None:
    report = reported(world)
    one = Assessment.objects.get(report=report)
    client.force_login(world.assessor)
    page = " ".join(client.get(f"/assessments/{one.pk}/").content.decode().split())

    assert page.count("เป็นผู้ให้คะแนน") == 8  # four KPIs, in both columns


def card_being_proposed(world: World, *kpis: dict[str, Any]) -> Scorecard:
    give_days(world)
    at = moment(START)
    card = open_scorecard(world.province, 2561, by=world.reporter, at=at, on=START)
    for kpi in kpis:
        save_kpi(card, kpi, by=world.reporter, at=at, on=START)
    return card


def test_a_kpi_says_what_it_aims_at_and_an_innovation_its_problem_before_it_is_proposed(
    world: World,
) -> None:
    card = card_being_proposed(
        world,
        given("2.1", "agenda", "kind.orders", targets=[]),
        given("4.1", "innovation", "kind.innovation.policy", answers=ANSWERS[:1]),
        given("5.2", "potential", "kind.quarter-outputs", targets=[]),
    )
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=moment(START), on=START)

    gaps = [one for one in refused.value.problems if one.code == "scorecard.form_incomplete"]
    assert {one.figures["kpi"]: figure(one.figures["fields"], "en") for one in gaps} == {
        "2.1": "Target of the year",
        "4.1": "What is new, Who benefits",
        "5.2": "Target of quarter 1, Target of quarter 2, Target of quarter 3, Target of quarter 4",
    }
    assert all(one.clause for one in gaps)


def test_what_is_typed_in_the_form_of_another_kind_is_asked_about(
    world: World, client: Client
) -> None:
    clock.pretend(START)
    card = card_being_proposed(world)
    path = f"/scorecards/{card.pk}/kpis/"
    client.force_login(world.reporter)
    typed = {
        "number": "2.1",
        "component": "agenda",
        "kind": "kind.orders",
        "name": "ข้อสั่งการ",
        "method": "given",
        "unit": "ครั้ง",
        "aim_year": "24",
    }
    words = {"answer_problem": "ไกลจากอำเภอ", "aim_q1": "6"}
    refused = client.post(f"{path}new/", typed | words)

    asked = (
        "เลือกไว้ว่า “การดำเนินการตามข้อสั่งการของนายกรัฐมนตรี” แต่พิมพ์ค่าไว้ด้วย "
        "ค่านี้จะไม่ถูกใช้ โปรดเลือกให้ใช้ค่านี้ หรือลบค่าออก"
    )
    form = refused.context["form"]
    assert (refused.status_code, form.errors) == (422, {name: [asked] for name in words})
    assert {name: form[name].value() for name in words} == words
    assert client.post(f"{path}new/", typed).status_code == 302
    assert Kpi.objects.get(scorecard=card, number="2.1").targets == ["24"]


def test_the_form_of_4_1_is_filled_in_on_the_web_and_stands_in_what_is_agreed(
    world: World, client: Client
) -> None:
    clock.pretend(START)
    card = card_being_proposed(world)
    client.force_login(world.reporter)
    typed = {
        "number": "4.1",
        "component": "innovation",
        "kind": "kind.innovation.service",
        "name": "ศูนย์บริการเคลื่อนที่",
        "method": "given",
        "unit": "ครั้ง",
        "aim_year": "24",
        "answer_problem": "ไกลจากอำเภอ",
        "answer_novelty": "หน่วยบริการเคลื่อนที่",
        "answer_beneficiaries": "ผู้สูงอายุ",
    }
    answer = client.post(f"/scorecards/{card.pk}/kpis/new/", typed)

    assert answer.status_code == 302, answer.content.decode()
    kpi = Kpi.objects.select_related("template__indicator").get(scorecard=card, number="4.1")
    assert (kpi.targets, kpi.answers) == (["24"], ANSWERS)
    assert [(one.id, one.text) for one in agreed_kpi(kpi).answers] == [
        ("problem", "ไกลจากอำเภอ"),
        ("novelty", "หน่วยบริการเคลื่อนที่"),
        ("beneficiaries", "ผู้สูงอายุ"),
    ]
    page = client.get(f"/scorecards/{card.pk}/").content.decode()
    assert "ผู้ได้รับประโยชน์" in page
    assert "24 ครั้ง" in page


def test_5_2_is_reported_by_quarter_and_the_round_adds_up_its_quarters(
    world: World, client: Client
) -> None:
    """Targets 10, 20, 30, 40; quarters 12 and 19 came: round 1 reports 31, and not 12 or 19."""
    at = moment(APRIL)
    card = card_being_proposed(world, given("5.2", "potential", "kind.quarter-outputs"))
    for number, component, kind in OWN:
        save_kpi(card, given(number, component, kind), by=world.reporter, at=at, on=START)
    send_in(world, card)
    report = Report.objects.get(scorecard=card, round_id="6m")
    clock.pretend(APRIL)
    client.force_login(world.reporter)
    page = client.get(f"/reports/{report.pk}/kpis/5.2/").content.decode()
    statuses = re.findall(r'type="radio" name="status" value="(.*?)"', page)
    labels = re.findall(r"<label for=\"id_value-(.*?)\">(.*?)</label>", page)
    half = {date(2017, 12, 1): {"value": Decimal(12)}, date(2018, 3, 1): {"value": Decimal(19)}}
    writing.save_months(report, "5.2", half, by=world.reporter, at=at, on=APRIL)

    assert labels == [
        ("2017-12", "ไตรมาสที่ 1 (ถึง ธันวาคม 2560) เป้าหมาย 10"),
        ("2018-03", "ไตรมาสที่ 2 (ถึง มีนาคม 2561) เป้าหมาย 20"),
    ]
    assert statuses == ["not_reported", "no_data", "not_applicable"]  # a result is not claimed
    line = next(line for line in sheet_of(report).lines if line.number == "5.2")
    assert (line.achieved, line.outcome.actual, line.claim.status) == (31, None, "reported")
    page = client.get(f"/reports/{report.pk}/kpis/5.2/").content.decode()
    checks = re.search(r'<div id="checks".*?>(.*?)</div>', page, re.DOTALL)
    said = re.sub(r"<.*?>", "", checks[1]) if checks else ""
    assert [words for line in said.splitlines() if (words := line.strip())] == [
        "รายงานแล้ว สำนักงาน ก.พ.ร. ให้คะแนนเมื่อประเมิน",
        "จากรายไตรมาส: 12 + 19 = 31",
    ]  # and not that nothing was reported
    for month, code in ((date(2018, 1, 1), "progress.not_a_quarter"),):
        with pytest.raises(Refused) as refused:
            writing.save_months(
                report, "5.2", {month: {"value": Decimal(1)}}, by=world.reporter, at=at, on=APRIL
            )
        assert [one.code for one in refused.value.problems] == [code]


def test_a_result_of_5_2_is_not_typed_past_its_quarters(world: World) -> None:
    at = moment(APRIL)
    card = card_being_proposed(world, given("5.2", "potential", "kind.quarter-outputs"))
    for number, component, kind in OWN:
        save_kpi(card, given(number, component, kind), by=world.reporter, at=at, on=START)
    send_in(world, card)
    report = Report.objects.get(scorecard=card, round_id="6m")
    typed = {"status": "reported", "actual": Decimal(31), "why": ""}
    with pytest.raises(Refused) as refused:
        writing.save_claim(report, "5.2", typed, revision=0, by=world.reporter, at=at, on=APRIL)

    assert [one.code for one in refused.value.problems] == ["claim.by_quarter"]


def sent_before_points_were_opdcs(
    world: World, monkeypatch: pytest.MonkeyPatch, typed: Decimal = Decimal(80)
) -> Assessment:
    """A report that an earlier release took: what the province typed was its points."""
    forget(world)
    with monkeypatch.context() as earlier:
        earlier.setattr("esar.report.reports.content.waits_for_points", lambda *_: False)
        report = reported(world, typed)
    return Assessment.objects.select_related("report__scorecard__body__parent").get(report=report)


@pytest.mark.parametrize(
    ("number", "help_text"),
    [
        ("2.1", "ให้คะแนนแก่ผลที่รายงาน คะแนนนี้ไม่ได้คำนวณจากผล"),
        ("4.2", "ใส่ผลการดำเนินงานที่ประเมินได้ คะแนนคำนวณจากผลเอง"),
    ],
)
def test_whoever_gives_points_is_not_told_that_they_are_computed(
    world: World, client: Client, number: str, help_text: str
) -> None:
    report, at = reported(world, Decimal(80)), moment(APRIL)
    one = Assessment.objects.select_related("report__scorecard__body__parent").get(report=report)
    assessing.declare(one, has_conflict=False, detail="", by=world.assessor, at=at, on=APRIL)
    clock.pretend(APRIL)
    client.force_login(world.assessor)
    page = client.get(f"/assessments/{one.pk}/kpis/{number}/").content.decode()

    told = re.findall(r'<p class="hint">\s*(.*?) หาก', page)
    assert told == [help_text]


def test_points_typed_before_are_filled_in_for_opdc_and_said_to_be_the_provinces(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, at = sent_before_points_were_opdcs(world, monkeypatch), moment(APRIL)
    assessing.declare(one, has_conflict=False, detail="", by=world.assessor, at=at, on=APRIL)
    with pytest.raises(Refused) as refused:
        ASSESSMENT_LIFE.move(one, "pass_on", by=world.assessor, at=at, on=APRIL)
    typed = [
        (problem.figures["number"], problem.figures["points"])
        for problem in refused.value.problems
        if problem.code == "assessment.points_typed"
    ]
    clock.pretend(APRIL)
    client.force_login(world.assessor)
    page = client.get(f"/assessments/{one.pk}/kpis/2.1/").content.decode()

    assert typed == [("2.1", "80"), ("3.1", "80"), ("4.1", "80"), ("5.1", "80")]
    assert re.findall(r'name="actual"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="actual"', page) in (
        [("80", "")],
        [("", "80")],
    )


def test_points_typed_before_that_opdc_passed_on_already_stand_as_it_passed_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the minister when the law of the points changed: 80, neither asked again nor lost."""
    one, at = sent_before_points_were_opdcs(world, monkeypatch), moment(APRIL)
    assessing.declare(one, has_conflict=False, detail="", by=world.assessor, at=at, on=APRIL)
    with monkeypatch.context() as earlier:
        earlier.setattr("esar.judge.assessments.levels.waits_for_points", lambda *_: False)
        ASSESSMENT_LIFE.move(one, "pass_on", by=world.assessor, at=at, on=APRIL)
    one = Assessment.objects.select_related("report__scorecard__body__parent").get(pk=one.pk)
    layers = layers_of(one)

    assert one.state == "minister"
    assert (layers.waiting, layers.at("minister").scores["2.1"].points) == (frozenset(), 80)


def test_a_0_typed_as_points_before_is_told_from_a_result_of_0_that_waits_for_points(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sent_before_points_were_opdcs(world, monkeypatch, Decimal(0))
    assert layers_of(one).typed_points == {"2.1": "0", "3.1": "0", "4.1": "0", "5.1": "0"}


def test_a_result_of_0_that_waits_for_points_is_sent_in_without_any(world: World) -> None:
    report = reported(world, Decimal(0))
    one = Assessment.objects.select_related("report__scorecard__body__parent").get(report=report)
    layers = layers_of(one)

    assert (layers.typed_points, layers.waiting) == ({}, {"2.1", "3.1", "4.1", "5.1"})
    sent = {number: claim.points for number, claim in layers.claims.items()}
    assert sent == {"2.1": None, "3.1": None, "4.1": None, "5.1": None, "4.2": "100"}


def test_points_off_the_scale_are_told_beside_their_field_and_the_reason_stays(
    world: World, client: Client
) -> None:
    one, at = Assessment.objects.get(report=reported(world)), moment(APRIL)
    assessing.declare(one, has_conflict=False, detail="", by=world.assessor, at=at, on=APRIL)
    clock.pretend(APRIL)
    client.force_login(world.assessor)
    path = f"/assessments/{one.pk}/kpis/2.1/"
    typed = {"status": "reported", "actual": "101", "reason": "พิมพ์ไว้"}

    answer = client.post(path, typed | {"seen": client.get(path).context["seen"]})

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["actual"])
    assert form["reason"].value() == "พิมพ์ไว้"


def test_an_empty_form_of_a_kpi_is_never_said_to_be_ready(world: World, client: Client) -> None:
    card = card_being_proposed(world, given("2.1", "agenda", "kind.orders"))
    clock.pretend(START)
    client.force_login(world.reporter)
    ready, unsaved = "ครบถ้วนตามหลักเกณฑ์ พร้อมเสนอ", "ยังไม่ได้บันทึก"

    new = client.get(f"/scorecards/{card.pk}/kpis/new/").content.decode()
    typed = client.post(f"/scorecards/{card.pk}/kpis/check/", {"number": "2.2"}).content.decode()
    stored = client.get(f"/scorecards/{card.pk}/kpis/2.1/").content.decode()

    assert [(ready in page, unsaved in page) for page in (new, typed, stored)] == [
        (False, True),
        (False, True),
        (True, False),
    ]
