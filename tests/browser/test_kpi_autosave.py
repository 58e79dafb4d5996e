"""A KPI in a real browser: it saves itself, a new one stays on the device until it is saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, expect

from esar.agree.scorecards.models import Kpi
from esar.platform.ui import clock
from tests.browser.stage import Stage
from tests.browser.windows import go_on
from tests.make import ON, World, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_kpi_saves_itself_and_a_new_one_is_not_lost(stage: Stage, world: World) -> None:
    clock.pretend(ON)
    card = draft(world)
    path = f"/scorecards/{card.pk}/kpis/"
    page = stage.goto(world.reporter, f"{path}1.1/measure/")
    page.get_by_label("สูตรการคำนวณ").fill("สูตรใหม่")
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    page = stage.goto(world.reporter, f"{path}1.1/targets/")
    page.get_by_label("(50)").fill("๗๙")
    page.get_by_label("(75)").click()
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    expect(page.get_by_label("(50)")).to_have_value("79")
    kpi = Kpi.objects.select_related("template").get(scorecard=card, number="1.1")
    assert (kpi.template.formula, kpi.targets) == ("สูตรใหม่", ["79", "85", "90"])

    for level in (50, 75, 100):
        page.get_by_label(f"({level})").fill("")
    go_on(page)
    page.goto(f"{stage.site}{path}1.1/measure/")
    page.get_by_label("วิธีให้คะแนน").select_option("items")
    go_on(page)
    for label, text in (
        ("ชื่อรายการ", "ผู้ผ่านเกณฑ์"),
        ("น้ำหนักในตัวชี้วัด", "๐.๖"),
        ("ค่าเป้าหมายขั้นต้น", "70"),
        ("ค่าเป้าหมายมาตรฐาน", "80"),
        ("ค่าเป้าหมายขั้นสูง", "90"),
    ):
        page.get_by_label(f"รายการ 1: {label}").fill(text)
    page.get_by_label("รายการ 1: หน่วยวัด").click()
    expect(page.get_by_label("รายการ 1: น้ำหนักในตัวชี้วัด")).to_have_value("0.6")
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    page = stage.goto(world.reporter, f"{path}1.1/targets/")
    expect(page.get_by_label("รายการ 1: ชื่อรายการ")).to_be_visible()
    kpi.refresh_from_db()
    assert [(item["name"], item["weight"], item["targets"]) for item in kpi.items] == [
        ("ผู้ผ่านเกณฑ์", "0.6", ["70", "80", "90"])
    ]

    page = stage.goto(world.reporter, f"{path}new/")
    page.get_by_label("ชื่อตัวชี้วัด").fill("ของใหม่")
    expect(page.locator("#save-state")).to_contain_text("เก็บไว้ในเครื่องนี้")
    page = stage.goto(world.reporter, f"{path}new/")
    expect(page.get_by_label("ชื่อตัวชี้วัด")).to_have_value("ของใหม่")


def test_leaving_a_kpi_with_something_unsaved_is_warned_of_and_else_not(
    stage: Stage, world: World
) -> None:
    clock.pretend(ON)
    path = f"{stage.site}/scorecards/{draft(world).pk}/kpis/"
    warnings: list[str] = []

    def stay(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        dialog.dismiss()

    page = stage.window(world.reporter).context.new_page()
    page.on("dialog", stay)
    page.goto(f"{path}1.1/measure/")
    page.route("**/kpis/1.1/measure/", lambda route: route.abort())  # the line is down
    page.get_by_label("สูตรการคำนวณ").fill("สูตรใหม่")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    assert warnings == ["beforeunload"]
    expect(page.get_by_label("สูตรการคำนวณ")).to_have_value("สูตรใหม่")

    page.unroute("**/kpis/1.1/measure/")
    page.get_by_label("แหล่งข้อมูล").fill("ที่มาใหม่")
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert warnings == ["beforeunload"]
    assert Kpi.objects.get(number="1.1").template.formula == "สูตรใหม่"
