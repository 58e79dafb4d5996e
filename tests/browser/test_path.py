"""The whole path in a real browser, each step by the person whose it is, and refused for others.

Province: six KPIs proposed, submitted, returned with an offer, countered, approved in a sitting
with a quorum, acknowledged, in force; a change in February; version 2. Then a department.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from esar.agree.scorecards.actions import save_kpi
from esar.agree.scorecards.models import Scorecard, ScorecardVersion
from esar.platform.history import queries
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.browser.play import NOT_FOUND, press, sit
from tests.browser.stage import Stage
from tests.browser.windows import answer_form_of_kind, go_on, send
from tests.make import AT, FEBRUARY, ON, World, fields

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KPIS = [  # name, kind, weight, targets, higher or lower
    ("รายได้จากการท่องเที่ยว", 0, "20", ("52", "54", "56"), "higher"),
    ("มูลค่าสินค้าเกษตรปลอดภัย", 1, "10", ("3.0", "4.0", "๕.๐"), "higher"),
    ("เด็กปฐมวัยมีพัฒนาการสมวัย", 1, "10", ("80", "85", "90"), "higher"),
    ("ฝุ่นละออง PM2.5", 1, "10", ("26", "23", "20"), "lower"),
    ("หมู่บ้านที่ไม่พบปัญหายาเสพติด", 1, "10", ("60", "70", "80"), "higher"),
    ("ขยะที่กำจัดถูกต้อง", 1, "10", ("65", "70", "75"), "higher"),
]


@contextmanager
def on(day: date) -> Iterator[None]:
    clock.pretend(day)
    yield
    clock.pretend(ON)


NOT_YOURS = "การดำเนินการนี้เป็นหน้าที่ของ"


def fill_kpi(page: Page, kpi: tuple[Any, ...]) -> None:
    name, kind, weight, targets, direction = kpi
    page.get_by_label("ชื่อตัวชี้วัด").fill(name)
    page.get_by_label("ประเภทตัวชี้วัด").select_option(index=kind)
    page.get_by_label("คำอธิบาย/นิยาม").fill("ตามคู่มือ")
    page.get_by_label("ผู้กำกับดูแล/ผู้จัดเก็บข้อมูล").fill("สำนักงานจังหวัด")
    go_on(page)
    page.locator(f"[name=direction][value={direction}]").check()
    page.locator("[name=unit]").fill("ร้อยละ")
    for label in ("สูตรการคำนวณ", "แหล่งข้อมูล", "วิธีการจัดเก็บข้อมูล", "แผนหลักฐาน"):
        page.get_by_label(label).fill("ตามคู่มือ")
    go_on(page)
    for label, target in zip(("(50)", "(75)", "(100)"), targets, strict=True):
        page.get_by_label(label).fill(target)
    page.get_by_label("น้ำหนัก (ร้อยละ)").fill(weight)
    go_on(page)
    answer_form_of_kind(page)
    go_on(page)
    expect(page.get_by_role("status")).to_contain_text("บันทึกตัวชี้วัด")


def save(card: Scorecard, number: str, kpi: tuple[Any, ...], *, by: Person, **more: Any) -> None:
    """A further KPI without a form: the form was filled in before."""
    name, _, weight, targets, direction = kpi
    values = {"name": name, "weight": Decimal(weight), "direction": direction, **more}
    save_kpi(card, fields(number, targets=list(targets), **values), by=by, at=AT, on=ON)


def test_a_province_from_proposal_to_version_2(stage: Stage, world: World) -> None:
    reporter, approver = world.reporter, world.approver
    page = stage.goto(reporter, "/scorecards/")
    send(page, page.get_by_role("button", name="เริ่มตัวชี้วัดปี 2567"))
    card = Scorecard.objects.get()
    work = f"/scorecards/{card.pk}/"
    for kpi in KPIS[:2]:
        page.goto(stage.site + work + "kpis/new/")
        fill_kpi(page, kpi)
    for place, kpi in enumerate(KPIS[2:], start=3):
        save(card, f"1.{place}", kpi, by=reporter)
    page.goto(stage.site + work)
    expect(page.get_by_text("ครบถ้วนตามหลักเกณฑ์ พร้อมเสนอ")).to_be_visible()

    for stranger in (approver, world.auditor, world.analyst, world.administrator):
        stage.refused(stranger, work + "move/propose/", NOT_YOURS)
    for stranger in (world.reporter_d, world.secretaries["L2-P"], world.ministers_office):
        stage.refused(stranger, work + "move/propose/", NOT_FOUND)
    press(stage.goto(reporter, work), "เสนอผู้อนุมัติ", "รอผู้อนุมัติของหน่วยงาน")
    stage.refused(reporter, work + "move/submit/", NOT_YOURS)
    press(stage.goto(approver, work), "อนุมัติและส่งคณะกรรมการ", "รอความเห็นคณะทำงานระดับ 1")
    stage.refused(approver, work + "move/approve/", NOT_FOUND)

    sit(stage, world, world.level1, "opinion")
    page = stage.goto(world.secretaries["L2-P"], work + "kpis/1.1/offer/")
    page.get_by_label("(100)").fill("60")
    page.get_by_label("เหตุผล").fill("แนวโน้มสามปีสูงกว่านี้")
    send(page, page.get_by_role("button", name="บันทึก"))
    stage.refused(world.secretaries["L1-P"], work + "kpis/1.1/offer/", NOT_YOURS, why="x")
    sit(stage, world, world.level2, "return", "ตัวชี้วัด 1.1 ควรสูงกว่านี้")

    page = stage.goto(reporter, work)
    expect(page.get_by_text("แนวโน้มสามปีสูงกว่านี้").first).to_be_visible()
    page.goto(stage.site + work + "kpis/1.1/targets/")
    page.get_by_label("(100)").fill("58")
    go_on(page)
    page.goto(stage.site + work)
    press(page, "เสนอผู้อนุมัติ", "รอผู้อนุมัติของหน่วยงาน")
    press(
        stage.goto(approver, work),
        "อนุมัติและส่งคณะกรรมการ",
        "รอความเห็นคณะทำงานระดับ 1",
        "ปรับขึ้นครึ่งทาง",
    )
    sit(stage, world, world.level1, "opinion")
    sit(stage, world, world.level2, "approve")
    ledger = stage.goto(reporter, work).locator("details", has_text="1.1").first.locator("tbody tr")
    expect(ledger).to_have_count(3)

    # Bound by the resolution: an edit is refused, with the sentence, and the log shows it.
    stage.refused(
        reporter,
        work + "kpis/1.1/",
        "ผูกพันกับมติคณะกรรมการแล้ว",
        number="1.1",
        name="อื่น",
        component="performance",
        kind="kind.area",
        method="ladder",
        direction="higher",
    )
    page = stage.goto(reporter, work + "kpis/1.1/")
    expect(page.get_by_role("alert")).to_contain_text("ผูกพันกับมติคณะกรรมการแล้ว")
    page = stage.goto(reporter, work)
    page.get_by_text("ประวัติ", exact=True).click()
    expect(page.get_by_text("ถูกปฏิเสธ: พยายามแก้ไขสิ่งที่ผูกพันกับมติ")).to_be_visible()
    expect(page.get_by_text("✓ เนื้อหาตรงกับที่เห็นชอบ")).to_be_visible()

    stage.refused(reporter, work + "move/collect/", NOT_YOURS)
    press(stage.goto(world.analyst, work), "รวบรวม", "รอ อ.ก.พ.ร. รับทราบ")
    sit(stage, world, world.sub, "acknowledge")
    stage.refused(world.administrator, work + "move/inform/", NOT_YOURS)
    inform = "แจ้งรัฐมนตรีและคณะกรรมการ แล้วให้มีผล"
    press(stage.goto(world.analyst, work), inform, "มีผลใช้บังคับ")

    with on(FEBRUARY):
        page = stage.goto(reporter, work + "kpis/1.1/change/")
        page.get_by_label("โรคระบาดรุนแรง").check()
        page.get_by_label("เหตุผล").fill("น้ำท่วมใหญ่ทั้งจังหวัด")
        page.get_by_label("หลักฐานประกอบ").fill("ประกาศจังหวัดที่ 1/2567")
        page.get_by_label("ผลที่ทำได้แล้ว").fill("45")
        for label, target in zip(("(50)", "(75)", "(100)"), ("46", "50", "54"), strict=True):
            page.get_by_label(label).fill(target)
        page.get_by_role("button", name="บันทึก").click()
        expect(page.get_by_role("cell", name="46 / 50 / 54", exact=True)).to_be_visible()
        change = page.url.replace(stage.site, "")
        press(page, "เสนอผู้อนุมัติ", "รอผู้อนุมัติของหน่วยงาน")
        stage.refused(reporter, change + "move/submit/", NOT_YOURS)
        press(stage.goto(approver, change), "อนุมัติและส่งคณะกรรมการ", "รอคณะกรรมการพิจารณา")
        stage.refused(world.analyst, change + "move/approve/", NOT_FOUND)
        sit(stage, world, world.level2, "approve")
        page = stage.goto(world.secretaries["L2-P"], change)
        page.get_by_label("เลขที่หนังสือ").fill("มท 0810/123")
        press(page, "บันทึกการแจ้งสำนักงาน ก.พ.ร.", "อนุมัติแล้ว รอ อ.ก.พ.ร. รับทราบ")
        page = stage.goto(reporter, work)
        expect(page.get_by_role("link", name="ฉบับที่ 2")).to_be_visible()

        visitor = stage.visitor()
        found = []
        for number in (1, 2):
            visitor.goto(f"{stage.site}/agencies/TH-74/2567/agreement/?version={number}")
            found.append(visitor.locator("tbody tr").first.locator("td").all_inner_texts()[2:5])
    assert found == [["๕๒", "๕๔", "๕๘"], ["๔๖", "๕๐", "๕๔"]]
    assert [one.number for one in ScorecardVersion.objects.order_by("number")] == [1, 2]
    from esar.kernel.chain import verify

    assert list(verify(queries.records(), queries.heads())) == []


def test_a_department_from_proposal_to_force(stage: Stage, world: World) -> None:
    page = stage.goto(world.reporter_d, "/scorecards/")
    send(page, page.get_by_role("button", name="เริ่มตัวชี้วัดปี 2567"))
    card = Scorecard.objects.get()
    work = f"/scorecards/{card.pk}/"
    page.goto(stage.site + work + "kpis/new/")
    fill_kpi(page, ("ตัวชี้วัด ก", 2, "30", ("80", "85", "90"), "higher"))
    for number, name in (("1.2", "ตัวชี้วัด ข"), ("1.3", "ตัวชี้วัด ค")):
        kpi = (name, 1, "20", ("80", "85", "90"), "higher")
        save(card, number, kpi, by=world.reporter_d, kind="kind.basic")
    page.goto(stage.site + work)
    press(page, "เสนอผู้อนุมัติ", "รอผู้อนุมัติของหน่วยงาน")
    page = stage.goto(world.approver_d, work)
    page.get_by_label("เหตุผล (จำเป็นเมื่อส่งกลับให้แก้ไข)").fill("ทบทวนน้ำหนัก")
    press(page, "ส่งกลับให้แก้ไข", "ร่าง")
    press(stage.goto(world.reporter_d, work), "เสนอผู้อนุมัติ", "รอผู้อนุมัติของหน่วยงาน")
    press(stage.goto(world.approver_d, work), "อนุมัติและส่งคณะกรรมการ", "รอความเห็นคณะทำงานระดับ 1")
    stage.refused(world.secretaries["L2-P"], work + "move/approve/", NOT_FOUND)
    sit(stage, world, world.level1d, "opinion")
    sit(stage, world, world.level2d, "approve")
    press(stage.goto(world.analyst, work), "รวบรวม", "รอ อ.ก.พ.ร. รับทราบ")
    sit(stage, world, world.sub, "acknowledge")
    inform = "แจ้งรัฐมนตรีและคณะกรรมการ แล้วให้มีผล"
    press(stage.goto(world.analyst, work), inform, "มีผลใช้บังคับ")

    page = stage.goto(world.ministers_office, "/notices/")
    expect(page.get_by_text("ตัวชี้วัดมีผลใช้บังคับแล้ว")).to_be_visible()
