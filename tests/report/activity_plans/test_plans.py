"""The plan of twelve activities: its content, its checks under the rules of a day, its life."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.kernel.problems import Refused
from esar.kernel.wording import problem_words
from esar.platform.calendars.actions import extend
from esar.platform.history.models import Event
from esar.platform.history.queries import timeline
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Role
from esar.report.activity_plans import actions
from esar.report.activity_plans.checks import Checked, check
from esar.report.activity_plans.content import MOST, as_facts, clean, totals
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.law import amendment_days, law_on, years_with_plans
from esar.report.activity_plans.life import PLAN_LIFE
from esar.report.activity_plans.models import Plan, PlanVersion
from esar.report.activity_plans.queries import due_day, in_force
from esar.report.activity_plans.states import PLAN_MOVES, PlanState
from tests.make import World, person
from tests.report.activity_plans.make import (
    NEW_RULES,
    OLD_RULES,
    TOTALS,
    YEAR,
    give_days,
    legal_execution,
    moment,
    opened,
    saved,
    sent_in,
    with_topics,
)


def checked(content: dict[str, Any], day: date) -> Checked:
    law = law_on(YEAR, "province", day)
    assert law is not None
    return check(PlanContent.from_json(clean(content)), law)


def codes(found: Any) -> list[str]:
    return [one.code for one in getattr(found, "problems", found)]


# --- The law of a day ---------------------------------------------------------------------------


def test_a_year_has_a_law_of_plans_from_its_first_issue_and_for_provinces_only() -> None:
    days = [date(2017, 8, 27), date(2017, 8, 28), date(2019, 1, 1)]

    assert [law_on(YEAR, "province", day) is not None for day in days] == [False, True, True]
    assert law_on(YEAR, "department", days[1]) is None
    assert law_on(2567, "province", date(2024, 1, 1)) is None
    assert years_with_plans("province", date(2018, 9, 30)) == [2561]
    assert years_with_plans("province", date(2018, 10, 1)) == []
    assert amendment_days(YEAR, "province") == [date(2017, 10, 9)]


def test_groups_bind_until_8_october_and_topics_from_9_october_2017() -> None:
    bound = []
    for day in (date(2017, 10, 8), date(2017, 10, 9)):
        law = law_on(YEAR, "province", day)
        assert law is not None
        assert law.due is not None
        bound.append((law.groups is not None, law.topics is not None, law.due.value.due))

    assert bound == [(True, False, date(2017, 9, 15)), (False, True, date(2017, 11, 15))]


# --- Content ------------------------------------------------------------------------------------


def test_the_legal_execution_departments_plan_gives_the_documents_monthly_totals() -> None:
    law = law_on(YEAR, "province", OLD_RULES)
    assert law is not None

    assert totals(PlanContent.from_json(clean(legal_execution())), law.months) == TOTALS


def test_a_content_is_kept_in_arabic_digits_and_numbered_as_it_stands() -> None:
    raw = {
        "activities": [
            {
                "number": 9,
                "name": "  ลดกระดาษ  ร้อยละ ๑๐\u200b น\u0e4d\u0e32ร่อง ",
                "start": "2017-10",
                "outputs": [{"month": "2018-02", "what": "ข"}, {"month": "2018-01", "what": "ก"}],
            },
            {},
            {"office": "สำนักงานจังหวัด"},
            {},
            {},
        ]
    }
    listed = clean(raw)["activities"]

    assert [one["number"] for one in listed] == [1, 2, 3]
    assert listed[0]["name"] == "ลดกระดาษ ร้อยละ 10 นำร่อง"
    assert [one["month"] for one in listed[0]["outputs"]] == ["2018-01", "2018-02"]
    assert clean(clean(raw)) == clean(raw)


def test_everything_that_is_no_content_is_refused_at_once() -> None:
    one = {"name": "ก" * 301, "start": "2560-13", "outputs": [{"month": "ตุลาคม"}]}
    with pytest.raises(Refused) as raised:
        clean({"activities": [one] * (MOST + 1)})

    assert codes(raised.value)[:3] == ["plan.not_a_month", "plan.too_long", "plan.not_a_month"]
    assert codes(raised.value)[-1] == "plan.too_many"


MONTHS = st.sampled_from([f"2017-{n}" for n in (10, 11, 12)] + [f"2018-0{n}" for n in range(1, 10)])
ACTIVITIES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "ก", " ๑๒ ", "e\u0301"]),
        "type": st.sampled_from(["", "1"]),
        "topic": st.just(""),
        "start": st.none() | MONTHS,
        "office": st.sampled_from(["", "ข"]),
        "outputs": st.lists(
            st.fixed_dictionaries({"month": MONTHS, "what": st.just("ค")}), max_size=4
        ),
    }
)


@given(st.lists(ACTIVITIES, max_size=8))
def test_the_totals_of_the_months_add_up_to_the_outputs_of_the_plan(listed: Any) -> None:
    kept = clean({"activities": listed})
    content = PlanContent.from_json(kept)
    law = law_on(YEAR, "province", OLD_RULES)
    assert law is not None
    facts = as_facts(content)

    assert sum(totals(content, law.months)) == sum(len(one.outputs) for one in facts.activities)
    assert clean(kept) == content.to_json() == kept


def test_the_facts_know_done_undone_and_not_reported_apart() -> None:
    content = PlanContent.from_json(clean(legal_execution()))
    said = {(1, date(2018, 1, 1)): True, (2, date(2017, 12, 1)): False}
    outputs = [one.outputs[0].done for one in as_facts(content, said).activities[:3]]

    assert outputs == [True, False, None]


# --- Checks -------------------------------------------------------------------------------------


def test_the_documents_plan_is_right_under_the_old_rules_and_the_new() -> None:
    old, new = checked(legal_execution(), OLD_RULES), checked(legal_execution(), NEW_RULES)

    assert (codes(old), codes(old.warnings), codes(new)) == ([], [], [])
    assert codes(new.warnings) == ["plan.topics_elsewhere"]


def two_of_group_a() -> dict[str, Any]:
    return legal_execution(**{f"a{n}": {"type": "4"} for n in (3, 5, 10, 11)})


def test_two_of_group_a_are_refused_under_the_old_rule_citing_the_briefing() -> None:
    (problem,) = checked(two_of_group_a(), OLD_RULES).problems
    words = problem_words(problem, "th")

    assert problem.code == "plan.too_few_of_group"
    assert "มี 2 กิจกรรมจากกลุ่ม A" in words
    assert "28 สิงหาคม 2560 การเลือกเรื่องที่ดำเนินการ" in words


def test_two_of_group_a_are_accepted_from_9_october_2017_on() -> None:
    assert codes(checked(two_of_group_a(), date(2017, 10, 9)).problems) == []
    assert codes(checked(two_of_group_a(), date(2017, 10, 8))) == ["plan.too_few_of_group"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"a1": {"name": ""}}, ["plan.incomplete"]),
        ({"a1": {"office": ""}}, ["plan.no_office"]),
        ({"a1": {"type": "9"}}, ["plan.unknown_type"]),
        ({"a1": {"start": None}}, ["plan.incomplete", "plan.months_without_start"]),
        ({"a2": {"start": "2017-10"}}, ["plan.months_without_start"]),
        ({"a3": {"outputs": [{"month": "2017-11", "what": "ก"}]}}, ["plan.output_before_start"]),
        ({"a3": {"outputs": [{"month": "2018-01", "what": ""}]}}, ["plan.output_unnamed"]),
        ({"a3": {"outputs": [{"month": "2018-10", "what": "ก"}]}}, ["plan.outside_year"]),
        ({"a3": {"outputs": []}}, ["plan.incomplete"]),
        ({"a3": {"topic": "paper"}}, ["plan.topics_not_yet"]),
    ],
)
def test_each_fault_of_an_activity_is_found(changed: dict[str, Any], expected: list[str]) -> None:
    assert codes(checked(legal_execution(**changed), OLD_RULES)) == expected


def test_eleven_and_thirteen_activities_are_refused() -> None:
    one = legal_execution()["activities"]
    found = [checked({"activities": listed}, NEW_RULES) for listed in (one[:11], [*one, one[0]])]

    assert [codes(each)[0] for each in found] == ["plan.count", "plan.count"]


def test_six_topics_in_season_and_six_others_are_a_plan() -> None:
    found = checked(with_topics(), NEW_RULES)

    assert codes(found) == []
    assert codes(found.warnings) == ["plan.months_without_start"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"start": "2017-11"}, ["plan.topic_out_of_season"]),
        ({"topic": "anti-corruption", "start": "2018-02"}, ["plan.topic_twice"]),
        ({"topic": "", "type": "1"}, ["plan.others"]),
        ({"topic": "nonsense"}, ["plan.unknown_topic"]),
    ],
)
def test_a_topic_counts_once_in_its_season_beside_six_others(
    changed: dict[str, Any], expected: list[str]
) -> None:
    content = with_topics()
    content["activities"][0] |= changed

    assert codes(checked(content, NEW_RULES)) == expected


# --- Its life -----------------------------------------------------------------------------------


def test_only_the_bodys_reporter_opens_a_plan_and_only_one_a_year(world: World) -> None:
    plan = opened(world)
    for by, code in ((world.reporter, "plan.is_there"), (world.approver, "access.wrong_role")):
        with pytest.raises(Refused) as raised:
            actions.open_plan(world.province, YEAR, by=by, at=moment(OLD_RULES), on=OLD_RULES)
        assert codes(raised.value) == [code]
    early = date(2017, 8, 27)
    with pytest.raises(Refused) as raised:
        actions.open_plan(world.province, YEAR, by=world.reporter, at=moment(early), on=early)

    assert codes(raised.value) == ["plan.no_law"]
    assert (plan.state, plan.content, plan.rules_of) == ("draft", {"activities": []}, OLD_RULES)


def test_the_slower_of_two_writers_is_told_and_overwrites_nothing(world: World) -> None:
    plan = saved(world)
    other = person("reporter-2", (Role.REPORTER, world.province))
    give_days(world)
    opened_by_other = {"revision": 0, "by": other, "at": moment(OLD_RULES), "on": OLD_RULES}
    with pytest.raises(Refused) as raised:
        actions.save_plan(plan, {}, **opened_by_other)

    assert codes(raised.value) == ["plan.changed_meanwhile"]
    assert Plan.objects.get().content == clean(legal_execution())


def test_savings_of_one_sitting_are_one_event_of_the_log(world: World) -> None:
    plan = saved(world)
    actions.save_plan(plan, {}, revision=1, by=world.reporter, at=moment(OLD_RULES), on=OLD_RULES)

    assert [one.verb for one in timeline(plan)] == ["plan.saved", "plan.opened"]
    assert Plan.objects.get().revision == 2


def test_a_plan_is_sent_in_by_the_approver_and_frozen_with_the_rules_of_the_day(
    world: World,
) -> None:
    plan = sent_in(world)
    version = in_force(plan)
    assert version is not None

    assert (plan.state, plan.version, plan.days_late) == ("submitted", 1, 0)
    assert (plan.received_on, plan.due_on) == (OLD_RULES, date(2017, 9, 15))
    assert (version.content, version.rules_of) == (clean(legal_execution()), OLD_RULES)
    assert timeline(plan)[0].after["sha256"] == version.sha256
    assert [n.code for n in Notice.objects.filter(person=world.approver)] == [
        "notice.plan_your_turn"
    ]
    assert [n.code for n in Notice.objects.filter(person=world.analyst)] == [
        "notice.plan_submitted"
    ]
    with pytest.raises(TypeError):
        version.save()


def test_a_plan_that_breaks_the_rules_is_not_proposed(world: World) -> None:
    plan = saved(world, two_of_group_a())
    with pytest.raises(Refused) as raised:
        PLAN_LIFE.move(plan, "propose", by=world.reporter, at=moment(OLD_RULES), on=OLD_RULES)

    assert codes(raised.value) == ["plan.too_few_of_group"]
    PLAN_LIFE.move(plan, "propose", by=world.reporter, at=moment(NEW_RULES), on=NEW_RULES)
    assert Plan.objects.get().state == "proposed"


def test_nobody_sends_in_what_they_wrote(world: World) -> None:
    both = person("both", (Role.REPORTER, world.province), (Role.APPROVER, world.province))
    plan = opened(world)
    actions.save_plan(
        plan, legal_execution(), revision=0, by=both, at=moment(OLD_RULES), on=OLD_RULES
    )
    PLAN_LIFE.move(plan, "propose", by=world.reporter, at=moment(OLD_RULES), on=OLD_RULES)
    with pytest.raises(Refused) as raised:
        PLAN_LIFE.move(plan, "submit", by=both, at=moment(OLD_RULES), on=OLD_RULES)

    assert codes(raised.value) == ["access.own_work"]


@pytest.mark.parametrize(
    ("on", "due", "late"),
    [
        (date(2017, 9, 15), date(2017, 9, 15), 0),
        (date(2017, 10, 1), date(2017, 9, 15), 16),
        (date(2017, 10, 10), date(2017, 11, 15), 0),
        (date(2017, 11, 16), date(2017, 11, 15), 1),
    ],
)
def test_a_plan_is_late_by_the_rules_of_the_day_it_was_received(
    world: World, on: date, due: date, late: int
) -> None:
    plan = sent_in(world, on=on)

    assert (plan.due_on, plan.days_late) == (due, late)


def test_an_extension_moves_the_day_a_plan_is_due(world: World) -> None:
    plan = opened(world)
    day = date(2017, 11, 30)
    extend(
        YEAR,
        "4.2.plan-due",
        last_day=day,
        reason="น้ำท่วม",
        by=world.administrator,
        at=moment(NEW_RULES),
        on=NEW_RULES,
        body=world.province,
    )

    assert due_day(plan, NEW_RULES) == day
    assert due_day(Plan(body=world.department, fiscal_year=YEAR), NEW_RULES) is None


def test_a_plan_is_reopened_until_it_is_due_and_its_version_stays(world: World) -> None:
    plan = sent_in(world)
    late = {"by": world.reporter, "at": moment(date(2017, 9, 16)), "on": date(2017, 9, 16)}
    with pytest.raises(Refused) as raised:
        PLAN_LIFE.move(plan, "reopen", reason="ยังไม่ครบ", **late)
    assert codes(raised.value) == ["plan.past_due"]
    in_time = {"at": moment(date(2017, 9, 15)), "on": date(2017, 9, 15)}
    PLAN_LIFE.move(plan, "reopen", reason="ยังไม่ครบ", by=world.reporter, **in_time)
    PLAN_LIFE.move(plan, "propose", by=world.reporter, **in_time)
    PLAN_LIFE.move(plan, "submit", by=world.approver, **in_time)

    assert [one.number for one in PlanVersion.objects.all()] == [2, 1]
    assert Plan.objects.get().received_on == OLD_RULES


@given(st.data())
def test_no_walk_leaves_the_table_of_moves(data: st.DataObject) -> None:
    state = PlanState.DRAFT
    for _ in range(6):
        able = [name for name, move in PLAN_MOVES.items() if state in move.sources]
        state = PlanState(PLAN_MOVES[data.draw(st.sampled_from(able))].target)

        assert any(state in move.sources for move in PLAN_MOVES.values())


@pytest.mark.parametrize("name", list(PLAN_MOVES))
@pytest.mark.parametrize("state", PlanState.values)
def test_a_move_from_a_state_or_by_a_role_that_the_table_does_not_name_is_refused(
    world: World, name: str, state: str
) -> None:
    plan = sent_in(world)
    Plan.objects.filter(pk=plan.pk).update(state=state)
    plan.refresh_from_db()
    before = Event.objects.count()
    for role, who in world.by_role.items():
        allowed = PLAN_LIFE.may(who, plan, name, OLD_RULES)
        if role not in PLAN_MOVES[name].roles or state not in PLAN_MOVES[name].sources:
            assert not allowed
            with pytest.raises(Refused):
                PLAN_LIFE.move(plan, name, by=who, at=moment(OLD_RULES), on=OLD_RULES, reason="ก")

    assert Event.objects.count() == before


def test_one_sent_again_after_the_due_day_is_late(world: World) -> None:
    plan = sent_in(world, with_topics(), on=date(2017, 11, 10))
    late = date(2017, 11, 20)
    PLAN_LIFE.move(
        plan,
        "reopen",
        by=world.reporter,
        at=moment(date(2017, 11, 14)),
        on=date(2017, 11, 14),
        reason="ปรับเดือน",
    )
    PLAN_LIFE.move(plan, "propose", by=world.reporter, at=moment(late), on=late)
    PLAN_LIFE.move(plan, "submit", by=world.approver, at=moment(late), on=late)

    plan.refresh_from_db()
    assert (plan.received_on, plan.days_late) == (late, 5)
