"""Pages of plans: the list, the grid to read and to write in, the printed page, the requests."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.kernel.problems import Refused
from esar.kernel.wording import thai_month
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.report.activity_plans import actions
from esar.report.activity_plans.content import clean
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.grid import grid, read, rearranged
from esar.report.activity_plans.law import Law, law_on
from esar.report.activity_plans.life import PLAN_CHANGE_LIFE
from esar.report.activity_plans.models import Plan, PlanChange
from tests.make import World, person, press
from tests.report.activity_plans.make import (
    NEW_RULES,
    YEAR,
    give_days,
    legal_execution,
    moment,
    opened,
    saved,
    sent_in,
    with_topics,
)
from tests.show.public.make import ministry, province

MARCH = date(2018, 3, 20)
APRIL = date(2018, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(NEW_RULES)


def law(day: date = NEW_RULES) -> Law:
    found = law_on(YEAR, "province", day)
    assert found is not None
    return found


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def posted(content: dict[str, Any], rows: int = 12, **more: str) -> dict[str, str]:
    """What a browser sends of the grid of a content."""
    form = {"rows": str(rows), "revision": "0"}
    for row in grid(PlanContent.from_json(clean(content)), law(), at_least=rows).rows:
        for name in ("name", "type", "topic", "office"):
            form[f"{name}-{row.number}"] = getattr(row.activity, name)
        for cell in row.cells:
            form[f"cell-{row.number}-{cell.key}"] = cell.mark
            form[f"what-{row.number}-{cell.key}"] = cell.what
    return form | more


# --- The grid -----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [legal_execution(), with_topics(), {"activities": []}])
def test_what_the_grid_shows_is_what_its_form_gives_back(content: dict[str, Any]) -> None:
    assert clean(read(posted(content), law())) == clean(content)


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ("up-2", ["ข", "ก", "ค"]),
        ("down-2", ["ก", "ค", "ข"]),
        ("remove-2", ["ก", "ค"]),
        ("up-1", ["ก", "ข", "ค"]),
        ("down-3", ["ก", "ข", "ค"]),
        ("remove-9", ["ก", "ข", "ค"]),
        ("add", ["ก", "ข", "ค"]),
        ("", ["ก", "ข", "ค"]),
    ],
)
def test_rows_move_and_go_by_their_number(wish: str, names: list[str]) -> None:
    raw = {"activities": [{"name": name} for name in ("ก", "ข", "ค")]}

    assert [one["name"] for one in rearranged(raw, wish)["activities"]] == names


# --- To write in --------------------------------------------------------------------------------


def test_a_reporter_begins_a_plan_from_the_list(world: World) -> None:
    give_days(world)
    client = signed_in(world.reporter)
    assert "เริ่มจัดทำแผนปี 2561" in client.get("/plans/").content.decode()
    answer = client.post("/plans/open/", {"body": world.province.pk, "year": YEAR})
    plan = Plan.objects.get()

    assert answer["Location"] == f"/plans/{plan.pk}/"
    assert "เริ่มจัดทำแผนปี 2561" not in client.get("/plans/").content.decode()
    page = client.get(f"/plans/{plan.pk}/").content.decode()
    assert page.count('<tr data-row="') == 12


def test_the_plain_form_saves_a_plan_without_any_script(world: World) -> None:
    plan = opened(world, on=NEW_RULES)
    client = signed_in(world.reporter)
    answer = client.post(f"/plans/{plan.pk}/", posted(legal_execution()), follow=True)
    page = answer.content.decode()

    assert Plan.objects.get().content == clean(legal_execution())
    assert "ถูกต้องตามหลักเกณฑ์" in page
    assert "ลดกระดาษ" in page


@pytest.mark.parametrize(
    ("wish", "names", "rows"), [("remove-1", 11, 12), ("add", 12, 13), ("up-2", 12, 12)]
)
def test_rows_are_rearranged_without_any_script(
    world: World, wish: str, names: int, rows: int
) -> None:
    plan = opened(world, on=NEW_RULES)
    client = signed_in(world.reporter)
    form = posted(legal_execution(), do=wish)
    page = client.post(f"/plans/{plan.pk}/", form, follow=True).content.decode()

    assert len(Plan.objects.get().content["activities"]) == names
    assert page.count('<tr data-row="') == rows


def test_a_page_that_saves_by_itself_gets_the_checks_anew(world: World) -> None:
    plan = opened(world, on=NEW_RULES)
    client = signed_in(world.reporter)
    short = legal_execution(a1={"name": ""})
    answer = client.post(f"/plans/{plan.pk}/", posted(short), headers={"X-Autosave": "1"})

    assert answer.json()["revision"] == 1
    assert "กิจกรรมที่ 1: ยังไม่มี เรื่องที่ดำเนินการ" in answer.json()["html"]


@pytest.mark.parametrize("alone", [True, False])
def test_the_slower_of_two_windows_keeps_what_was_typed_and_sees_the_other(
    world: World, alone: bool
) -> None:
    plan = saved(world, on=NEW_RULES)
    other = person("reporter-2", (Role.REPORTER, world.province))
    give_days(world)
    headers = {"X-Autosave": "1"} if alone else {}
    mine = posted(legal_execution(a1={"name": "ของคนที่สอง"}))
    answer = signed_in(other).post(f"/plans/{plan.pk}/", mine, headers=headers)

    assert answer.status_code == 409
    text = answer.json()["html"] if alone else answer.content.decode()
    assert "Application Debt Info" in text
    assert alone or "ของคนที่สอง" in text
    assert Plan.objects.get().content == clean(legal_execution())


@pytest.mark.parametrize(
    "form", [{}, {"rows": "x", "revision": "0"}, {"rows": "999", "revision": "0"}, {"rows": "3"}]
)
def test_a_form_that_is_not_whole_is_refused(world: World, form: dict[str, str]) -> None:
    plan = opened(world, on=NEW_RULES)

    assert signed_in(world.reporter).post(f"/plans/{plan.pk}/", form).status_code == 422
    assert Plan.objects.get().revision == 0


def test_only_the_bodys_reporter_writes(world: World) -> None:
    plan = saved(world, on=NEW_RULES)
    for who in (world.approver, world.analyst, world.auditor):
        client = signed_in(who)
        assert "data-plan" not in client.get(f"/plans/{plan.pk}/").content.decode()
        assert client.post(f"/plans/{plan.pk}/", posted(legal_execution())).status_code == 403


# --- To read ------------------------------------------------------------------------------------


def test_a_draft_is_the_bodys_and_opdcs_and_what_was_sent_in_is_the_ministrys_too(
    world: World,
) -> None:
    plan = saved(world, on=NEW_RULES)
    people = world.by_role | {
        "interior": person("interior", (Role.MINISTERS_OFFICE, ministry("MOI"))),
        "prime_minister": person("pm", (Role.MINISTERS_OFFICE, ministry("PMO"))),
    }
    found = {}
    for state in ("draft", "submitted"):
        sent = {"version": 1, "received_on": NEW_RULES} if state == "submitted" else {}
        Plan.objects.filter(pk=plan.pk).update(state=state, **sent)
        give_days(world)
        found[state] = {
            role
            for role, who in people.items()
            if signed_in(who).get(f"/plans/{plan.pk}/").status_code == 200
        }
    opdc = {"analyst", "administrator", "assessor", "auditor"}

    assert found["draft"] == {"reporter", "approver"} | opdc
    assert found["submitted"] == found["draft"] | {"interior", "prime_minister"}


def test_the_reading_page_says_each_cell_in_words_and_the_totals(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    page = signed_in(world.analyst).get(f"/plans/{plan.pk}/").content.decode()

    assert page.count('<span class="visually-hidden">เริ่ม</span>') == 11
    assert page.count('<span class="visually-hidden">เริ่มและผลผลิต</span>') == 1
    assert "รวม 13 ผลผลิต" in page


def test_the_reading_page_has_each_activity_in_words_for_a_narrow_screen(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    page = signed_in(world.analyst).get(f"/plans/{plan.pk}/").content.decode()
    narrow = page.partition('<div class="plan-narrow">')[2]
    shown = grid(plan.planned, law())

    for row in shown.rows:
        assert f"<strong>{row.number}. {row.activity.name}</strong>" in narrow
        assert row.start is not None
        for cell in row.outputs:
            assert f"<strong>{thai_month(cell.month)}</strong> {cell.what}" in narrow
    assert [(now, old) for _, now, old in shown.by_month] == [(n, None) for n in shown.totals]


def test_the_printed_page_has_the_templates_columns_and_thai_numerals(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    page = signed_in(world.analyst).get(f"/plans/{plan.pk}/print/").content.decode()

    for part in ("ระยะเวลาดำเนินการ", "รายงานความก้าวหน้า", "รวมผลผลิตในแต่ละเดือน", "๒๕๖๑", "๑๒. "):
        assert part in page


def test_the_amendment_page_cites_the_letter_and_is_not_there_before_it(world: World) -> None:
    plan = sent_in(world)
    client = signed_in(world.reporter)
    page = client.get(f"/plans/{plan.pk}/amendment/").content.decode()
    assert "ด่วนที่สุด ที่ สค 0017.2/ว 14080" in page
    assert "เป็นวันที่ 15 พฤศจิกายน 2560" in page
    clock.pretend(date(2017, 10, 8))

    assert client.get(f"/plans/{plan.pk}/amendment/").status_code == 404


def test_a_page_of_a_day_before_the_law_shows_the_plan_under_the_law_as_first_issued(
    world: World,
) -> None:
    plan = sent_in(world)
    clock.pretend(date(2017, 2, 1))
    page = signed_in(world.analyst).get(f"/plans/{plan.pk}/")

    assert page.status_code == 200
    assert "การตรวจตามหลักเกณฑ์ ณ วันที่ 28 สิงหาคม 2560" in page.content.decode()


def test_the_list_asks_as_much_of_the_database_for_three_plans_as_for_one(world: World) -> None:
    sent_in(world, on=NEW_RULES)
    client = signed_in(world.analyst)
    client.get("/plans/")

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    counts = [asked("/plans/"), asked("/plans/plans.csv")]
    for code in ("TH-50", "TH-51"):
        Plan.objects.create(
            body=province(code),
            fiscal_year=YEAR,
            since=moment(NEW_RULES),
            content={"activities": []},
        )

    assert [asked("/plans/"), asked("/plans/plans.csv")] == counts


def test_the_list_is_searched_filtered_and_answered_as_csv(world: World) -> None:
    sent_in(world, on=date(2017, 10, 1))
    client = signed_in(world.analyst)
    shown = {
        query: "จังหวัดทดสอบ TH-74" in client.get(f"/plans/?{query}").content.decode()
        for query in ("q=TH-74", "q=TH-99", "state=draft", "late=1", "year=2561", "year=2562")
    }
    assert shown == {
        "q=TH-74": True,
        "q=TH-99": False,
        "state=draft": False,
        "late=1": True,
        "year=2561": True,
        "year=2562": False,
    }
    rows = client.get("/plans/plans.csv").content.decode().splitlines()
    assert rows[1].split(",")[:3] == ["2561", "TH-74", "จังหวัดทดสอบ TH-74"]
    assert rows[1].endswith("12,13,2017-10-01,2017-09-15,16")


def test_the_list_offers_years_that_have_plans_and_begins_with_one(world: World) -> None:
    sent_in(world, on=date(2017, 10, 1))
    client = signed_in(world.analyst)
    client.cookies["year"] = "2567"  # chosen before, and without plans
    page = client.get("/plans/").content.decode()
    offered = page.partition('id="year"')[2].partition("</select>")[0]
    assert re.findall(r"<option[^>]*>([0-9]+)", offered) == ["2561"]
    assert "จังหวัดทดสอบ TH-74" in page


# --- Requests -----------------------------------------------------------------------------------


def test_a_request_goes_from_its_reporter_to_opdcs_decision_in_the_browser(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    clock.pretend(APRIL)
    reporter = signed_in(world.reporter)
    assert reporter.post(f"/plans/{plan.pk}/change/").status_code == 302
    change = PlanChange.objects.get()
    new = legal_execution(a9={"outputs": [{"month": "2018-07", "what": "ระบบ"}], "type": "3"})
    form = posted(new, reason="ผู้รับจ้างส่งงานเร็วขึ้น")
    page = reporter.post(f"/plan-changes/{change.pk}/edit/", form, follow=True).content.decode()
    page = re.sub(r"\s+>", ">", " ".join(page.split()))  # a tag may stand on several lines
    was = 'เดิม: <span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>'
    marked = '<td class="cell mark-o differs">'
    for part in ("กิจกรรมที่เปลี่ยน", marked, was.format("–", "ว่าง"), was.format("○", "ผลผลิต")):
        assert part in page
    for who, name in (
        (world.reporter, "propose"),
        (world.approver, "submit"),
        (world.analyst, "approve"),
    ):
        press(signed_in(who), f"/plan-changes/{change.pk}/", name)
    plan.refresh_from_db()

    assert (plan.version, plan.content) == (2, clean(new))
    page = signed_in(world.analyst).get(f"/plans/{plan.pk}/versions/2/").content.decode()
    assert "แสดงสิ่งที่ต่างจากฉบับที่ 1" in page


def test_a_request_that_waits_stands_on_opdcs_list_and_is_unseen_by_others(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    clock.pretend(MARCH)
    by = {"by": world.reporter, "at": moment(MARCH), "on": MARCH}
    change = actions.ask_change(plan, **by)
    change = actions.save_change(change, with_topics(), "ปรับ", revision=0, **by)
    path = f"/plan-changes/{change.pk}/"
    assert signed_in(world.secretaries["L2-P"]).get(path).status_code == 404
    PLAN_CHANGE_LIFE.move(change, "propose", **by)
    PLAN_CHANGE_LIFE.move(change, "submit", by=world.approver, at=moment(MARCH), on=MARCH)

    assert path in signed_in(world.analyst).get("/plans/").content.decode()
    assert signed_in(world.reporter_d).get(path).status_code == 404


def test_outputs_of_a_round_that_is_over_stay_where_they_are(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    by = {"by": world.reporter, "at": moment(APRIL), "on": APRIL}
    change = actions.save_change(
        actions.ask_change(plan, **by), with_topics(), "ปรับ", revision=0, **by
    )
    with pytest.raises(Refused) as refused:
        PLAN_CHANGE_LIFE.move(change, "propose", **by)
    assert {one.code for one in refused.value.problems} == {"plan_change.round_over"}


def test_a_page_of_a_request_that_saves_by_itself_keeps_its_reason(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    clock.pretend(APRIL)
    change = actions.ask_change(plan, by=world.reporter, at=moment(APRIL), on=APRIL)
    form = posted(with_topics(), reason="ปรับตามข้อสั่งการ")
    path = f"/plan-changes/{change.pk}/edit/"
    answer = signed_in(world.reporter).post(path, form, headers={"X-Autosave": "1"})
    change.refresh_from_db()

    assert (answer.json()["revision"], change.reason) == (1, "ปรับตามข้อสั่งการ")
    assert change.new == clean(with_topics())
