"""A monthly report from its first word to what was sent in, and every way it is refused."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.kernel.access import Verdict
from esar.kernel.chain import digest
from esar.kernel.problems import Refused
from esar.law.rules.kinds import ShareOfPlan
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, Role
from esar.platform.ui import clock
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.life import lost, problems_in
from esar.report.activity_plans.models import Plan, PlanVersion
from esar.report.activity_plans.monthly import actions
from esar.report.activity_plans.monthly.content import frozen, sheet_of
from esar.report.activity_plans.monthly.deadlines.actions import remind_of_months
from esar.report.activity_plans.monthly.deadlines.queries import ENERGY, MONTHLY, due_day, duty
from esar.report.activity_plans.monthly.life import MONTH_LIFE
from esar.report.activity_plans.monthly.models import MonthlyReport, MonthlyVersion
from esar.report.activity_plans.monthly.queries import report_on
from esar.report.activity_plans.monthly.round_scores.queries import certain, rounds_of
from esar.report.activity_plans.monthly.states import MONTH_MOVES, MonthState
from esar.report.activity_plans.signals import reported_of
from tests.make import World, person
from tests.report.activity_plans.make import legal_execution
from tests.report.activity_plans.monthly.make import kept_pdf, move, plan_in_force, report, said
from tests.show.public.make import province

pytestmark = pytest.mark.django_db

OCTOBER, DECEMBER, JANUARY = date(2017, 10, 1), date(2017, 12, 1), date(2018, 1, 1)
FEBRUARY, MARCH, APRIL = date(2018, 2, 1), date(2018, 3, 1), date(2018, 4, 1)
ON = date(2018, 2, 5)
LATER = date(2018, 10, 20)
AT = datetime(2018, 2, 5, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def codes(refused: Any) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def save(world: World, plan: Plan, *outputs: Any, revision: int = 0, on: date = ON) -> Any:
    return actions.save_month(
        plan, JANUARY, said(*outputs), revision=revision, by=world.reporter, at=AT, on=on
    )


def round_one(plan: Plan) -> tuple[Any, ...]:
    one = rounds_of(plan, LATER)[0]
    return (
        one.status,
        one.points and f"{one.points:.2f}",
        one.achieved,
        len(one.outputs),
        one.passed,
    )


def all_four(world: World, plan: Plan) -> None:
    report(world, plan, DECEMBER, (2, "2017-12", True))
    report(world, plan, JANUARY, (1, "2018-01", True))
    report(world, plan, MARCH, (3, "2018-03", True), (4, "2018-03", True))


# --- What is due --------------------------------------------------------------------------------


def test_a_month_is_reported_in_the_first_week_of_the_next() -> None:
    assert due_day(2561, "province", MONTHLY, JANUARY) == date(2018, 2, 7)
    assert due_day(2561, "province", MONTHLY, DECEMBER) == date(2018, 1, 7)


def test_energy_is_entered_before_the_3rd_and_only_since_the_amendment() -> None:
    assert due_day(2561, "province", ENERGY, OCTOBER) == date(2017, 11, 2)
    assert duty(2561, "province", ENERGY, date(2017, 9, 1)) is None
    assert due_day(2561, "province", ENERGY, date(2018, 10, 1)) is None


def test_a_report_asks_for_what_is_under_way_and_for_what_is_left(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, DECEMBER, (2, "2017-12", False))
    lines = sheet_of(report_on(plan, JANUARY)).lines
    asked = [
        (line.number, f"{one.month:%Y-%m}", one.is_left) for line in lines for one in line.outputs
    ]
    assert asked == [(1, "2018-01", False), (2, "2017-12", True)]
    assert [line.number for line in lines] == [1, 2, 3, 4]


def test_an_activity_that_is_complete_is_asked_for_no_more(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, DECEMBER, (2, "2017-12", True))
    assert [line.number for line in sheet_of(report_on(plan, JANUARY)).lines] == [1, 3, 4]


def test_a_topic_that_is_reported_all_year_is_asked_for_after_its_outputs_came(
    world: World,
) -> None:
    paper = {
        "number": 1,
        "name": "ลดกระดาษ",
        "type": "5",
        "topic": "paper",
        "start": "2017-10",
        "office": "สำนักงานจังหวัด",
        "outputs": [{"month": "2017-12", "what": "ลดร้อยละ 10"}],
    }
    plan = plan_in_force(world, {"activities": [paper, {**paper, "number": 2, "topic": ""}]})
    report(world, plan, DECEMBER, (1, "2017-12", True), (2, "2017-12", True))
    assert [line.number for line in sheet_of(report_on(plan, JANUARY)).lines] == [1]


# --- Writing ------------------------------------------------------------------------------------


def test_what_is_not_answered_is_kept_as_nothing(world: World) -> None:
    plan = plan_in_force(world)
    kept = save(world, plan, (1, "2018-01", None))
    assert kept.content["activities"][0]["outputs"] == [{"month": "2018-01", "done": None}]


def test_two_who_write_do_not_overwrite_each_other(world: World) -> None:
    plan = plan_in_force(world)
    save(world, plan, (1, "2018-01", True))
    with pytest.raises(Refused) as refused:
        save(world, plan, (1, "2018-01", False), revision=0)
    assert codes(refused) == ["plan_month.changed_in_another_window"]
    assert report_on(plan, JANUARY).content["activities"][0]["outputs"][0]["done"] is True


def test_a_month_that_has_not_begun_or_is_not_over(world: World) -> None:
    plan = plan_in_force(world)
    with pytest.raises(Refused) as refused:
        save(world, plan, (1, "2018-01", True), on=date(2017, 12, 31))
    assert codes(refused) == ["plan_month.not_begun"]
    save(world, plan, (1, "2018-01", True), on=JANUARY)
    with pytest.raises(Refused) as refused:
        move(plan, JANUARY, "propose", by=world.reporter, at=AT, on=date(2018, 1, 31))
    assert codes(refused) == ["plan_month.not_over"]


def test_without_a_plan_in_force_nothing_is_reported(world: World) -> None:
    plan = Plan.objects.create(
        body=world.province, fiscal_year=2561, since=AT, content={"activities": []}
    )
    assert (
        codes_of(MONTH_LIFE.may(world.reporter, report_on(plan, JANUARY), "edit", ON))
        == "plan_month.no_plan"
    )


def codes_of(verdict: Verdict) -> str:
    return verdict.problem.code if verdict.problem else ""


def test_a_report_that_says_nothing_is_not_sent_in(world: World) -> None:
    plan = plan_in_force(world)
    actions.save_month(
        plan, JANUARY, {"activities": []}, revision=0, by=world.reporter, at=AT, on=ON
    )
    with pytest.raises(Refused) as refused:
        move(plan, JANUARY, "propose", by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["plan_month.says_nothing"]


def test_an_output_that_came_needs_evidence_as_the_briefing_says(world: World) -> None:
    plan = plan_in_force(world)
    save(world, plan, (1, "2018-01", True))
    with pytest.raises(Refused) as refused:
        move(plan, JANUARY, "propose", by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["plan_month.no_evidence"]
    assert "ขั้นตอนในการดำเนินงาน ข้อ 2" in refused.value.problems[0].clause.th


def test_an_infected_file_is_not_sent_in(world: World) -> None:
    plan = plan_in_force(world)
    save(world, plan, (1, "2018-01", True))
    file = kept_pdf()
    actions.attach(plan, JANUARY, 1, file, "ผล.pdf", by=world.reporter, at=AT, on=ON)
    type(file).objects.filter(pk=file.pk).update(state="infected", signature="Eicar")
    with pytest.raises(Refused) as refused:
        move(plan, JANUARY, "propose", by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["plan_month.infected"]


def test_evidence_is_of_what_is_under_way(world: World) -> None:
    plan = plan_in_force(world)
    with pytest.raises(Refused) as refused:
        actions.attach(plan, JANUARY, 12, kept_pdf(), "ผล.pdf", by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["plan_month.not_under_way"]


# --- Its way ------------------------------------------------------------------------------------


def test_what_is_sent_in_is_frozen_with_its_evidence(world: World) -> None:
    plan = plan_in_force(world)
    version = report(world, plan, JANUARY, (1, "2018-01", True))
    first = version.content["activities"][0]
    assert (version.content["plan_version"], version.content["month"]) == (1, "2018-01")
    assert first["outputs"] == [{"month": "2018-01", "what": "ผลผลิตของเรื่องที่ 1", "done": True}]
    assert [one["name"] for one in first["files"]] == ["ผล.pdf"]
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(Refused) as refused:
        save(world, plan, (1, "2018-01", False), revision=1)
    assert codes(refused) == ["plan_month.wrong_state"]


def changed_plan(world: World, plan: Plan) -> None:
    """The plan's second version: what activity 1 is called and what activity 3 brings in March."""
    new = copy.deepcopy(plan.content)
    new["activities"][0]["name"] = "ชื่อใหม่"
    new["activities"][2]["outputs"] = []
    PlanVersion.objects.create(
        plan=plan,
        number=2,
        content=new,
        sha256=digest(new),
        rules_of=FEBRUARY,
        at=AT,
        by=world.approver,
    )
    Plan.objects.filter(pk=plan.pk).update(content=new, version=2)


def shown(plan: Plan, month: date) -> Any:
    return sheet_of(report_on(Plan.objects.get(pk=plan.pk), month))


def test_what_was_sent_in_is_shown_on_the_plan_it_was_sent_on(world: World) -> None:
    plan = plan_in_force(world)
    version = report(world, plan, JANUARY, (1, "2018-01", True), (2, "2017-12", False))
    before = frozen(shown(plan, JANUARY))
    changed_plan(world, plan)
    report(world, plan, DECEMBER, (2, "2017-12", True))  # January asked for it when it was sent
    sheet = shown(plan, JANUARY)
    assert frozen(sheet) == before == version.content
    assert [one.is_left for line in sheet.lines for one in line.outputs] == [False, True]


def test_it_is_said_where_the_plan_has_changed_since(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True))
    assert shown(plan, JANUARY).newer is None
    changed_plan(world, plan)
    sheet = shown(plan, JANUARY)
    assert (sheet.version.number, sheet.newer.number) == (1, 2)
    assert [line.number for line in sheet.lines if line.has_changed] == [1, 3]


def test_one_that_is_returned_is_written_on_the_plan_in_force(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True))
    changed_plan(world, plan)
    move(plan, JANUARY, "return", by=world.analyst, at=AT, on=ON, reason="หลักฐานไม่ครบ")
    sheet = shown(plan, JANUARY)
    assert (sheet.version.number, sheet.newer) == (2, None)
    assert sheet.lines[0].activity.name == "ชื่อใหม่"


def test_the_page_of_a_month_says_what_was_sent_and_that_the_plan_has_changed(
    world: World,
) -> None:
    clock.pretend(ON)
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True))
    client, path = client_of(world.analyst), f"/plans/{plan.pk}/months/2018-01/"
    assert "แผนเปลี่ยนหลังจาก" not in client.get(path).content.decode()
    changed_plan(world, plan)
    page = client.get(path).content.decode()
    assert ("แผนเปลี่ยนหลังจาก" in page, "ชื่อใหม่" in page) == (True, False)
    assert f'href="/plans/{plan.pk}/versions/2/"' in page


def test_a_report_is_late_from_the_day_after_it_was_due(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True), sent_on=date(2018, 2, 7))
    report(world, plan, FEBRUARY, (3, "2018-03", None), sent_on=date(2018, 3, 9))
    late = [(one.month, one.days_late) for one in MonthlyReport.objects.order_by("month")]
    assert late == [(JANUARY, 0), (FEBRUARY, 2)]


def test_sent_again_the_first_sending_counts_against_the_due_day(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True))
    move(plan, JANUARY, "return", by=world.analyst, at=AT, on=ON, reason="หลักฐานไม่ครบ")
    report(world, plan, JANUARY, (1, "2018-01", False), sent_on=date(2018, 3, 20))
    one = MonthlyReport.objects.get(month=JANUARY)
    assert (one.sent, one.received_on, one.days_late) == (2, date(2018, 2, 5), 0)
    assert MonthlyVersion.objects.filter(report=one).count() == 2


def test_nobody_sends_in_what_they_wrote(world: World) -> None:
    both = person("both", (Role.REPORTER, world.province), (Role.APPROVER, world.province))
    plan = plan_in_force(world)
    actions.save_month(plan, JANUARY, said((1, "2018-01", None)), revision=0, by=both, at=AT, on=ON)
    move(plan, JANUARY, "propose", by=both, at=AT, on=ON)
    with pytest.raises(Refused) as refused:
        move(plan, JANUARY, "submit", by=both, at=AT, on=ON)
    assert codes(refused) == ["access.own_work"]


def test_a_return_needs_its_reason(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True))
    with pytest.raises(Refused) as refused:
        move(plan, JANUARY, "return", by=world.analyst, at=AT, on=ON)
    assert codes(refused) == ["form.no_reason"]


def test_every_role_state_and_move_is_as_the_table_says(world: World) -> None:
    plan = plan_in_force(world)
    for state in MonthState.values:
        one = MonthlyReport(plan=plan, month=JANUARY, state=state, pk=1)
        for role, who in world.by_role.items():
            for name, row in MONTH_MOVES.items():
                allowed = state in row.sources and role in row.roles
                assert bool(MONTH_LIFE.may(who, one, name, ON)) == allowed, (state, role, name)


def test_every_step_is_told_to_the_next_and_recorded(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True))
    move(plan, JANUARY, "return", by=world.analyst, at=AT, on=ON, reason="หลักฐานไม่ครบ")
    told = Notice.objects.values_list("person__name", "code")
    assert sorted(told) == [
        ("คุณapprover", "notice.plan_month_return"),
        ("คุณapprover", "notice.plan_month_your_turn"),
        ("คุณreporter", "notice.plan_month_return"),
    ]
    verbs = Event.objects.filter(verb__startswith="plan_month").values_list("verb", flat=True)
    assert list(verbs) == [
        "plan_month.saved",
        "plan_month.attached",
        "plan_month.propose",
        "plan_month.submit",
        "plan_month.return",
    ]


# --- What it makes of the plan ------------------------------------------------------------------


def test_four_of_four_outputs_are_100_and_pass(world: World) -> None:
    plan = plan_in_force(world)
    all_four(world, plan)
    assert round_one(plan) == ("reported", "100.00", 4, 4, True)


def test_one_of_them_undone_is_75_and_does_not_pass(world: World) -> None:
    plan = plan_in_force(world)
    all_four(world, plan)
    april = date(2018, 4, 6)
    move(plan, MARCH, "return", by=world.analyst, at=AT, on=april, reason="ผลผลิตยังไม่เกิด")
    report(world, plan, MARCH, (3, "2018-03", True), (4, "2018-03", False))
    assert round_one(plan) == ("reported", "75.00", 3, 4, False)


def test_an_output_of_march_that_came_in_april_does_not_count_in_round_one(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, MARCH, (3, "2018-03", False), (4, "2018-03", True))
    report(world, plan, APRIL, (3, "2018-03", True))
    first, second = rounds_of(plan, LATER)
    assert [one.done for one in first.outputs if one.number == 3] == [False]
    assert [one.done for one in second.outputs if one.number == 3] == [True]


def test_what_nobody_reported_is_not_reported(world: World) -> None:
    assert round_one(plan_in_force(world))[0] == "not_reported"


def test_a_round_without_planned_outputs_is_not_due(world: World) -> None:
    late = {
        "number": 1,
        "name": "ก",
        "type": "1",
        "topic": "",
        "start": "2018-05",
        "office": "ข",
        "outputs": [{"month": "2018-06", "what": "ค"}],
    }
    first, second = rounds_of(plan_in_force(world, {"activities": [late]}), LATER)
    assert (first.status, first.points, second.status) == ("not_due", None, "not_reported")


def so_far(plan: Plan, on: date) -> tuple[Any, ...]:
    one = rounds_of(plan, on)[0]
    return one.status, one.points, one.passed, one.is_settled, len(one.steps)


def test_a_round_in_which_nothing_is_due_yet_is_not_due(world: World) -> None:
    plan = plan_in_force(world)
    assert so_far(plan, date(2018, 1, 7)) == ("not_due", None, None, False, 0)


def test_until_the_round_is_over_there_is_no_verdict_and_no_share(world: World) -> None:
    plan = plan_in_force(world)
    on = date(2018, 1, 8)  # December's report was due the day before
    assert so_far(plan, on) == ("not_reported", None, None, False, 0)
    report(world, plan, DECEMBER, (2, "2017-12", False))
    assert so_far(plan, on) == ("reported", None, None, False, 0)
    assert rounds_of(plan, on)[0].achieved == 0


def test_what_did_not_come_may_still_come_until_the_last_months_report(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, DECEMBER, (2, "2017-12", False))
    for on in (date(2018, 3, 31), date(2018, 4, 1), date(2018, 4, 7)):
        first = rounds_of(plan, on)[0]
        assert (first.open, first.passed, first.is_settled) == (4, None, False)
    last = rounds_of(plan, date(2018, 4, 8))[0]
    assert (last.open, last.points, last.passed, last.is_settled) == (0, 0, False, True)


def test_a_pass_that_is_reached_already_is_said_before_the_round_ends(world: World) -> None:
    """Four of five outputs are 80 per cent, the pass mark: the fifth changes nothing."""
    activities = copy.deepcopy(legal_execution()["activities"])
    for one in activities[:4]:
        one["outputs"] = [{"month": "2017-12", "what": "ก"}]
        one["start"] = "2017-10"
    activities[4]["start"] = "2017-10"
    activities[4]["outputs"] = [{"month": "2018-03", "what": "ก"}]
    plan = plan_in_force(world, {"activities": activities[:5]})
    report(world, plan, DECEMBER, *((number, "2017-12", True) for number in (1, 2, 3)))
    assert rounds_of(plan, ON)[0].passed is None
    report(world, plan, JANUARY, (4, "2017-12", True))
    assert so_far(plan, ON) == ("reported", None, True, False, 0)


@pytest.mark.parametrize(
    ("achieved", "may_come", "verdict"),
    [(4, 0, True), (4, 1, True), (3, 2, None), (3, 1, None), (3, 0, False), (0, 3, False)],
)
def test_a_verdict_is_certain_only_when_what_may_still_come_cannot_change_it(
    achieved: int, may_come: int, verdict: bool | None
) -> None:
    share = ShareOfPlan(Decimal(100), Decimal(80))
    assert certain(achieved, may_come, planned=5, share=share) is verdict


def test_where_an_output_must_come_in_its_month_one_that_did_not_is_lost(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, DECEMBER, (2, "2017-12", False))
    first = rounds_of(plan, ON)[0]
    strict: Any = SimpleNamespace(value=ShareOfPlan(Decimal(100), Decimal(80), "in_its_month"))
    assert (first.open, replace(first, share=strict).open) == (4, 3)


def test_when_the_last_months_report_is_there_the_round_has_its_verdict(world: World) -> None:
    plan = plan_in_force(world)
    all_four(world, plan)
    assert so_far(plan, date(2018, 4, 5))[:4] == ("reported", Decimal(100), True, True)


def test_the_score_page_says_so_far_until_the_verdict(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, DECEMBER, (2, "2017-12", False))
    client, path = client_of(world.analyst), f"/plans/{plan.pk}/score/"
    words = ("0 จาก 4 ผลผลิต", "ถึงขณะนี้", "ไม่ผ่าน", 'class="figure"> ร้อยละ')
    clock.pretend(ON)
    page = " ".join(client.get(path).content.decode().split())
    assert [one in page for one in words] == [True, True, False, False]
    clock.pretend(date(2018, 4, 8))
    page = " ".join(client.get(path).content.decode().split()).partition('id="round12m"')[0]
    assert [one in page for one in words] == [True, False, True, True]


def test_a_plan_that_is_changed_is_told_what_came_already(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True), (2, "2017-12", False))
    assert reported_of(plan) == {(1, JANUARY)}


def test_a_change_may_not_take_away_what_a_report_says_is_done(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True), (2, "2017-12", False))
    new = copy.deepcopy(plan.content)
    new["activities"][1]["outputs"] = [{"month": "2018-04", "what": "เลื่อน"}]
    june = date(2018, 6, 1)
    assert lost(plan, plan.planned, PlanContent.from_json(new), june) == []
    new["activities"][0]["outputs"] = [{"month": "2018-04", "what": "เลื่อน"}]
    assert [one.code for one in lost(plan, plan.planned, PlanContent.from_json(new), june)] == [
        "plan_change.reported"
    ]


def test_what_waits_for_its_approver_counts_as_reported_too(world: World) -> None:
    plan = plan_in_force(world)
    save(world, plan, (1, "2018-01", True))
    actions.attach(plan, JANUARY, 1, kept_pdf(), "ผล.pdf", by=world.reporter, at=AT, on=ON)
    assert reported_of(plan) == set()
    move(plan, JANUARY, "propose", by=world.reporter, at=AT, on=ON)
    assert reported_of(plan) == {(1, JANUARY)}


def test_nor_may_a_plan_that_was_reopened(world: World) -> None:

    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True), (2, "2017-12", False))
    content = copy.deepcopy(plan.content)
    content["activities"][0]["outputs"] = [{"month": "2018-04", "what": "เลื่อน"}]
    new = PlanContent.from_json(content)
    problems = problems_in(plan, new, date(2017, 11, 10))
    assert [problem.code for problem in problems] == ["plan_change.reported"]


# --- Reminders ----------------------------------------------------------------------------------


def test_who_owes_a_report_is_told_before_on_and_after_the_day_once_each(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, DECEMBER, (2, "2017-12", True))
    Notice.objects.all().delete()
    for day in range(3, 12):
        for _ in range(2):
            remind_of_months(on=date(2018, 2, day), at=AT)
    told = Notice.objects.filter(person=world.reporter).order_by("pk")
    assert [one.code for one in told] == [
        "notice.plan_month_soon",
        "notice.plan_month_today",
        "notice.plan_month_late",
    ]


def test_who_has_sent_it_in_is_not_reminded(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True))
    Notice.objects.all().delete()
    remind_of_months(on=date(2018, 2, 7), at=AT)
    assert not Notice.objects.exists()


def test_the_energy_office_is_reminded_before_the_3rd(world: World) -> None:
    office = person("energy", (Role.CENTRAL_OWNER, world.province))
    remind_of_months(on=date(2018, 2, 2), at=AT)
    assert [(one.person, one.code) for one in Notice.objects.all()] == [
        (office, "notice.energy_today")
    ]


# --- Pages --------------------------------------------------------------------------------------


def client_of(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_a_report_is_written_by_form_and_by_itself(world: World) -> None:
    clock.pretend(ON)
    plan = plan_in_force(world)
    client, path = client_of(world.reporter), f"/plans/{plan.pk}/months/2018-01/"
    assert client.get(path).status_code == 200
    typed = {"revision": "0", "done-1-2018-01": "no", "progress-1": "กำลังทดสอบ"}
    assert client.post(path, typed).status_code == 302
    more = typed | {"progress-1": "ทดสอบแล้ว"}
    kept = client.post(path, more | {"revision": "1"}, headers={"X-Autosave": "1"})
    assert (kept.status_code, kept.json()["revision"]) == (200, 2)
    again = client.post(path, more | {"revision": "1"}, headers={"X-Autosave": "1"})
    assert (again.status_code, again.json()["revision"]) == (200, 2)
    stale = client.post(path, typed | {"revision": "1"}, headers={"X-Autosave": "1"})
    assert (stale.status_code, list(stale.json())) == (409, ["problems", "html"])
    first = report_on(plan, JANUARY).content["activities"][0]
    assert (first["progress"], first["outputs"][0]["done"]) == ("ทดสอบแล้ว", False)


def test_the_slower_of_two_windows_sees_the_other_with_its_files(world: World) -> None:
    clock.pretend(ON)
    plan = plan_in_force(world)
    save(world, plan, (1, "2018-01", True))
    actions.attach(plan, JANUARY, 1, kept_pdf(), "ผล.pdf", by=world.reporter, at=AT, on=ON)
    typed = {"revision": "0", "done-1-2018-01": "no"}
    path = f"/plans/{plan.pk}/months/2018-01/"
    stale = client_of(world.reporter).post(path, typed, headers={"X-Autosave": "1"})
    assert (stale.status_code, f'href="{path}files/' in stale.json()["html"]) == (409, True)


def test_a_draft_is_the_bodys_own_and_what_was_sent_in_is_for_others_too(world: World) -> None:
    clock.pretend(ON)
    plan = plan_in_force(world)
    path = f"/plans/{plan.pk}/months/2018-01/"
    office = person("pmo", (Role.MINISTERS_OFFICE, pmo()))
    save(world, plan, (1, "2018-01", None))
    seen = [
        client_of(who).get(path).status_code for who in (world.reporter_d, office, world.analyst)
    ]
    assert seen == [404, 404, 200]
    move(plan, JANUARY, "propose", by=world.reporter, at=AT, on=ON)
    move(plan, JANUARY, "submit", by=world.approver, at=AT, on=ON)
    assert client_of(office).get(path).status_code == 200


def pmo() -> Any:
    return Body.objects.get_or_create(
        code="PMO", defaults={"kind": "ministry", "name_th": "สำนักนายกฯ", "name_en": "PMO"}
    )[0]


def test_months_that_are_none_of_the_year_are_not_there(world: World) -> None:
    clock.pretend(ON)
    plan = plan_in_force(world)
    client = client_of(world.reporter)
    for text in ("2018-10", "2018-1", "x", "2560-10"):
        assert client.get(f"/plans/{plan.pk}/months/{text}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["months/", "months/2018-01/", "score/", "months/2018-01/versions/1/"]
)
def test_a_page_asks_the_database_no_more_for_a_longer_plan(
    world: World, path: str, django_assert_num_queries: Any
) -> None:
    clock.pretend(ON)
    plan = plan_in_force(world)
    report(world, plan, JANUARY, (1, "2018-01", True))
    client = client_of(world.analyst)
    address = f"/plans/{plan.pk}/{path}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    report(world, plan, DECEMBER, (2, "2017-12", False))
    plan.refresh_from_db()
    with django_assert_num_queries(len(few)):
        assert client.get(address).status_code == 200


def test_reminders_ask_the_database_no_more_for_more_provinces(
    world: World, django_assert_num_queries: Any
) -> None:
    plan_in_force(world)
    with CaptureQueriesContext(connection) as one:
        remind_of_months(on=date(2018, 2, 7), at=AT)
    for code in ("TH-10", "TH-11"):
        plan_in_force(world, body=province(code))
        person(f"reporter-{code}", (Role.REPORTER, Body.objects.get(code=code)))
    Notice.objects.all().delete()
    with django_assert_num_queries(len(one)):
        assert remind_of_months(on=date(2018, 2, 7), at=AT) == 4
