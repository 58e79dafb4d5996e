"""Early warnings: who is warned and of what, the plan that answers, and who may do what."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.early_warning import actions, looking, measuring, permissions, queries
from esar.judge.early_warning.life import WARNING_LIFE
from esar.judge.early_warning.models import EarlyWarning, Look, Measurement, Outlook
from esar.judge.early_warning.states import LOOK_MOVES, WARNING_MOVES, LookState, WarningState
from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.law.forecasting.invented import made_years
from esar.law.forecasting.skill import skill
from esar.platform.history.queries import timeline
from esar.platform.notices.models import Notice
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Jurisdiction, Role
from esar.platform.ui import clock
from esar.report.reports.models import Progress
from tests.make import AT, ON, World, in_force, kpi
from tests.show.public.make import province

JUNE = date(2024, 6, 3)
PLAN = {
    "cause": "ฝนทิ้งช่วง",
    "remedy": "เพิ่มแหล่งน้ำ",
    "remedy_owner": "เกษตรจังหวัด",
    "remedy_by": date(2024, 8, 31),
}


@pytest.fixture(autouse=True)
def _june(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(JUNE)


def months(card: Scorecard, number: str, *values: str, by: Any) -> None:
    """What October and the months after it gave."""
    for place, value in enumerate(values):
        month = date(2023 + (place > 2), (place + 9) % 12 + 1, 1)
        Progress.objects.create(
            scorecard=card, number=number, month=month, value=Decimal(value), by=by, at=AT
        )


def ahead() -> list[queries.Projected]:
    return queries.outlooks(list(queries.looked_at(2567)))


def asked(by: Any, at: Any = AT) -> Look:
    """A look that an analyst asked for and the worker made."""
    look = looking.ask(2567, on=JUNE, at=at, by=by)
    looking.look_ahead.func(look.pk)
    look.refresh_from_db()
    return look


@pytest.fixture
def card(world: World) -> Scorecard:
    """In force. Past years 70, 72, 75 and targets 80, 85, 90; 1.1 is on its way, the rest not."""
    made = in_force(world)
    months(made, "1.1", "82", "83", "84", "85", "86", "86", "87", "88", by=world.reporter)
    return made


@pytest.fixture
def warned(world: World, card: Scorecard) -> EarlyWarning:
    actions.warn(2567, on=JUNE, at=AT, by=world.analyst)
    return EarlyWarning.objects.select_related("scorecard__body").get(scorecard=card, number="1.2")


def move(one: EarlyWarning, name: str, by: Any, **more: Any) -> None:
    WARNING_LIFE.move(one, name, by=by, at=AT, on=JUNE, **more)
    one.refresh_from_db()


def refused(one: EarlyWarning, name: str, by: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        WARNING_LIFE.move(one, name, by=by, at=AT, on=JUNE, **more)
    return [problem.code for problem in found.value.problems]


def client(person: Any) -> Client:
    made = Client()
    made.force_login(person)
    return made


@pytest.mark.usefixtures("card")
def test_kpis_that_may_miss_are_warned_of_and_those_on_their_way_are_not(world: World) -> None:
    look = actions.warn(2567, on=JUNE, at=AT, by=world.analyst)

    numbers = EarlyWarning.objects.values_list("number", flat=True).order_by("number")
    assert list(numbers) == ["1.2", "1.3", "1.4", "1.5", "1.6"]
    assert (look.looked_at, look.warned, look.unknown) == (6, 5, 0)
    one = EarlyWarning.objects.get(number="1.2")
    assert one.low <= one.projected <= one.high < one.target + 10
    assert (one.target, one.state, one.miss >= Decimal("0.5")) == (80, "asked", True)
    assert one.plan_due == JUNE + timedelta(days=30)  # early-warning.rule
    assert timeline(one)[0].verb == "warning.asked"
    assert timeline(look)[0].after == {"looked_at": 6, "unknown": 0, "warned": 5}


def test_a_warning_keeps_what_it_was_based_on_when_later_months_come(
    world: World, card: Scorecard
) -> None:
    months(card, "1.2", "60", "61", by=world.reporter)
    actions.warn(2567, on=JUNE, at=AT, by=world.analyst)
    one = EarlyWarning.objects.get(number="1.2")
    before = one.based_on
    Progress.objects.create(
        scorecard=card,
        number="1.2",
        month=date(2024, 5, 1),
        value=Decimal(90),
        by=world.reporter,
        at=AT,
    )
    one.refresh_from_db()

    assert one.based_on == before
    assert before["path"] == [[1, "60"], [2, "61"]] or before["path"] == [
        [1, "60.0000"],
        [2, "61.0000"],
    ]
    assert [row["year"] for row in before["past"]] == [2564, 2565, 2566]
    assert before["rule"] == "early-warning.rule"


def test_looking_again_warns_of_nothing_twice(world: World, warned: EarlyWarning) -> None:
    again = actions.warn(2567, on=JUNE, at=AT, by=world.analyst)

    assert (again.warned, EarlyWarning.objects.count()) == (0, 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlyWarning.objects.create(
            scorecard=warned.scorecard,
            number=warned.number,
            name="x",
            direction="higher",
            projected=1,
            low=1,
            high=1,
            miss=1,
            level=1,
            targets=["2"],
            since=AT,
            asked_on=JUNE,
            plan_due=JUNE,
        )


def test_a_withdrawn_warning_may_be_followed_by_another(world: World, warned: EarlyWarning) -> None:
    move(warned, "withdraw_warning", world.analyst, reason="ข้อมูลผิด")

    assert actions.warn(2567, on=JUNE, at=AT, by=world.analyst).warned == 1
    assert EarlyWarning.objects.filter(number="1.2").count() == 2


def test_only_kpis_in_force_that_are_measured_and_not_cancelled_are_looked_at(
    card: Scorecard,
) -> None:
    Kpi.objects.filter(scorecard=card, number="1.2").update(cancelled="มติ")
    one = kpi(card, "1.3")
    type(one.template).objects.filter(pk=one.template_id).update(method="milestones")

    found = {outlook.kpi.number for outlook in ahead()}
    assert found == {"1.1", "1.4", "1.5", "1.6"}
    Scorecard.objects.filter(pk=card.pk).update(state="inform")
    assert ahead() == []


def test_a_kpi_of_which_nothing_is_known_is_counted_and_not_warned_of(
    world: World, card: Scorecard
) -> None:
    one = kpi(card, "1.2")
    type(one.template).objects.filter(pk=one.template_id).update(baseline=[])
    look = actions.warn(2567, on=JUNE, at=AT, by=world.analyst)

    assert (look.unknown, EarlyWarning.objects.filter(number="1.2").exists()) == (1, False)
    page = client(world.analyst).get("/warnings/outlook/2567/?show=unknown").content.decode()
    assert "ไม่มีผลปีก่อนและยังไม่มีผลรายเดือนของปีนี้" in page


def past_year(card: Scorecard, one: Kpi, year: int, actual: str, targets: list[str]) -> Scorecard:
    """A year before, in force, in which the indicator had another number, and its result."""
    old = Scorecard.objects.create(
        body=card.body,
        fiscal_year=year,
        state="in_force",
        since=AT,
        version=1,
        approved_sha256="x" * 64,
    )
    Kpi.objects.create(
        scorecard=old,
        number="1.9",
        component="performance",
        template=one.template,
        targets=targets,
    )
    Result.objects.create(
        body=card.body,
        fiscal_year=year,
        round_id="12m",
        state="released",
        released_at=AT,
        explanation={"kpis": [{"id": "1.9", "result": {"actual": actual}}]},
        total=80,
        rulebook_sha256="x",
        is_demo=True,
        computed_at=AT,
    )
    return old


def test_past_years_come_from_results_and_scorecards_by_the_indicators_identity(
    world: World, card: Scorecard
) -> None:
    one = kpi(card, "1.2")
    old = past_year(card, one, 2566, "68.5", ["60", "65", "70"])
    Progress.objects.create(
        scorecard=old, number="1.9", month=date(2023, 5, 1), value=66, by=world.reporter, at=AT
    )
    past = queries.past_values([(card, one)])[card.body_id, one.template.indicator_id]

    assert [(year.year, year.value) for year in past] == [
        (2564, 70),
        (2565, 72),
        (2566, Decimal("68.5")),  # the result, not the baseline's 75
    ]
    assert (past[-1].path, past[-1].targets) == ({8: 66}, (60, 65, 70))


@pytest.mark.usefixtures("card")
def test_the_days_chores_warn_once_in_the_calendars_window() -> None:
    def due(day: date) -> int:
        return actions.warn_if_due(on=day, at=AT)

    assert [due(date(2024, 5, 31)), due(date(2024, 6, 1)), due(date(2024, 6, 2))] == [0, 5, 0]
    assert Look.objects.get().by is None
    assert timeline(EarlyWarning.objects.all()[0])[0].actor == "ระบบ"


@pytest.mark.usefixtures("card")
def test_a_worker_that_stood_still_on_the_first_day_warns_on_the_next() -> None:
    assert actions.warn_if_due(on=date(2024, 6, 4), at=AT) == 5
    assert actions.warn_if_due(on=date(2024, 7, 1), at=AT) == 0


@pytest.mark.usefixtures("warned")
def test_a_body_is_told_once_however_many_of_its_kpis(world: World) -> None:
    told = Notice.objects.filter(code="notice.warned")

    assert {one.person for one in told} == {world.reporter, world.approver}
    assert {one.figures["many"] for one in told} == {5}


@pytest.mark.parametrize("year", [2560, 2568, 9999])
def test_nobody_is_warned_for_a_year_that_is_not_on(world: World, year: int) -> None:
    with pytest.raises(Refused):
        actions.warn(year, on=JUNE, at=AT, by=world.analyst)
    assert Look.objects.count() == 0


@pytest.mark.usefixtures("card")
def test_what_changed_between_looking_and_confirming_warns_nobody(world: World) -> None:
    with pytest.raises(Refused) as found:
        actions.warn(2567, on=JUNE, at=AT, by=world.analyst, expected=4)

    assert [one.code for one in found.value.problems] == ["warning.changed_since"]
    assert (EarlyWarning.objects.count(), Look.objects.count()) == (0, 0)


def test_the_whole_way_from_warning_to_its_end(world: World, warned: EarlyWarning) -> None:
    move(warned, "plan", world.reporter, plan=PLAN)
    move(warned, "send_back", world.approver, reason="ขาดงบประมาณ")
    move(warned, "plan", world.reporter, plan=PLAN | {"remedy": "เพิ่มแหล่งน้ำและงบ"})
    move(warned, "send_plan", world.approver)
    move(warned, "return_plan", world.analyst, reason="ขอรายละเอียด")
    move(warned, "plan", world.reporter, plan=PLAN)
    move(warned, "send_plan", world.approver)
    move(warned, "accept_plan", world.analyst)
    move(warned, "close_warning", world.analyst, reason="ถึงเป้าแล้ว")

    assert (warned.state, warned.note, warned.cause) == ("done", "ถึงเป้าแล้ว", "ฝนทิ้งช่วง")
    verbs = [event.verb.removeprefix("warning.") for event in timeline(warned)][::-1]
    assert verbs == [
        "asked",
        "plan",
        "send_back",
        "plan",
        "send_plan",
        "return_plan",
        "plan",
        "send_plan",
        "accept_plan",
        "close_warning",
    ]
    assert Notice.objects.filter(person=world.analyst, code="notice.warning_send_plan").exists()
    assert Notice.objects.filter(person=world.reporter, code="notice.warning_close_warning")


def test_every_role_state_and_action_is_as_the_table_says(
    world: World, warned: EarlyWarning
) -> None:
    whole = {**PLAN, "note": "x"}
    for state in WarningState.values:
        EarlyWarning.objects.filter(pk=warned.pk).update(state=state, **whole)
        now = EarlyWarning.objects.select_related("scorecard__body").get(pk=warned.pk)
        for role, person in world.by_role.items():
            for name, one in WARNING_MOVES.items():
                expected = state in one.sources and role in one.roles
                verdict = WARNING_LIFE.may(person, now, name, JUNE)
                assert bool(verdict) == expected, (state, role, name)
                if not expected:
                    assert refused(now, name, person, reason="x", plan=PLAN)
    for role, person in world.by_role.items():
        assert bool(permissions.may_warn(person, JUNE)) == (role == "analyst")


@pytest.mark.parametrize("who", ["reporter_d", "approver_d"])
def test_a_role_at_another_body_counts_for_nothing(
    world: World, warned: EarlyWarning, who: str
) -> None:
    assert refused(warned, "plan", getattr(world, who), plan=PLAN) == ["access.wrong_role"]
    assert client(getattr(world, who)).get(f"/warnings/{warned.pk}/").status_code == 404


def test_nobody_sends_or_accepts_the_plan_they_wrote(world: World, warned: EarlyWarning) -> None:
    body = world.province
    appoint(world.reporter, Role.APPROVER, by=None, at=AT, on=ON, body=body)
    appoint(world.approver, Role.ANALYST, by=None, at=AT, on=ON)
    for one in (world.reporter, world.approver):
        one.__dict__.pop("_held", None)
    move(warned, "plan", world.reporter, plan=PLAN)
    assert refused(warned, "send_plan", world.reporter) == ["access.own_work"]
    move(warned, "send_plan", world.approver)

    assert refused(warned, "accept_plan", world.approver) == ["access.own_work"]


@pytest.mark.parametrize("field", sorted(PLAN))
def test_a_plan_without_one_of_its_parts_is_refused(
    world: World, warned: EarlyWarning, field: str
) -> None:
    codes = refused(warned, "plan", world.reporter, plan=PLAN | {field: None})

    assert codes == ["warning.plan_incomplete"]


@pytest.mark.parametrize("day", [date(2024, 6, 2), date(2024, 10, 1)])
def test_a_plan_ends_neither_before_today_nor_after_the_year(
    world: World, warned: EarlyWarning, day: date
) -> None:
    codes = refused(warned, "plan", world.reporter, plan=PLAN | {"remedy_by": day})

    assert codes == ["warning.plan_day"]


@pytest.mark.parametrize("name", [name for name, one in WARNING_MOVES.items() if one.needs_reason])
def test_a_move_that_needs_words_is_refused_without_them(
    world: World, warned: EarlyWarning, name: str
) -> None:
    state = WARNING_MOVES[name].sources[-1]
    EarlyWarning.objects.filter(pk=warned.pk).update(state=state, **PLAN)
    warned.refresh_from_db()
    by = world.approver if name == "send_back" else world.analyst

    assert refused(warned, name, by, reason=" ") == ["form.no_reason"]


@pytest.mark.each_database
@pytest.mark.parametrize(
    "changed",
    [
        {"state": "lost"},
        {"miss": Decimal("1.1")},
        {"low": Decimal(99999)},
        {"state": "sent"},
        {"state": "withdrawn"},
        {"plan_due": date(2024, 1, 1)},
    ],
)
def test_the_database_refuses_impossible_warnings(
    warned: EarlyWarning, changed: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlyWarning.objects.filter(pk=warned.pk).update(**changed)


SEES = {
    "asked": {"reporter", "approver", "analyst", "administrator", "assessor", "auditor"},
    "sent": {
        "reporter",
        "approver",
        "analyst",
        "administrator",
        "assessor",
        "auditor",
        "secretary",
        "member",
    },
}


@pytest.mark.parametrize("state", sorted(SEES))
def test_a_warning_exists_for_its_body_and_opdc_and_once_sent_for_its_committee(
    world: World, warned: EarlyWarning, state: str
) -> None:
    EarlyWarning.objects.filter(pk=warned.pk).update(state=state, **PLAN)
    found = {
        role
        for role, person in world.by_role.items()
        if client(person).get(f"/warnings/{warned.pk}/").status_code == 200
    }

    assert found == SEES[state]


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("state", WarningState.values)
def test_every_page_opens_in_both_languages_in_every_state(
    world: World, warned: EarlyWarning, state: str
) -> None:
    """Readers have the languages by turns, another one in the next state; each page has both."""
    plan = PLAN | {"note": "x"} if state != "asked" else {}
    EarlyWarning.objects.filter(pk=warned.pk).update(state=state, **plan)
    people = (world.reporter, world.approver, world.analyst)
    languages = ("th", "en", "th", "en")[WarningState.values.index(state) % 2 :]
    for language, person in zip(languages, people, strict=False):
        browser = client(person)
        browser.cookies["language"] = language
        for path in ("/warnings/", f"/warnings/?state={state}", f"/warnings/{warned.pk}/"):
            assert browser.get(path).status_code == 200


@pytest.mark.usefixtures("strict_templates", "warned")
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_outlook_opens_in_both_languages(world: World, language: str) -> None:
    browser = client(world.analyst)
    browser.cookies["language"] = language
    for show in ("warns", "all", "unknown"):
        assert browser.get(f"/warnings/outlook/2567/?show={show}").status_code == 200
    assert browser.get("/warnings/outlook/9999/").status_code == 404


@pytest.mark.usefixtures("strict_templates")
def test_the_plans_form_saves_refuses_and_keeps_what_was_typed(
    world: World, warned: EarlyWarning
) -> None:
    browser, path = client(world.reporter), f"/warnings/{warned.pk}/plan/"
    mark = {"seen": browser.get(path).context["form"]["seen"].value()}
    late = browser.post(path, PLAN | mark | {"remedy_by": "2024-12-31"})
    empty = browser.post(path, {"cause": "ฝน"} | mark)
    saved = browser.post(path, PLAN | mark | {"remedy_by": "2024-08-31"})
    warned.refresh_from_db()

    assert (late.status_code, empty.status_code, saved.status_code) == (422, 422, 302)
    assert "วันแล้วเสร็จต้องอยู่ระหว่าง" in late.content.decode()
    assert "เพิ่มแหล่งน้ำ" in late.content.decode()
    assert (warned.state, warned.remedy_by) == ("planned", PLAN["remedy_by"])
    assert client(world.approver).get(path).status_code == 404  # the door is the reporter's


def test_buttons_move_and_nothing_else_does(world: World, warned: EarlyWarning) -> None:
    EarlyWarning.objects.filter(pk=warned.pk).update(state="sent", **PLAN)
    base = f"/warnings/{warned.pk}/move"
    warned.refresh_from_db()
    seen = {"seen": WARNING_LIFE.seen(warned)}
    answers = [
        client(world.approver).post(f"{base}/accept_plan/").status_code,
        client(world.analyst).post(f"{base}/nonsense/").status_code,
        client(world.analyst).post(f"{base}/plan/").status_code,
        client(world.analyst).get(f"{base}/accept_plan/").status_code,
        client(world.analyst).post(f"{base}/accept_plan/", seen).status_code,
        client(world.analyst).post(f"{base}/accept_plan/", seen).status_code,
    ]
    warned.refresh_from_db()

    assert answers == [403, 404, 404, 405, 302, 422]
    assert warned.state == "accepted"


@pytest.mark.usefixtures("card")
def test_an_analyst_sees_the_count_and_confirms_it(world: World) -> None:
    look = asked(world.analyst)
    browser, path = client(world.analyst), "/warnings/outlook/2567/warn/"
    page = browser.get("/warnings/outlook/2567/")
    assert (page.context["new"], EarlyWarning.objects.count()) == (5, 0)
    wrong = browser.post(path, {"expected": "4", "look": look.pk})
    nothing = browser.post(path)
    blind = browser.post(path, {"expected": "5"})
    right = browser.post(path, {"expected": "5", "look": look.pk})
    look.refresh_from_db()

    assert [one.status_code for one in (wrong, nothing, blind, right)] == [422, 422, 422, 302]
    assert (EarlyWarning.objects.count(), look.warned) == (5, 5)
    verbs = [(event.verb, event.actor) for event in timeline(look)]
    assert verbs == [
        ("warning.warned", str(world.analyst)),
        ("warning.looked", "ระบบ"),
        ("warning.look_asked", str(world.analyst)),
    ]


@pytest.mark.usefixtures("card")
def test_warning_from_a_kept_look_is_the_same_as_looking_then_and_there(world: World) -> None:
    fields = (
        "number",
        "name",
        "unit",
        "direction",
        "projected",
        "low",
        "high",
        "miss",
        "level",
        "targets",
        "based_on",
        "asked_on",
        "plan_due",
    )
    actions.warn(2567, on=JUNE, at=AT, by=world.analyst)
    at_once = list(EarlyWarning.objects.order_by("number").values(*fields))
    EarlyWarning.objects.all().delete()
    actions.warn(2567, on=JUNE, at=AT, by=world.analyst, look=asked(world.analyst).pk)

    assert list(EarlyWarning.objects.order_by("number").values(*fields)) == at_once
    assert len(at_once) == 5


@pytest.mark.usefixtures("card")
def test_a_look_keeps_exactly_what_is_projected(world: World) -> None:
    look = asked(world.analyst)
    kept = [
        (row.scorecard_id, row.number, row.projected, row.low, row.high, row.miss, row.warns)
        for row in Outlook.objects.filter(look=look)
    ]
    found = [
        (
            one.card.pk,
            one.kpi.number,
            one.known.middle,
            one.known.low,
            one.known.high,
            one.known.miss,
            one.warns,
        )
        for one in ahead()
        if one.known
    ]

    assert kept == found
    counts = (look.state, look.cards, look.cards_done, look.looked_at, look.unknown, look.warned)
    assert counts == ("done", 1, 1, 6, 0, 0)
    assert Notice.objects.filter(code="notice.looked").get().person == world.analyst


def test_only_the_newest_look_is_warned_from_and_keeps_its_rows(
    world: World, card: Scorecard
) -> None:
    old = asked(world.analyst)
    new = asked(world.analyst)
    with pytest.raises(Refused) as found:
        actions.warn(2567, on=JUNE, at=AT, by=world.analyst, expected=5, look=old.pk)
    old.refresh_from_db()

    assert [one.code for one in found.value.problems] == ["warning.another_look"]
    assert (old.state, new.state) == ("forgotten", "done")
    assert set(Outlook.objects.values_list("look", flat=True)) == {new.pk}
    assert Outlook.objects.filter(scorecard=card).count() == 6


@pytest.mark.parametrize("change", ["cancelled", "targets", "state"])
def test_what_is_not_in_force_as_it_was_looked_at_is_not_warned_of(
    world: World, card: Scorecard, change: str
) -> None:
    look = asked(world.analyst)
    one = Kpi.objects.filter(scorecard=card, number="1.2")
    if change == "cancelled":
        one.update(cancelled="มติ")
    elif change == "targets":
        one.update(targets=["1", "2", "3"])
    else:
        Scorecard.objects.filter(pk=card.pk).update(state="inform")
    page = client(world.analyst).get("/warnings/outlook/2567/")

    left = 0 if change == "state" else 4
    assert (page.context["new"], len(queries.standing(look).new)) == (left, left)
    assert "เปลี่ยนหลังจากดู" in page.content.decode()
    with pytest.raises(Refused):
        actions.warn(2567, on=JUNE, at=AT, by=world.analyst, expected=5, look=look.pk)


@pytest.mark.usefixtures("card", "strict_templates")
def test_the_page_says_how_far_a_look_is(world: World) -> None:
    browser, path = client(world.analyst), "/warnings/outlook/2567/"
    assert "ยังไม่เคยดูแนวโน้มของปีนี้" in browser.get(path).content.decode()
    assert browser.post(path).status_code == 302
    assert browser.post(path).status_code == 302  # one under way is not asked for twice
    look = Look.objects.get()
    assert (look.state, look.by) == ("asked", world.analyst)
    assert "รอคิว: 0 จาก 0" in browser.get(path).content.decode()
    Look.objects.update(state="running", since=clock.now(), cards=230, cards_done=20)
    page = browser.get(path).content.decode()
    assert "กำลังคาดการณ์: 20 จาก 230" in page
    assert '<button class="button button-main">ดูแนวโน้ม</button>' not in page
    Look.objects.update(since=clock.now() - queries.STUCK)
    assert "ไม่สำเร็จ โปรดสั่งอีกครั้ง" in browser.get(path).content.decode()
    Look.objects.update(state="failed")
    assert "ไม่สำเร็จ โปรดสั่งอีกครั้ง" in browser.get(path).content.decode()
    assert client(world.reporter).post(path).status_code == 404


@pytest.mark.usefixtures("card")
def test_a_look_that_lost_its_worker_gives_way_to_another(world: World) -> None:
    lost = looking.ask(2567, on=JUNE, at=AT, by=world.analyst)
    assert looking.ask(2567, on=JUNE, at=AT + timedelta(minutes=59), by=world.analyst) == lost
    fresh = looking.ask(2567, on=JUNE, at=AT + timedelta(hours=1), by=world.analyst)
    lost.refresh_from_db()

    assert (lost.state, fresh.state) == ("failed", "asked")
    assert looking.look_ahead.func(lost.pk) == "failed"  # a worker that wakes does nothing
    assert not Outlook.objects.exists()


def test_a_look_that_breaks_says_that_it_failed(
    world: World, card: Scorecard, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = looking.ask(2567, on=JUNE, at=AT, by=world.analyst)
    monkeypatch.setattr(looking, "outlooks", lambda _cards: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        looking.look_ahead.func(look.pk)
    look.refresh_from_db()

    assert (look.state, Outlook.objects.filter(scorecard=card).exists()) == ("failed", False)


def test_only_an_analyst_asks_for_a_look(world: World) -> None:
    for role, person in world.by_role.items():
        if role != "analyst":
            with pytest.raises(Refused):
                looking.ask(2567, on=JUNE, at=AT, by=person)
    with pytest.raises(Refused):
        looking.ask(9999, on=JUNE, at=AT, by=world.analyst)
    assert Look.objects.count() == 0


@pytest.mark.parametrize("state", LookState.values)
def test_a_look_moves_as_its_table_says(world: World, state: str) -> None:
    for name, table in LOOK_MOVES.items():
        Look.objects.all().delete()
        look = Look.objects.create(
            fiscal_year=2567, on=JUNE, at=AT, since=AT, by=world.analyst, state=state
        )
        assert looking.move_look(look, name, at=AT) == (state in table.sources)
        look.refresh_from_db()
        assert look.state == (table.target if state in table.sources else state)


def test_months_reported_since_a_look_are_told(world: World, card: Scorecard) -> None:
    asked(world.analyst)
    browser, path = client(world.analyst), "/warnings/outlook/2567/"
    assert browser.get(path).context["outdated"] is False
    Progress.objects.filter(scorecard=card, month=date(2024, 5, 1)).update(
        at=AT + timedelta(seconds=1)
    )
    assert browser.get(path).context["outdated"] is True


def test_no_page_projects_or_measures_anything(
    world: World, warned: EarlyWarning, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = asked(world.analyst)
    withdrawn = EarlyWarning.objects.get(number="1.3")
    move(withdrawn, "withdraw_warning", world.analyst, reason="ข้อมูลผิด")

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("a page does long work")

    for module, name in (
        (queries, "project"),
        (queries, "past_values"),
        (looking, "outlooks"),
        (measuring, "skill"),
        (measuring, "made_years"),
    ):
        monkeypatch.setattr(module, name, never)
    browser, path = client(world.analyst), "/warnings/outlook/2567/"
    pages = ["/warnings/", path, f"{path}?show=all", f"{path}?show=unknown"]
    pages += [f"/warnings/{warned.pk}/", "/warnings/warnings.csv"]
    assert [browser.get(page).status_code for page in pages] == [200] * 6
    sent = browser.post(f"{path}warn/", {"expected": "1", "look": look.pk})
    assert (sent.status_code, browser.post(path).status_code) == (302, 302)
    assert EarlyWarning.objects.filter(number="1.3").count() == 2


def test_the_csv_holds_what_the_list_shows_and_no_formula(
    world: World, warned: EarlyWarning
) -> None:
    EarlyWarning.objects.filter(pk=warned.pk).update(name="=1+1")
    text = client(world.analyst).get("/warnings/warnings.csv?state=asked").content.decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    assert len(rows) == 5
    assert next(row for row in rows if row["kpi"] == "1.2")["name"] == "'=1+1"
    empty = client(world.analyst).get("/warnings/warnings.csv?state=done").content.decode()
    assert len(empty.splitlines()) == 1


@pytest.mark.usefixtures("warned")
def test_the_list_filters_and_sorts(world: World) -> None:
    browser = client(world.analyst)

    def numbers(query: str) -> list[str]:
        page = browser.get(f"/warnings/{query}").context["list"].page
        return [one.number for one in page.object_list]

    assert len(numbers("")) == 5
    assert numbers("?kind=department") == []
    assert numbers("?q=ตัวชี้วัดที่ 1.4") == ["1.4"]
    assert numbers("?group=เหนือ&state=asked&year=2567&sort=-miss") == numbers("")
    assert numbers("?group=ใต้") == []


def more_in_force(world: World, *codes: str) -> None:
    """Scorecards in force of further provinces, by the same people."""
    for code in codes:
        body = province(code)
        for committee in (world.level1, world.level2):
            Jurisdiction.objects.create(committee=committee, body=body)
        appoint(world.reporter, Role.REPORTER, by=None, at=AT, on=ON, body=body)
        appoint(world.approver, Role.APPROVER, by=None, at=AT, on=ON, body=body)
        for one in (world.reporter, world.approver):
            one.__dict__.pop("_held", None)
        world.province = body
        months(in_force(world), "1.1", "60", by=world.reporter)


def cost(person: Any, path: str) -> int:
    browser = client(person)
    assert browser.get(path).status_code == 200  # what is kept in memory is read
    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
    return len(asked)


def test_lists_cost_the_same_with_one_body_and_with_three(world: World) -> None:
    outlook = "/warnings/outlook/2567/"
    paths = ["/warnings/", "/warnings/warnings.csv", outlook, f"{outlook}?show=all"]
    more_in_force(world, "TH-90")
    actions.warn(2567, on=JUNE, at=AT, by=world.analyst)
    measured()
    paths.append(f"/warnings/{EarlyWarning.objects.all()[0].pk}/")
    before = [cost(world.analyst, path) for path in paths]
    more_in_force(world, "TH-81", "TH-82")
    actions.warn(2567, on=JUNE, at=AT, by=world.analyst)

    assert [cost(world.analyst, path) for path in paths] == before


def measured() -> Measurement:
    """What is kept after the worker measured for the year's rule."""
    rule = queries.rule_of(2567, "province")
    assert rule is not None
    assert measuring.rules_of(2567) == {(rule.value.level, rule.value.miss_at_least)}
    measuring.measure.func(rule.value.level, f"{rule.value.miss_at_least:f}")
    kept = queries.kept_measurement(rule.value.level, rule.value.miss_at_least)
    assert kept is not None
    return kept


@pytest.mark.usefixtures("card")
def test_skill_is_measured_on_ones_own_years_once_there_are_enough() -> None:
    kept = measured()

    assert (kept.is_invented, kept.results, kept.newest) == (True, 0, None)
    assert kept.skill == skill(made_years(), level=kept.level, warn_at=kept.warn_at)


def test_skill_on_own_years_counts_each_that_has_three_before_it(
    card: Scorecard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "ENOUGH", 3)
    one = kpi(card, "1.2")
    for year, actual in zip(range(2561, 2567), (60, 62, 61, 50, 63, 64), strict=True):
        past_year(card, one, year, str(actual), ["58", "62", "66"])
    kept = measured()

    assert (kept.is_invented, kept.skill.years) == (False, (2564, 2565, 2566))
    assert (kept.skill.cases, kept.skill.missed) == (3, 1)
    assert kept.skill == skill(queries.own_years(), level=kept.level, warn_at=kept.warn_at)
    assert (kept.results, kept.newest) == (6, Result.objects.latest("pk").pk)


def queued(name: str) -> int:
    return DBTaskResult.objects.filter(task_path__endswith=f".{name}").count()


def test_skill_is_measured_again_for_new_results_and_at_most_once_a_day(
    card: Scorecard,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(measuring, "made_years", lambda: made_years(bodies=1))

    def chores(day: date) -> int:
        """How many measurements the day's chores ask for."""
        before = queued("measure")
        with django_capture_on_commit_callbacks(execute=True):
            actions.warn_if_due(on=day, at=AT + (day - JUNE))
        return queued("measure") - before

    assert chores(date(2024, 4, 1)) == 1  # none is kept
    measured()
    Measurement.objects.update(at=AT)
    past_year(card, kpi(card, "1.2"), 2566, "68.5", ["60", "65", "70"])
    assert chores(JUNE) == 0  # measured today
    assert chores(JUNE + timedelta(days=1)) == 1  # there is a new result
    Measurement.objects.update(at=AT, results=1, newest=Result.objects.get().pk)
    days = (1, 29, 30)
    assert [chores(JUNE + timedelta(days=day)) for day in days] == [0, 0, 1]


@pytest.mark.usefixtures("strict_templates")
def test_a_warning_says_how_good_projections_are_or_that_it_was_not_measured(
    world: World, warned: EarlyWarning
) -> None:
    browser, path = client(world.reporter), f"/warnings/{warned.pk}/"
    before = browser.get(path).content.decode()
    measured()
    after = browser.get(path).content.decode()

    assert ("esar forecast skill" in before, "ยังไม่ได้วัด" in before) == (True, True)
    assert ("วัดเมื่อ 3 มิถุนายน 2567" in after, "ข้อมูลสมมติ" in after) == (True, True)
    assert "ยังไม่ได้วัด" not in after


def test_a_result_that_is_not_released_is_not_looked_at(card: Scorecard) -> None:
    one = kpi(card, "1.2")
    past_year(card, one, 2566, "68.5", ["60", "65", "70"])
    Result.objects.update(state="computed", released_at=None)
    past = queries.past_values([(card, one)])[card.body_id, one.template.indicator_id]

    assert past[-1].value == 75  # the baseline's


def test_a_kpi_without_targets_or_with_equal_values_stands_in_a_picture() -> None:
    from esar.judge.early_warning.chart import chart_of

    same = Decimal(0)
    one = EarlyWarning(
        projected=same,
        low=same,
        high=same,
        targets=["0", "0", "0"],
        level=1,
        based_on={},
        direction="lower",
    )
    chart = chart_of(one)

    assert (chart.line, chart.dots) == ("", ())
    assert len({target.text_y for target in chart.targets}) == 3  # the texts lie apart


def test_a_library_kpi_uses_its_own_rule_of_accumulation(world: World, card: Scorecard) -> None:
    one = kpi(card, "1.2")
    type(one.template).objects.filter(pk=one.template_id).update(accumulation="sum")
    months(card, "1.2", *(["9"] * 8), by=world.reporter)
    found = next(o for o in ahead() if o.kpi.number == "1.2")

    assert found.path[8] == 72
    assert found.warns is False  # 72 after eight months is on its way to more than 80


@pytest.mark.usefixtures("card")
def test_the_outlook_is_sorted_by_what_the_reader_asks_for(world: World) -> None:
    asked(world.analyst)
    browser, path = client(world.analyst), "/warnings/outlook/2567/?show=all"

    def chances(sort: str) -> list[Decimal | None]:
        lines = browser.get(f"{path}&sort={sort}").context["list"].lines
        return [line.row.kpi.miss for line in lines]

    rising = [share for share in chances("miss") if share is not None]
    assert rising == sorted(rising)
    assert chances("-miss")[: len(rising)] == rising[::-1]
