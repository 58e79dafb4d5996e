"""The first round of 2567 in a real browser, from a KPI with targets of the round to the CSV.

A province's KPI 1.1 adds up over the year and is held to targets of its own in the 6-month round;
1.2 is cancelled, of which OPDC is told on 28 February; 1.3 would be changed, of which it is told on
4 March. One who is invited makes the quorum. The total, by hand:

    Agreed: 1.1 40, 1.2 10, 1.3 20, digital 20, PMQA 10. What 1.2 had goes to the KPIs of its part:
      1.1   40 + 10 × 40 ÷ 60 = 46.6667          1.3   20 + 10 × 20 ÷ 60 = 23.3333
    The round measures 1.1 and 1.3: it is out of 70.
      1.1   620 of 560 / 600 / 640: 75 + 25 × 20 ÷ 40 = 87.5      × 46.6667 ÷ 100 = 40.83336
      1.3   85 of 80 / 85 / 90: 75                                × 23.3333 ÷ 100 = 17.499975
      together 58.33 of 70: 83.33 per cent
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard, ScorecardVersion
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from tests.agree.changes.make import moment
from tests.browser.play import Play
from tests.browser.stage import Stage
from tests.browser.windows import answer_form_of_kind, go_on, send
from tests.make import AT, ON, VACANT, World, fields, kpi, person, request_fields, resolved
from tests.show.public.make import ministry
from tests.whole.make_weights import plain, weights_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR, ROUND = ("1150.40", "1202.17", "1256.27"), ("560", "600", "640")
COUNTED = {"1.1": "46.6667", "1.2": "–", "1.3": "23.3333", "2.1": "20", "2.2": "10"}
RECORD = "บันทึกการแจ้งสำนักงาน ก.พ.ร."


def is_drafted(stage: Stage, world: World) -> Scorecard:
    """Two KPIs of the draft are there; the reporter writes 1.1, the round's targets beside."""
    card = open_scorecard(world.province, 2567, by=world.reporter, at=AT, on=ON)
    for number, weight in (("1.2", 10), ("1.3", 20)):
        values = fields(number, weight=Decimal(weight))
        save_kpi(card, values, by=world.reporter, at=AT, on=ON)
    page = stage.goto(world.reporter, f"/scorecards/{card.pk}/kpis/new/")
    page.locator("[name=number]").fill("1.1")
    page.get_by_label("ชื่อตัวชี้วัด").fill("รายได้จากการท่องเที่ยว")
    page.get_by_label("ประเภทตัวชี้วัด").select_option(index=1)
    page.get_by_label("คำอธิบาย/นิยาม").fill("ตามคู่มือ")
    go_on(page)
    page.get_by_label("ยิ่งมากยิ่งดี").check()
    page.locator("[name=unit]").fill("ล้านบาท")
    for label in ("สูตรการคำนวณ", "แหล่งข้อมูล", "วิธีการจัดเก็บข้อมูล", "แผนหลักฐาน"):
        page.get_by_label(label).fill("ตามคู่มือ")
    page.get_by_text("การรวมผล และเงื่อนไข").click()
    page.get_by_label("วิธีสะสมผล").select_option("sum")
    go_on(page)
    page.get_by_text("ค่าเป้าหมายของรอบระหว่างปี").click()
    for place in range(3):
        page.locator(f"[name=target_{place + 1}]").fill(YEAR[place])
        page.locator(f"[name=round_6m_{place + 1}]").fill(ROUND[place])
    page.get_by_label("น้ำหนัก (ร้อยละ)").fill("40")
    go_on(page)
    answer_form_of_kind(page)
    go_on(page)
    expect(page.get_by_role("status").first).to_contain_text("บันทึกตัวชี้วัด")
    assert kpi(card).rounds == [{"round": "6m", "held_to": "round", "targets": list(ROUND)}]
    return card


def comes_into_force(stage: Stage, world: World, card: Scorecard) -> None:
    """The way of test_path by the acts themselves, but for the sitting of level 1."""
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    SCORECARD_LIFE.move(card, "submit", by=world.approver, at=AT, on=ON)
    sits_with_one_invited(stage, world)
    card.refresh_from_db()
    resolved(world, world.level2, card, "approve")
    SCORECARD_LIFE.move(card, "collect", by=world.analyst, at=AT, on=ON)
    resolved(world, world.sub, card, "acknowledge")
    SCORECARD_LIFE.move(card, "inform", by=world.analyst, at=AT, on=ON)


def asks(world: World, card: Scorecard, number: str, on: date, *, cancels: bool) -> ChangeRequest:
    wanted = request_fields(cancels=cancels)
    change = changes.ask(card, kpi(card, number), wanted, by=world.reporter, at=moment(on), on=on)
    CHANGE_LIFE.move(change, "propose", by=world.reporter, at=moment(on), on=on)
    CHANGE_LIFE.move(change, "submit", by=world.approver, at=moment(on), on=on)
    return change


def sits_with_one_invited(stage: Stage, world: World) -> None:
    """Of three members the secretary alone is there; with the one invited there are two."""
    page = stage.goto(world.secretaries["L1-P"], "/committees/L1-P/")
    page.get_by_label("วันและเวลาประชุม").fill(clock.today().isoformat() + "T09:30")
    page.get_by_label("สถานที่").fill("ห้องประชุม 1")
    send(page, page.get_by_role("button", name="นัดประชุม"))
    page.get_by_label("ชื่อผู้ได้รับเชิญ").fill("นางสาวผู้ได้รับเชิญ")
    page.get_by_label("ตำแหน่งที่มีหน้าที่เกี่ยวกับเรื่องนี้").fill("ท่องเที่ยวและกีฬาจังหวัด")
    send(page, page.get_by_role("button", name="เชิญ", exact=True))
    secretary = world.secretaries["L1-P"]
    page.get_by_label(secretary.name).check()
    send(page, page.get_by_role("button", name="บันทึกผู้มาประชุม"))
    expect(page.get_by_text("✓ ครบองค์ประชุม")).to_have_count(0)
    page.get_by_label("นางสาวผู้ได้รับเชิญ").check()
    send(page, page.get_by_role("button", name="บันทึกผู้มาประชุม"))
    expect(page.get_by_text("✓ ครบองค์ประชุม")).to_be_visible()
    page.locator("input[data-all=thing]").check()
    send(page, page.get_by_role("button", name="บรรจุวาระที่เลือก"))
    page.get_by_label("เหตุผลที่ประชุมทั้งที่มีตำแหน่งว่าง").fill(VACANT)
    page.get_by_role("button", name="เปิดประชุม").click()
    page.get_by_label("วาระที่ 1").check()
    page.get_by_label("มติ", exact=True).select_option("opinion")
    page.get_by_role("button", name="ลงมติเรื่องที่เลือก").click()
    expect(page.get_by_role("status").first).to_contain_text("บันทึกแล้ว 1 เรื่อง")
    page.get_by_label("รายงานการประชุม").fill("ที่ประชุมมีมติตามที่เสนอ")
    page.get_by_role("button", name="ปิดประชุม").click()
    expect(page.locator(".state").first).to_contain_text("ปิดประชุมแล้ว")


def tells(stage: Stage, world: World, change: ChangeRequest, day: date, letter: str) -> str:
    """The secretary opens the desk, follows it to the request and records the notice."""
    clock.pretend(day)
    page = stage.goto(world.secretaries["L2-P"], "/desk/")
    page.locator(f'a[href$="/changes/{change.pk}/"]').first.click()
    expect(page.get_by_label("วันที่แจ้งสำนักงาน ก.พ.ร.")).to_have_value(day.isoformat())
    page.get_by_label("เลขที่หนังสือ").fill(letter)
    send(page, page.get_by_role("button", name=RECORD))
    return page.locator("main").inner_text()


def has_the_counted_weights(page: Page) -> None:
    text = page.content()
    assert (page.url, weights_on(text), "⊘" in text) == (page.url, COUNTED, True)


def downloaded(page: Page, address: str) -> bytes:
    answer = page.request.get(address)
    assert answer.status == 200, address
    return answer.body()


def test_a_round_with_targets_of_its_own_a_cancellation_and_an_invited_members_quorum(
    stage: Stage, world: World, tmp_path: Path
) -> None:
    play = Play(stage, world, tmp_path, year=2567, round_id="6m")
    interior = person("interior", (Role.MINISTERS_OFFICE, ministry("MOI")))
    prime = person("prime", (Role.MINISTERS_OFFICE, ministry("PMO")))
    province = world.province
    card = is_drafted(stage, world)
    comes_into_force(stage, world, card)

    # February: two requests, approved, and two days of telling OPDC.
    february = date(2024, 2, 10)
    clock.pretend(february)
    cancellation = asks(world, card, "1.2", february, cancels=True)
    other = asks(world, card, "1.3", february, cancels=False)
    for change in (cancellation, other):
        resolved(world, world.level2, change, "approve", on=february)
    page_text = tells(stage, world, cancellation, date(2024, 2, 28), "มท 0810/28")
    assert "อนุมัติแล้ว รอ อ.ก.พ.ร. รับทราบ" in page_text
    assert "28 กุมภาพันธ์ 2567 · มท 0810/28" in page_text
    page_text = tells(stage, world, other, date(2024, 3, 4), "มท 0810/99")
    assert "วันที่ 4 มีนาคม 2567 ไม่อยู่ในช่วงที่ต้องแจ้งผลให้สำนักงาน ก.พ.ร." in page_text
    assert "1 กรกฎาคม 2567 – 31 กรกฎาคม 2567" in page_text
    other.refresh_from_db()
    assert (other.state, other.told_on) == ("tell", None)
    assert kpi(card, "1.3").targets == ["80", "85", "90"]
    assert ScorecardVersion.objects.filter(scorecard=card).count() == 2

    # April: the report of the round, assessed by three, released.
    play.on(2024, 4, 20)
    play.says(world.reporter, province, "1.1", "620", unit="ล้านบาท")
    play.says(world.reporter, province, "1.3", "85")
    play.moves(world.reporter, province, "เสนอผู้อนุมัติ")
    play.moves(world.approver, province, "ส่งรายงาน")
    for who in (world.assessor, interior, prime):
        play.passes_on(who, province)
    play.on(2024, 5, 10)
    page = stage.goto(world.analyst, "/release/")
    page.locator("input[data-all=result]").check()
    play.press(page, "เผยแพร่ที่เลือก")
    expect(page.get_by_role("status").first).to_contain_text("เผยแพร่แล้ว 1 ผล")

    result = f"/results/2567/6m/{province.code}/"
    page = stage.goto(world.analyst, result)
    expect(page.locator(".score .total")).to_have_text("58.33")
    expect(page.locator(".score")).to_contain_text("70")
    for path in (
        f"/scorecards/{card.pk}/",
        f"/scorecards/{card.pk}/versions/2/",
        f"/agencies/{province.code}/2567/agreement/",
        f"/reports/{play.report(province).pk}/",
        f"/reports/{play.report(province).pk}/card/",
        f"/assessments/{play.assessment_of(province).pk}/",
        result,
    ):
        has_the_counted_weights(stage.goto(world.analyst, path))
    listed = downloaded(page, f"{stage.site}/scorecards/kpis.csv?year=2567").decode("utf-8-sig")
    rows = {row["kpi"]: row for row in csv.DictReader(io.StringIO(listed))}
    assert plain({number: Decimal(row["weight"]) for number, row in rows.items()}) == COUNTED
    with zipfile.ZipFile(
        io.BytesIO(downloaded(page, f"{stage.site}/results/2567/data/package.zip"))
    ) as package:
        table = package.read("data/kpis.csv").decode("utf-8-sig")
    assert {
        row["kpi"]: row["weight"] or "–" for row in csv.DictReader(io.StringIO(table))
    } == COUNTED
    page = stage.goto(world.analyst, "/linkage/2567/1/")
    expect(page.get_by_role("row").filter(has_text=province.name_th)).to_contain_text("83.33")
