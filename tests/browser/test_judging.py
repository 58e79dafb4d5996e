"""A report of six KPIs is judged by keyboard alone, its evidence read without leaving the page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from esar.judge.assessments.levels import layers_of
from esar.judge.assessments.life import checks_of
from esar.judge.assessments.models import Assessment, Judgement
from esar.platform.evidence.actions import receive
from esar.platform.ui import clock
from esar.report.reports import writing
from esar.report.reports.life import REPORT_LIFE
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.judge.assessments.make import MAY
from tests.make import World
from tests.report.reports.make import APRIL, AT_APRIL, DECLARED, filled, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURE = Path("docs/pictures/explanation.png").read_bytes()
TEXT = "ร้อยละ 86 ของแผน ลงวันที่ 31 มีนาคม 2567\n"


def sent_with_evidence(world: World) -> Assessment:
    """A report whose first KPI has words, a picture and a text."""
    report = filled(world)
    for name, content in (("ภาพกิจกรรม.png", PICTURE), ("รายงาน.txt", TEXT.encode())):
        receive(
            SimpleUploadedFile(name, content),
            subject=f"report:{report.pk}:1.1",
            by=world.reporter,
            at=AT_APRIL,
            then=lambda stored, name: writing.attach(
                report, "1.1", stored, name, by=world.reporter, at=AT_APRIL, on=APRIL
            ),
        )
    words = said(did="จัดเก็บข้อมูลครบทุกอำเภอ", factors="ได้รับความร่วมมือจากท้องถิ่น")
    act = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    writing.save_claim(report, "1.1", words, revision=1, **act)
    REPORT_LIFE.move(report, "propose", **act)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=AT_APRIL, on=APRIL, **DECLARED)
    return Assessment.objects.get(report=report)


def press(page: Page, key: str, then: str) -> None:
    """Press a key, and be at the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press(key)
    expect(page.locator("h1")).to_contain_text(then)


def picture(page: Page, name: str) -> None:
    """For whoever wants to see it: at two widths, light and dark."""
    if folder := os.environ.get("ESAR_PICTURES"):
        for width, height, look in ((1280, 900, "light"), (1280, 900, "dark"), (390, 844, "light")):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=look)
            page.screenshot(path=f"{folder}/{name}-{width}-{look}.png", full_page=True)


def test_a_report_is_judged_by_keyboard_alone(stage: Stage, world: World) -> None:
    assessment = sent_with_evidence(world)
    clock.pretend(MAY)
    page = stage.goto(world.assessor, f"/assessments/{assessment.pk}/")
    picture(page, "undeclared")
    check(page)
    page.get_by_role("link", name="แจ้งสำหรับปี 2567").press("Enter")
    expect(page.locator("h1")).to_contain_text("ผลประโยชน์ขัดกัน ปี 2567")
    picture(page, "declare")
    check(page)
    with page.expect_navigation():
        page.get_by_role("button", name="แจ้งสำหรับทุกหน่วยงานในปี").press("Enter")
    page.get_by_role("link", name="ตรวจทีละตัวชี้วัด").press("Enter")
    expect(page.locator("h1")).to_contain_text("1.1")
    picture(page, "judge")
    check(page)

    # The evidence, one file after the other, without leaving the page.
    expect(page.locator(".viewer img")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator(".viewer")).to_contain_text(TEXT.strip())
    press(page, "j", "1.2")
    press(page, "k", "1.1")
    press(page, "a", "1.2")
    expect(page.get_by_text("ตรวจแล้ว 1 จาก 6")).to_be_visible()

    # Another figure, with its reason; what is typed presses nothing.
    page.keyboard.press("o")
    expect(page.locator("input[name=actual]")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("84")
    page.keyboard.press("Tab")
    page.keyboard.type("a j k: หักข้อมูลซ้ำ")
    picture(page, "other")
    check(page)
    page.keyboard.press("Tab")
    press(page, "Enter", "1.3")
    for number in ("1.4", "1.5", "1.6"):
        press(page, "a", number)
    press(page, "a", "ประเมินรายงาน")
    expect(page.get_by_text("ตรวจแล้ว 6 จาก 6")).to_be_visible()
    picture(page, "whole")
    check(page)
    page.get_by_role("button", name="เห็นชอบและส่งต่อ").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("ทำแล้ว")

    assessment.refresh_from_db()
    judgement = Judgement.objects.get()
    assert assessment.state == "minister"
    assert (judgement.number, judgement.reason) == ("1.2", "a j k: หักข้อมูลซ้ำ")
    assert len(checks_of(assessment, layers_of(assessment))["preliminary"]) == 6


def test_keys_can_be_turned_off(stage: Stage, world: World) -> None:
    assessment = sent_with_evidence(world)
    clock.pretend(MAY)
    page = stage.goto(world.assessor, f"/assessments/{assessment.pk}/kpis/1.1/")
    page.get_by_role("button", name="เปิดใช้คีย์ลัด").press("Enter")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_contain_text("1.1")
    page.get_by_role("button", name="เปิดใช้คีย์ลัด").press("Enter")
    press(page, "j", "1.2")
