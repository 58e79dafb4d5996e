"""Plans after an amendment, and plans that are changed by request."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from esar.kernel.problems import Refused
from esar.kernel.wording import say
from esar.operations.jobs import by_the_day
from esar.platform.calendars.actions import extend
from esar.platform.history.queries import timeline
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Role
from esar.report.activity_plans import actions, permissions
from esar.report.activity_plans.amendments.actions import recheck
from esar.report.activity_plans.amendments.queries import amendment
from esar.report.activity_plans.content import clean
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.life import PLAN_CHANGE_LIFE, touched
from esar.report.activity_plans.models import Plan, PlanChange, PlanVersion
from esar.report.activity_plans.signals import reported
from esar.report.activity_plans.states import PLAN_CHANGE_MOVES, PlanChangeState
from tests.make import World, person
from tests.report.activity_plans.make import (
    NEW_RULES,
    YEAR,
    give_days,
    legal_execution,
    moment,
    saved,
    sent_in,
    with_topics,
)

FIRST_OF_OCTOBER = date(2017, 10, 1)
DAY = date(2017, 10, 9)
MARCH, APRIL = date(2018, 3, 20), date(2018, 4, 10)
LAST_DAY = date(2018, 5, 31)


def told(world: World) -> list[Notice]:
    found = Notice.objects.filter(code="notice.plan_amended", person=world.reporter)
    return list(found)


# --- The amendment of 9 October 2017 ------------------------------------------------------------


def test_a_plan_of_1_october_2560_open_on_10_october_gets_the_notice(world: World) -> None:
    plan = saved(world, on=FIRST_OF_OCTOBER)
    by_the_day(on=NEW_RULES, at=moment(NEW_RULES))
    (notice,) = told(world)
    words = say(notice.code, notice.told, "th")

    assert notice.path == f"/plans/{plan.pk}/amendment/"
    assert "เปลี่ยนตั้งแต่วันที่ 9 ตุลาคม 2560" in words
    assert "จังหวัดสมุทรสาคร ด่วนที่สุด ที่ สค 0017.2/ว 14080 ลงวันที่ 11 ตุลาคม 2560" in words


def test_a_plan_sent_in_on_1_october_2560_is_told_exactly_what_changed(world: World) -> None:
    plan = sent_in(world, on=FIRST_OF_OCTOBER)
    assert (plan.due_on, plan.days_late) == (date(2017, 9, 15), 16)
    assert recheck(on=NEW_RULES, at=moment(NEW_RULES)) == 1
    (notice,) = told(world)
    thai, english = (say(notice.code, notice.told, one) for one in ("th", "en"))

    for part in (
        "ยกเลิกการจัดกลุ่ม A และ B",
        "ข้อ 2.1",
        "กิจกรรมที่ 1, 2, 3, 5, 10, 11 ของแผนนี้",
        "6 เรื่องตามข้อสั่งการ",
        "การลดกระดาษ, การลดพลังงาน, การประหยัดงบประมาณ: เริ่ม ตุลาคม 2560 (",
        "ที่ 4, 5, 6)",
        "จากวันที่ 15 กันยายน 2560 เป็นวันที่ 15 พฤศจิกายน 2560",
        "ข้อ 3.1",
        "แผนนี้ถูกต้องตามหลักเกณฑ์ใหม่",
    ):
        assert part in thai
    assert "The plan is due on 15 November 2017, no longer on 15 September 2017" in english
    plan.refresh_from_db()
    assert (plan.due_on, plan.days_late, plan.rules_of) == (date(2017, 11, 15), 0, NEW_RULES)
    assert timeline(plan)[0].verb == "plan.rechecked"


def test_everyone_is_told_once_and_only_of_what_came_after_they_knew_the_rules(
    world: World,
) -> None:
    sent_in(world, on=FIRST_OF_OCTOBER)
    assert [recheck(on=day, at=moment(day)) for day in (date(2017, 10, 8), DAY, NEW_RULES)] == [
        0,
        1,
        0,
    ]
    assert len(told(world)) == 1
    codes = [one.code for one in Notice.objects.filter(person=world.approver)]
    assert codes.count("notice.plan_amended") == 1


def test_a_plan_begun_under_the_new_rules_is_not_told(world: World) -> None:
    saved(world, on=NEW_RULES)
    assert recheck(on=APRIL, at=moment(APRIL)) == 0


def test_a_plan_short_of_group_a_is_told_that_this_is_no_fault_any_more() -> None:
    kept = clean(legal_execution(**{f"a{n}": {"type": "4"} for n in (1, 2, 3, 5)}))
    content = PlanContent.from_json(kept)
    found = amendment(content, YEAR, "province", DAY)
    assert found is not None

    assert [one.code for one in found.lines][-2:] == [
        "plan-amended.now_well",
        "plan-amended.may_stay",
    ]
    assert "ไม่เป็นข้อขัดข้องแล้ว: มี 2 กิจกรรมจากกลุ่ม A" in found.words("th")
    assert amendment(content, YEAR, "province", date(2017, 8, 28)) is None


def test_checking_again_asks_no_more_of_the_database_for_plans_that_know_the_rules(
    world: World,
) -> None:
    saved(world, on=NEW_RULES)
    with CaptureQueriesContext(connection) as queries:
        recheck(on=APRIL, at=moment(APRIL))
    assert len(queries) <= 2


def test_the_command_checks_again_at_once(world: World, settings: Any, tmp_path: Any) -> None:
    from esar.platform.ui import clock

    settings.VAR = tmp_path
    clock.pretend(NEW_RULES)
    sent_in(world, on=FIRST_OF_OCTOBER)
    call_command("recheck_plans")

    assert len(told(world)) == 1


# --- Requests to change a plan ------------------------------------------------------------------


def asked(world: World, new: dict[str, Any] | None = None, on: date = APRIL) -> PlanChange:
    """A request of the reporter, with its reason, still a draft."""
    plan = sent_in(world, on=NEW_RULES)
    change = actions.ask_change(plan, by=world.reporter, at=moment(on), on=on)
    new = new or legal_execution(a9={"outputs": [{"month": "2018-07", "what": "ระบบ"}]})
    return actions.save_change(
        change, new, "ผู้รับจ้างส่งงานเร็วขึ้น", revision=0, by=world.reporter, at=moment(on), on=on
    )


def moved(world: World, change: PlanChange, *names: str, on: date = APRIL) -> None:
    who = {
        "propose": world.reporter,
        "withdraw": world.reporter,
        "send_back": world.approver,
        "submit": world.approver,
        "approve": world.analyst,
        "reject": world.analyst,
    }
    for name in names:
        PLAN_CHANGE_LIFE.move(change, name, by=who[name], at=moment(on), on=on, reason="ก")


def refused(call: Any, *args: Any, **named: Any) -> list[str]:
    with pytest.raises(Refused) as raised:
        call(*args, **named)
    return [one.code for one in raised.value.problems]


def test_an_approved_request_is_the_plans_next_version_and_the_old_one_stays(
    world: World,
) -> None:
    change = asked(world)
    moved(world, change, "propose", "submit", "approve")
    plan = Plan.objects.get()
    versions = {one.number: one.planned for one in PlanVersion.objects.all()}

    assert (change.state, plan.version, plan.state) == ("done", 2, "submitted")
    assert touched(versions[1], versions[2]) == [9]
    assert plan.planned == versions[2]
    assert timeline(plan)[0].verb == "plan.changed"
    assert Notice.objects.filter(code="notice.plan_change_approve").count() == 2


def test_a_change_is_asked_for_from_the_day_the_plan_is_due_until_31_may(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    days = [date(2017, 11, 14), date(2017, 11, 15), LAST_DAY, date(2018, 6, 1)]

    assert [bool(permissions.may_ask_change(world.reporter, plan, day)) for day in days] == [
        False,
        True,
        True,
        False,
    ]
    extend(
        YEAR,
        "4.2.plan-changes",
        last_day=date(2018, 6, 15),
        reason="น้ำท่วม",
        by=world.administrator,
        at=moment(APRIL),
        on=APRIL,
    )
    assert permissions.may_ask_change(world.reporter, plan, date(2018, 6, 15))
    assert not permissions.may_ask_change(world.approver, plan, APRIL)


def test_a_request_asked_in_time_is_decided_after_the_window(world: World) -> None:
    change = asked(world, on=LAST_DAY)
    moved(world, change, "propose", "submit", on=LAST_DAY)
    moved(world, change, "approve", on=date(2018, 6, 20))

    assert Plan.objects.get().version == 2


def test_a_request_without_reason_or_news_or_against_the_rules_is_refused(world: World) -> None:
    change = asked(world)
    with_less = {"activities": legal_execution()["activities"][:11]}
    by = {"by": world.reporter, "at": moment(APRIL), "on": APRIL}
    actions.save_change(change, legal_execution(), " ", revision=1, **by)
    assert refused(PLAN_CHANGE_LIFE.move, change, "propose", **by) == [
        "plan_change.no_reason",
        "plan_change.nothing_new",
    ]
    actions.save_change(change, with_less, "ตัดออก", revision=2, **by)
    assert refused(PLAN_CHANGE_LIFE.move, change, "propose", **by) == [
        "plan.count",
        "plan.months_without_start",
    ]


def test_one_request_at_a_time_and_none_beside_a_reopened_plan(world: World) -> None:
    change = asked(world)
    assert refused(
        actions.ask_change, change.plan, by=world.reporter, at=moment(APRIL), on=APRIL
    ) == ["plan_change.one_is_open"]
    moved(world, change, "withdraw")
    assert (
        actions.ask_change(change.plan, by=world.reporter, at=moment(APRIL), on=APRIL).pk
        != change.pk
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"a1": {"outputs": [{"month": "2018-02", "what": "ก"}]}}, ["plan_change.reported"]),
        ({"a1": {"name": "ชื่ออื่น"}}, ["plan_change.reported"]),
        ({"a2": {"name": "ชื่ออื่น"}}, None),
    ],
)
def test_what_was_reported_as_done_stays_in_the_plan(
    world: World, changed: dict[str, Any], expected: list[str] | None
) -> None:
    def answer(sender: Any, *, plan: Plan, **_: Any) -> list[tuple[int, date]]:  # noqa: ARG001
        return [(1, date(2018, 1, 1))]

    change = asked(world, legal_execution(**changed), MARCH)
    reported.connect(answer)
    try:
        if expected:
            by = {"by": world.reporter, "at": moment(MARCH), "on": MARCH}
            assert refused(PLAN_CHANGE_LIFE.move, change, "propose", **by) == expected
        else:
            moved(world, change, "propose", "submit", "approve", on=MARCH)
    finally:
        reported.disconnect(answer)


def test_nobody_decides_what_they_asked_for_or_sent_in(world: World) -> None:
    both = person("both", (Role.APPROVER, world.province), (Role.ANALYST, None))
    change = asked(world)
    give_days(world)
    moved(world, change, "propose")
    PLAN_CHANGE_LIFE.move(change, "submit", by=both, at=moment(APRIL), on=APRIL)

    assert PLAN_CHANGE_LIFE.may(world.analyst, change, "approve", APRIL)
    verdict = PLAN_CHANGE_LIFE.may(both, change, "approve", APRIL)
    assert verdict.problem is not None
    assert verdict.problem.code == "access.own_work"


@pytest.mark.parametrize("name", list(PLAN_CHANGE_MOVES))
@pytest.mark.parametrize("state", PlanChangeState.values)
def test_a_move_of_a_request_that_the_table_does_not_name_is_refused(
    world: World, name: str, state: str
) -> None:
    change = asked(world)
    PlanChange.objects.filter(pk=change.pk).update(state=state)
    change.refresh_from_db()
    table = PLAN_CHANGE_MOVES[name]
    allowed = {
        role
        for role, who in world.by_role.items()
        if PLAN_CHANGE_LIFE.may(who, change, name, APRIL)
    }

    assert allowed == (set(table.roles) if state in table.sources else set())


def test_a_plan_with_topics_may_take_the_place_of_one_without(world: World) -> None:
    change = asked(world, with_topics(), MARCH)
    moved(world, change, "propose", "submit", "approve", on=MARCH)

    assert Plan.objects.get().content == clean(with_topics())
