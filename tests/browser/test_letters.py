"""A circular letter in the browser: written, sent by another, received; axe and two widths."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from esar.report.letters.models import Letter, Recipient
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.browser.windows import send
from tests.make import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_letter_goes_from_a_draft_to_the_receipt_of_an_office(world: World, stage: Stage) -> None:
    page = stage.goto(world.reporter, "/letters/")
    expect(page.get_by_text("ยังไม่มีหนังสือเวียน")).to_be_visible()
    page.get_by_role("link", name="ร่างหนังสือเวียน").click()
    for label, said in (
        ("ที่ (เลขหนังสือ)", "สค ๐๐๑๗.๒/ว ๑"),
        ("วันที่ของหนังสือ", "2023-10-10"),
        ("เรื่อง", "สรุปผลการประชุม"),
        ("เรียน", "หัวหน้าส่วนราชการ"),
        ("เนื้อความ", "จึงเรียนมาเพื่อทราบ"),
        ("ผู้ลงนาม", "นายหนึ่ง"),
        ("ตำแหน่งผู้ลงนาม", "ผู้ว่าราชการจังหวัด"),
    ):
        page.get_by_label(label, exact=True).fill(said)
    check(page)
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    send(page, page.get_by_role("link", name="เลือกผู้รับ"))
    page.get_by_label("รายชื่อส่วนราชการที่ไม่มีบัญชีในระบบ").fill("๑. คลังจังหวัด\n๒. ประมงจังหวัด")
    send(page, page.get_by_role("button", name="เพิ่มรายชื่อ"))
    page.goto(f"{page.url}?kind=department")
    send(page, page.get_by_role("button", name="เพิ่มทั้งหมดที่พบ 1 แห่ง"))
    check(page)
    letter = f"/letters/{Recipient.objects.all()[0].letter_id}/"
    page = stage.goto(world.reporter, letter)
    send(page, page.get_by_role("button", name="เสนอลงนาม"))

    page = stage.goto(world.approver, letter)
    page.once("dialog", lambda asked: asked.accept())
    send(page, page.get_by_role("button", name="ลงนามและส่งหนังสือ"))
    expect(page.get_by_text("รับแล้ว 0 จาก 3").first).to_be_visible()
    check(page)
    send(page, page.get_by_role("button", name="สร้างลิงก์เฉพาะ"))
    check(page)
    address = page.locator("td code").first.inner_text()
    path = re.sub(r"^https?://[^/]+", "", address)

    office = stage.visitor()
    office.goto(stage.site + path)
    check(office)
    office.get_by_label("ชื่อผู้รับ").fill("นางสาวกัญญา")
    office.get_by_role("button", name="ยืนยันการรับหนังสือ").click()
    expect(office.get_by_text("นางสาวกัญญา รับเมื่อวันที่ 10 ตุลาคม 2566")).to_be_visible()
    expect(office.get_by_text("ประมงจังหวัด")).to_have_count(0)

    page = stage.goto(world.reporter_d, letter)
    send(page, page.get_by_role("button", name=re.compile("รับหนังสือในนาม")))
    page = stage.goto(world.reporter, letter)
    expect(page.get_by_text("รับแล้ว 2 จาก 3").first).to_be_visible()
    expect(page.locator("tbody tr").first).to_contain_text("ประมงจังหวัด")
    check(page)
    Letter.objects.update(is_demo=True)
    page = stage.goto(world.reporter, f"{letter}print/")
    expect(page.get_by_text("ข้อมูลสาธิต")).to_have_count(2)
    check(page)
