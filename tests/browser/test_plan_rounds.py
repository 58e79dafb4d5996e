"""Round 1 of the briefing's own example, reported in the browser: 4 of 4, and then 3 of 4."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from esar.platform.ui import clock
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly.deadlines.queries import after
from esar.report.activity_plans.monthly.models import MonthlyReport
from esar.report.activity_plans.monthly.usage.actions import enter
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.browser.windows import send
from tests.exchange.inspection.good import pdf
from tests.make import World
from tests.report.activity_plans.make import moment, sent_in
from tests.report.activity_plans.monthly.make import report as sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTHS = [date(2017, month, 1) for month in (10, 11, 12)] + [
    date(2018, month, 1) for month in (1, 2, 3)
]
DUE = {date(2017, 12, 1): [2], date(2018, 1, 1): [1], date(2018, 3, 1): [3, 4]}
THAI = {
    10: "ตุลาคม 2560",
    11: "พฤศจิกายน 2560",
    12: "ธันวาคม 2560",
    1: "มกราคม 2561",
    2: "กุมภาพันธ์ 2561",
    3: "มีนาคม 2561",
}


def answer(page: Page, number: int, month: date, said: str) -> None:
    of = page.get_by_role("region", name=f"{number}. ")
    group = of.get_by_role("group", name=f"ผลผลิตตามแผนเดือน{THAI[month.month]}")
    group.get_by_label(said, exact=True).check()


def send_in(stage: Stage, world: World, path: str) -> None:
    page = stage.goto(world.reporter, path)
    page.get_by_role("button", name="เสนอผู้อนุมัติ").click()
    expect(page.get_by_text("รอผู้อนุมัติส่ง").first).to_be_visible()
    page = stage.goto(world.approver, path)
    page.get_by_role("button", name="ส่งรายงาน", exact=True).click()
    expect(page.get_by_text("ทำแล้ว: ส่งรายงาน")).to_be_visible()


def test_four_of_four_pass_and_with_one_undone_75_do_not(stage: Stage, world: World) -> None:
    plan = sent_in(world)
    for month in MONTHS:
        report(stage, world, plan, month)
    page = stage.goto(world.analyst, f"/plans/{plan.pk}/score/")
    first = page.get_by_role("region", name="รอบ 6 เดือน", exact=True)
    expect(first.locator(".figure-line")).to_contain_text("ร้อยละ 100")
    expect(first.locator(".figure-line")).to_contain_text("4 จาก 4 ผลผลิต")
    expect(first.locator(".figure-line strong")).to_have_text("✓ ผ่าน")
    march = f"/plans/{plan.pk}/months/2018-03/"
    page = stage.goto(world.analyst, march)
    page.get_by_label("เหตุผล").fill("ผลผลิตของเรื่องที่ 4 ยังไม่เกิด")
    send(page, page.get_by_role("button", name="ส่งคืนจังหวัด"))
    page = stage.goto(world.reporter, march)
    expect(page.get_by_text("ผลผลิตของเรื่องที่ 4 ยังไม่เกิด").first).to_be_visible()
    answer(page, 4, date(2018, 3, 1), "ไม่ได้ผลผลิต")
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    send_in(stage, world, march)
    page = stage.goto(world.analyst, f"/plans/{plan.pk}/score/")
    expect(first.locator(".figure-line")).to_contain_text("ร้อยละ 75")
    expect(first.locator(".figure-line")).to_contain_text("3 จาก 4 ผลผลิต")
    expect(first.locator(".figure-line strong")).to_have_text("✗ ไม่ผ่าน")
    expect(page.get_by_text("ไม่นับ: รายงานเดือนมีนาคม 2561 ว่าไม่ได้ผลผลิต").first).to_be_visible()


def report(stage: Stage, world: World, plan: Plan, month: date) -> None:
    """One month: progress, what came, its evidence; proposed and sent in on the fifth."""
    clock.pretend(after(month).replace(day=5))
    path = f"/plans/{plan.pk}/months/{month:%Y-%m}/"
    page: Any = stage.goto(world.reporter, path)
    page.get_by_label("ความก้าวหน้าของกิจกรรมที่").first.fill("ดำเนินการตามแผน")
    for number in DUE.get(month, []):
        answer(page, number, month, "ได้ผลผลิต")
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    expect(page.get_by_text(f"บันทึกรายงานเดือน{THAI[month.month]} แล้ว")).to_be_visible()
    for number in DUE.get(month, []):
        file = {"name": f"ผล{number}.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        page.get_by_label(f"แนบไฟล์หลักฐานของกิจกรรมที่ {number}", exact=True).set_input_files(file)
        page.locator(f"button[form=attach-{number}]").click()
        expect(page.get_by_text(f"แนบ ผล{number}.pdf แล้ว")).to_be_visible()
    send_in(stage, world, path)


def test_every_page_is_accessible_wide_and_narrow(stage: Stage, world: World) -> None:
    plan = sent_in(world)
    january = date(2018, 1, 1)
    sent(world, plan, january, (1, "2018-01", True), (2, "2017-12", False))
    paper = {january: (Decimal(90), Decimal(100))}
    on = date(2018, 2, 5)
    enter(world.province, 2561, "paper", paper, by=world.reporter, at=moment(on), on=on)
    clock.pretend(date(2018, 3, 5))
    base = f"/plans/{plan.pk}"
    for who, path in (
        (world.reporter, f"{base}/months/"),
        (world.reporter, f"{base}/months/2018-02/"),
        (world.analyst, f"{base}/months/2018-01/"),
        (world.analyst, f"{base}/score/"),
        (world.analyst, f"{base}/months/2018-01/versions/1/"),
        (world.reporter, "/plan-usage/2561/TH-74/"),
        (world.reporter, "/plan-usage/2561/TH-74/paper/"),
        (world.analyst, "/plan-summary/2561/2/"),
        (world.analyst, "/plan-summary/2561/2/document/"),
    ):
        check(stage.goto(who, path))


def test_a_month_is_written_by_keyboard_and_saves_itself(stage: Stage, world: World) -> None:
    plan = sent_in(world)
    clock.pretend(date(2018, 2, 5))
    page = stage.goto(world.reporter, f"/plans/{plan.pk}/months/2018-01/")
    first = page.locator("input[name='done-1-2018-01']")
    first.nth(2).focus()  # "not reported yet" is chosen: arrows move among the three
    page.keyboard.press("ArrowUp")
    expect(first.nth(1)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("กำลังทดสอบระบบ")
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    kept = MonthlyReport.objects.get(plan=plan).content["activities"][0]
    assert (kept["progress"], kept["outputs"]) == (
        "กำลังทดสอบระบบ",
        [{"month": "2018-01", "done": False}],
    )
