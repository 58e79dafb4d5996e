"""Fiscal year 2554 in a real browser: a province from its proposal to the incentive.

One KPI is the province's own and is negotiated; the others are OPDC's. The total by hand:

    1.1 weight 50, 60 65 70 75 80: says 72.5: 3 + 1 × 2.5 ÷ 5 = 3.5           3.5 × 50 ÷ 100 = 1.75
    2.1 weight 20, the statistics office gives 75: 4                           4   × 20 ÷ 100 = 0.80
    3.1 weight 10, says 80: 5      the assessor finds 75: 4                    4   × 10 ÷ 100 = 0.40
    4.1 weight 20, says 62: 1 + 1 × 2 ÷ 5 = 1.4                                1.4 × 20 ÷ 100 = 0.28
    together 3.23, less two working days late (1 and 2 November 2011) at 0.0500: 3.1300, eligible
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from esar.agree.indicators.actions import load_listed_indicators
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.checks import signers_of
from esar.agree.scorecards.models import Scorecard
from esar.kernel.chain import verify
from esar.platform.history.queries import heads, records
from esar.platform.organisations.models import Body, Role
from tests.agree.scorecards import make
from tests.browser.play import NOT_FOUND, Play, press, sit
from tests.browser.stage import Stage
from tests.browser.windows import go_on, send
from tests.make import World, person
from tests.show.public.make import department

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOT_YOURS = "การดำเนินการนี้เป็นหน้าที่ของ"
TEMPLATE = (
    "definition",
    "formula",
    "conditions",
    "data_source",
    "collection",
    "owner",
    "owner_phone",
)


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    options = {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {
        "evidence": {"BACKEND": "esar.platform.evidence.storage.DiskStorage", "OPTIONS": options}
    }


def listed() -> list[IndicatorVersion]:
    """OPDC's list for the year, with its criteria filled in."""
    load_listed_indicators(2554, at=make.at(make.PROPOSED))
    found = IndicatorVersion.objects.filter(indicator__code__startswith="OPDC-approved")
    text = {
        "unit": "ร้อยละ",
        "definition": "ตามคู่มือ",
        "formula": "ก ÷ ข × 100",
        "data_source": "สำนักงานจังหวัด",
        "collection": "รายเดือน",
        "owner": "สำนักงานจังหวัด",
    }
    found.update(**text)
    return list(found.order_by("pk"))


def fill(page: Page, number: str, kind: int, weight: str) -> None:
    """What the province itself sets of a KPI: where it stands, its weight and five levels."""
    page.get_by_label("ลำดับที่").fill(number)
    page.get_by_label("องค์ประกอบ").select_option(index=kind)
    page.get_by_label("ประเภทตัวชี้วัด").select_option(index=kind)
    go_on(page)
    if not page.locator("[name=direction]:checked").count():  # the list does not say
        page.get_by_label("ยิ่งมากยิ่งดี").check()
    page.locator("[name=unit]").fill("ร้อยละ")
    go_on(page)
    for level, target in enumerate(("60", "65", "70", "75", "80"), start=1):
        page.locator(f"input[name=target_{level}]").fill(target)
    page.get_by_label("น้ำหนัก (ร้อยละ)").fill(weight)
    go_on(page)
    go_on(page)
    expect(page.get_by_role("status")).to_contain_text("บันทึกตัวชี้วัด")


def proposed(play: Play, opdcs: list[IndicatorVersion]) -> Scorecard:
    """The province writes its agreement and sends it in."""
    world, stage = play.world, play.stage
    page = stage.goto(world.reporter, "/scorecards/")
    send(page, page.get_by_role("button", name="เริ่มตัวชี้วัดปี 2554"))
    card = Scorecard.objects.get()
    work = f"/scorecards/{card.pk}/"
    page.goto(stage.site + work + "kpis/new/")
    page.get_by_label("ชื่อตัวชี้วัด").fill("รายได้จากสินค้าเกษตรปลอดภัย")
    fill(page, "1.1", 0, "50")
    satisfaction, time, organisation = opdcs[1], opdcs[2], opdcs[3]
    for kind, (one, weight) in enumerate(
        ((satisfaction, "20"), (time, "10"), (organisation, "20")), start=1
    ):
        page.goto(f"{stage.site}{work}kpis/new/?from={one.pk}")
        fill(page, f"{kind + 1}.1", kind, weight)
    page.get_by_role("link", name="แผนปฏิบัติราชการ").click()
    page.get_by_label("วิสัยทัศน์").fill("เมืองเกษตรปลอดภัย")
    page.get_by_label("ประเด็นยุทธศาสตร์").fill("1. เกษตรปลอดภัย")
    page.get_by_label("เป้าประสงค์").fill("รายได้ของเกษตรกรเพิ่มขึ้น")
    page.get_by_role("button", name="บันทึก").click()
    expect(page.get_by_text("ครบถ้วนตามหลักเกณฑ์ พร้อมเสนอ")).to_be_visible()
    press(page, "เสนอผู้อนุมัติ", "รอผู้อนุมัติของหน่วยงาน")
    stage.refused(world.reporter, work + "move/submit/", NOT_YOURS)
    press(stage.goto(world.approver, work), "อนุมัติและส่งคณะกรรมการ", "รอสำนักงาน ก.พ.ร.")
    return card


def templates_sent_and_audited(play: Play, card: Scorecard) -> None:
    """January: the province fills in its KPI templates; February: OPDC's audit passes them."""
    world, stage = play.world, play.stage
    path = f"/scorecards/{card.pk}/templates/"
    play.on(2011, 1, 25)
    for number in ("1.1", "2.1", "3.1", "4.1"):
        page = stage.goto(world.reporter, f"{path}kpis/{number}/")
        for name in TEMPLATE:
            page.locator(f"[name={name}]").fill("ตามคู่มือ")
        for year, value in ((2551, "58"), (2552, "61"), (2553, "64")):
            page.locator(f"[name=baseline_{year}]").fill(value)
        send(page, page.locator("form.stack button.button-main"))
        expect(page.get_by_role("status").first).to_be_visible()
    page = stage.goto(world.reporter, path)
    expect(page.get_by_text("✓ ครบถ้วน")).to_have_count(4)
    send(page, page.locator("form[action*='/move/propose/'] button"))
    stage.refused(world.reporter, path + "move/submit/", NOT_YOURS)
    page = stage.goto(world.approver, path)
    send(page, page.locator("form[action*='/move/submit/'] button"))
    play.on(2011, 2, 15)
    page = stage.goto(world.analyst, path)
    for box in page.locator("input[value=passed]").all():
        box.check()
    send(page, page.get_by_role("button", name="บันทึกผลตรวจสอบ"))
    send(page, page.locator("form[action*='/move/pass/'] button"))
    page = stage.goto(world.reporter, f"/scorecards/{card.pk}/")
    expect(page.get_by_role("link", name="ฉบับที่ 2")).to_be_visible()


def test_a_province_from_its_proposal_to_the_incentive(
    stage: Stage, world: World, tmp_path: Path
) -> None:
    play = Play(stage, world, tmp_path, year=2554)
    province = world.province
    nso = department("NSO", "สำนักงานสถิติแห่งชาติ")
    Body.objects.filter(pk=nso.pk).update(evaluated_from=None)
    statistics = person("statistics")

    play.on(2010, 9, 10)
    page = stage.goto(world.administrator, "/people/invite/")
    for name, text in (("email", statistics.email), ("name", statistics.name), ("body", "NSO")):
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=role]").select_option(Role.CENTRAL_OWNER)
    send(page, page.locator("form.stack button.button-main"))
    expect(page.get_by_role("status").first).to_be_visible()
    page = stage.goto(statistics, "/role-offers/")  # who has an account already accepts the role
    send(page, page.locator("th[scope=row] a"))
    send(page, page.locator("form[action*='/move/accept/'] button"))
    card = proposed(play, listed())
    work = f"/scorecards/{card.pk}/"

    # Not everything is on the list: the committee negotiates, by video, on 27 September.
    play.on(2010, 9, 27)
    for stranger in (world.approver, world.administrator, world.auditor):
        stage.refused(stranger, work + "move/collect/", NOT_YOURS)
    stage.refused(world.ministers_office, work + "move/collect/", NOT_FOUND)
    press(stage.goto(world.analyst, work), "รวบรวม", "รอคณะกรรมการระดับ 2 พิจารณา")
    stage.refused(world.secretaries["L2-P"], work + "move/approve/", NOT_FOUND)
    sit(stage, world, world.negotiation, "approve")

    # November: the governor and those with whom the pledge is signed.
    play.on(2010, 11, 15)
    for role in signers_of(card):
        page = stage.goto(world.approver, work + "signing/")
        expect(page.locator(".agreement-part h3").first).to_contain_text(role)
        page.locator("input[name=name]").fill("ผู้ลงนาม")
        page.locator("input[name=signed_on]").fill("2010-11-15")
        page.locator(".agreement-part form button").click()
        expect(page.locator(".signatures strong")).to_have_count(signers_of(card).index(role) + 1)
    press(stage.goto(world.analyst, work), "ลงนามครบแล้ว ให้มีผล", "มีผลใช้บังคับ")
    visitor = stage.visitor()
    visitor.goto(f"{stage.site}/agencies/{province.code}/2554/agreement/")
    expect(visitor.locator(".agreement-part")).to_have_count(5)

    templates_sent_and_audited(play, card)

    # The survey of the statistics office, and the province's own results, two working days late.
    play.on(2011, 10, 5)
    play.delivers(statistics, "satisfaction", {province: "75"})
    play.on(2011, 11, 2)
    for number, actual in (("1.1", "72.5"), ("3.1", "80"), ("4.1", "62")):
        play.says(world.reporter, province, number, actual)
    play.moves(world.reporter, province, "เสนอผู้อนุมัติ")
    page = play.moves(world.approver, province, "ส่งรายงาน")
    send(page, page.get_by_role("link", name="กลับไปที่รายงาน"))
    expect(page.get_by_text("0.1000").first).to_be_visible()

    # December: OPDC evaluates at the province.
    play.on(2011, 12, 6)
    play.judges(world.assessor, province, "3.1", "75", "นับรวมงานที่เกินมาตรฐานเวลา")
    play.passes_on(world.assessor, province)
    play.on(2012, 1, 20)
    page = stage.goto(world.analyst, "/release/")
    page.locator("input[data-all=result]").check()
    play.press(page, "เผยแพร่ที่เลือก")
    expect(page.locator(".refused li")).to_have_count(3)  # the steps before a release
    for day in ("2012-01-10", "2012-01-12", "2012-01-17"):
        page = stage.goto(world.analyst, "/release/route/2554/12m/")  # the next step is chosen
        page.locator("[name=meeting]").fill("ครั้งที่ 1/2555")
        page.get_by_label("วันที่ประชุม").fill(day)
        play.press(page, "บันทึกขั้นตอน")
    page = stage.goto(world.analyst, "/release/")
    page.locator("input[data-all=result]").check()
    play.press(page, "เผยแพร่ที่เลือก")
    expect(page.get_by_role("status").first).to_contain_text("เผยแพร่แล้ว 1 ผล")

    visitor.goto(f"{stage.site}/results/2554/12m/{province.code}/")
    expect(visitor.locator(".score .total")).to_have_text("3.1300")
    expect(visitor.locator(".score .grade")).to_contain_text("มีสิทธิได้รับสิ่งจูงใจ")
    expect(visitor.locator("p.late")).to_contain_text("0.1000")
    visitor.goto(f"{stage.site}/results/2554/12m/{province.code}/explanation/")
    counted = visitor.locator(".late-days tr.counts")
    expect(counted.locator("th")).to_have_text(["อังคาร 1 พฤศจิกายน 2554", "พุธ 2 พฤศจิกายน 2554"])
    expect(counted.locator(".num")).to_have_text(["0.0500", "0.1000"])
    expect(visitor.locator(".late-account")).to_contain_text("มหาอุทกภัย")
    expect(visitor.locator(".late-days tfoot .num")).to_have_text(["3.2300", "3.1300"])
    page = stage.goto(world.auditor, work)
    expect(page.locator(".timeline")).to_contain_text("ลงนาม")
    assert list(verify(records(), heads())) == []
