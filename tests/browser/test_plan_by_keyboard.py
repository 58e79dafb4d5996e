"""The plan of the Legal Execution Department, entered by keyboard alone, gives its totals."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from esar.platform.ui import clock
from esar.report.activity_plans.content import clean
from esar.report.activity_plans.models import Plan
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.make import World
from tests.report.activity_plans.make import give_days, legal_execution, sent_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2017, 10, 10)
OCTOBER = 10
DOCUMENT = ["-", "-", "1", "1", "-", "2", "2", "-", "3", "-", "2", "2"]


def steps(month: str) -> int:
    """How many months after October a month of the plan is."""
    return (int(month[5:]) - OCTOBER) % 12


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def enter(page: Page, activity: dict[str, object]) -> None:
    """One activity, from its first cell on, and back to the first cell of the next."""
    press(page, "Home", *["ArrowRight"] * steps(str(activity["start"])), "s")
    outputs: list[dict[str, str]] = activity["outputs"]  # type: ignore[assignment]
    for output in outputs:
        press(page, "Home", *["ArrowRight"] * steps(output["month"]), "o")
    press(page, "Enter")
    page.keyboard.type(str(activity["name"]))
    press(page, "Tab")
    page.keyboard.type(str(activity["type"]))
    press(page, "Tab", "Tab")  # past the ordered topics
    page.keyboard.type(str(activity["office"]))
    for output in outputs:
        press(page, "Tab")
        page.keyboard.type(output["what"])
    press(page, "Escape", "Home", "ArrowDown")


def begun(stage: Stage, world: World) -> Page:
    """A plan just begun, with the first cell in focus, reached by the Tab key."""
    give_days(world)
    clock.pretend(DAY)
    page = stage.goto(world.reporter, "/plans/")
    page.get_by_role("button", name="เริ่มจัดทำแผนปี 2561").press("Enter")
    expect(page.get_by_role("grid")).to_be_visible()
    first = page.get_by_role("button", name="ตุลาคม 2560: ว่าง").first
    for _ in range(60):
        press(page, "Tab")
        if first.evaluate("one => one === document.activeElement"):
            break
    expect(first).to_be_focused()
    return page


def has_the_totals_of_the_document(page: Page) -> None:
    expect(page.locator("td[data-total]")).to_have_text(DOCUMENT)


def test_the_legal_execution_departments_plan_entered_by_keyboard_gives_the_documents_totals(
    stage: Stage, world: World
) -> None:
    page = begun(stage, world)
    for activity in legal_execution()["activities"]:
        enter(page, activity)

    has_the_totals_of_the_document(page)
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    expect(page.locator("#checks")).to_contain_text("ถูกต้องตามหลักเกณฑ์")
    expect(page.locator("#checks:not(.stale)")).to_be_visible()
    assert Plan.objects.get().content == clean(legal_execution())
    page.reload()
    has_the_totals_of_the_document(page)


def test_a_cell_is_said_in_words_and_a_start_is_one_a_row(stage: Stage, world: World) -> None:
    page = begun(stage, world)
    live = page.locator("#plan-live")
    press(page, "Space")
    expect(live).to_have_text("ตุลาคม 2560: เริ่ม. รวมผลผลิตในแต่ละเดือน: 0")
    press(page, "ArrowRight", "s")
    row = page.get_by_role("row").nth(1)
    expect(row.get_by_role("button", name=": เริ่ม")).to_have_count(1)
    expect(page.get_by_role("button", name="พฤศจิกายน 2560: เริ่ม")).to_be_focused()
    press(page, "ArrowRight", "Space")
    expect(live).to_have_text("ธันวาคม 2560: ผลผลิต. รวมผลผลิตในแต่ละเดือน: 1")
    press(page, "Delete")
    expect(page.get_by_role("button", name="ธันวาคม 2560: ว่าง").first).to_be_focused()
    press(page, "Control+z")
    expect(page.get_by_role("button", name="ธันวาคม 2560: ผลผลิต")).to_have_count(1)
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")  # though no word was typed
    kept = Plan.objects.get().content["activities"][0]
    assert (kept["start"], [output["month"] for output in kept["outputs"]]) == (
        "2017-11",
        ["2017-12"],
    )


def test_rows_move_and_go_and_come_back_by_undo(stage: Stage, world: World) -> None:
    page = begun(stage, world)
    for name in ("กิจกรรมแรก", "กิจกรรมที่สอง"):
        press(page, "Enter")
        page.keyboard.type(name)
        press(page, "Escape", "ArrowDown")
    first = page.locator("#activity-1 summary")
    expect(first).to_have_text("1. กิจกรรมแรก")
    page.locator("#activity-1").get_by_role("button", name="เลื่อนลง").press("Enter")
    expect(first).to_have_text("1. กิจกรรมที่สอง")
    page.locator("#activity-1").evaluate("one => one.open = true")
    page.locator("#activity-1").get_by_role("button", name="ลบกิจกรรมที่ 1").press("Enter")
    expect(first).to_have_text("1. กิจกรรมแรก")
    page.get_by_role("button", name="เลิกทำ").press("Enter")
    expect(first).to_have_text("1. กิจกรรมที่สอง")
    page.get_by_role("button", name="เลิกทำ").press("Enter")
    expect(first).to_have_text("1. กิจกรรมแรก")
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")

    assert [one["name"] for one in Plan.objects.get().content["activities"]] == [
        "กิจกรรมแรก",
        "กิจกรรมที่สอง",
    ]


def test_a_plan_is_read_as_a_grid_on_a_desk_and_as_a_list_on_a_phone(
    stage: Stage, world: World
) -> None:
    plan = sent_in(world, on=DAY)
    clock.pretend(DAY)
    page = stage.goto(world.analyst, f"/plans/{plan.pk}/")
    check(page)  # the desk is last
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="เดือนที่เริ่ม")).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 900})
    expect(page.get_by_role("table")).to_have_count(0)
    expect(page.get_by_role("listitem").filter(has_text="เดือนที่เริ่ม")).to_have_count(12)


def test_the_plan_is_printed_on_one_landscape_page(
    stage: Stage, world: World, tmp_path: Path
) -> None:
    plan = sent_in(world, on=DAY)
    clock.pretend(DAY)
    page = stage.goto(world.approver, f"/plans/{plan.pk}/print/")
    printed = tmp_path / "plan.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    words = printed.read_bytes()

    assert len(re.findall(rb"/Type /Page\b", words)) == 1
    assert re.findall(rb"/MediaBox \[0 0 (\d+)\.\d+ (\d+)", words) == [(b"841", b"594")]
