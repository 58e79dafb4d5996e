"""Strategic KPIs in a real browser, from OPDC's draft to what their host reports.

OPDC drafts two; level 1 gives its opinion, the sub-commission approves, the committee is told. It
cascades the first to a KPI of one department and, as a proxy, to one of another; the second it
declines and says why. Both KPIs are on scorecards in force and counted as cascaded. The host
reports what the first came to, OPDC releases it, and a visitor reads it. At each step somebody
whose step it is not is refused.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from esar.agree.committees.models import Sitting
from esar.agree.scorecards.models import Scorecard
from esar.agree.strategic_kpis.models import StrategicKpi, StrategicResult
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Body, Committee, Jurisdiction, Person, Role
from esar.platform.ui import clock
from tests.browser.axe_and_width import check
from tests.browser.play import NOT_FOUND
from tests.browser.stage import Stage
from tests.browser.windows import send
from tests.exchange.inspection.good import pdf
from tests.make import AT, SINCE, VACANT, World, in_force, kpi, person
from tests.show.public.make import department

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOT_YOURS = "ไม่ได้เป็นสำหรับรายการนี้"
CODES = ("SK-MOC-01", "SK-MOC-02")


def second_department(world: World) -> Body:
    """Of the same ministry and before the same committees, with the same people."""
    body = department("DFT", "กรมการค้าต่างประเทศ")
    for committee in (world.level1d, world.level2d):
        Jurisdiction.objects.create(committee=committee, body=body)
    for who, role in ((world.reporter_d, Role.REPORTER), (world.approver_d, Role.APPROVER)):
        appoint(who, role, by=None, at=AT, on=SINCE, body=body)
    for name in ("reporter_d", "approver_d"):
        setattr(world, name, Person.objects.get(pk=getattr(world, name).pk))
    return body


def drafts(stage: Stage, world: World) -> None:
    """The analyst writes two, as nobody else may, and does not put them before level 1."""
    for code, name in zip(CODES, ("มูลค่าการค้าชายแดน", "ดัชนีความเชื่อมั่นผู้บริโภค"), strict=True):
        page = stage.goto(world.analyst, "/strategic/new/")
        page.get_by_label("รหัส", exact=True).fill(code)
        page.get_by_label("เจ้าภาพ").select_option(index=1)
        page.get_by_label("ชื่อตัวชี้วัด").fill(name)
        page.get_by_label("หน่วยวัด").fill("ล้านบาท")
        page.locator("[name=direction]").select_option("higher")
        page.locator("[name=plan]").select_option("master_plan")
        page.get_by_label("ประเด็น", exact=True).fill("การค้าระหว่างประเทศ")
        for year in range(2566, 2571):
            page.locator(f"[name=target_{year}]").fill(str(year - 2496))
        send(page, page.get_by_role("button", name="บันทึก", exact=True))
    for who in (world.reporter_d, world.administrator):
        stage.refused(
            who, "/strategic/new/", NOT_FOUND if who == world.reporter_d else "", code="X"
        )
    first = StrategicKpi.objects.get(code=CODES[0])
    move = f"/strategic/{first.pk}/move/submit/"
    stage.refused(world.secretaries["L1-D"], move, NOT_FOUND)
    page = stage.goto(world.analyst, f"/strategic/{first.pk}/")
    expect(page.get_by_role("button", name="เสนอคณะทำงานระดับ 1")).to_have_count(0)
    check(page)


def of_many(page: Page, button: str) -> None:
    """Tick everything of the list and press."""
    page.locator("input[data-all=strategic]").check()
    send(page, page.get_by_role("button", name=button, exact=True))


def sits(stage: Stage, world: World, committee: Committee) -> Page:
    """The secretary calls a sitting, marks who is there and opens it; the page of its list."""
    secretary = world.secretaries[committee.code]
    page = stage.goto(secretary, f"/committees/{committee.code}/")
    page.get_by_label("วันและเวลาประชุม").fill(clock.today().isoformat() + "T09:30")
    page.get_by_label("สถานที่").fill("ห้องประชุม 1")
    send(page, page.get_by_role("button", name="นัดประชุม"))
    page.locator("input[data-all=present]").check()
    send(page, page.get_by_role("button", name="บันทึกผู้มาประชุม"))
    vacancies = page.get_by_label("เหตุผลที่ประชุมทั้งที่มีตำแหน่งว่าง")
    if vacancies.count():
        vacancies.fill(VACANT)
    send(page, page.get_by_role("button", name="เปิดประชุม"))
    sitting = Sitting.objects.filter(committee=committee).order_by("-pk")[0]
    return stage.goto(secretary, f"/strategic/sittings/{sitting.pk}/")


def goes_by_both_committees(stage: Stage, world: World) -> None:
    of_many(stage.goto(world.administrator, "/strategic/"), "เสนอคณะทำงานระดับ 1")
    for committee, name in ((world.level1d, "opinion"), (world.sub, "approve")):
        page = sits(stage, world, committee)
        path = page.url.removeprefix(stage.site)
        first = str(StrategicKpi.objects.get(code=CODES[0]).pk)
        member = world.members[committee.code][0]
        stage.refused(member, f"{path}agenda/", NOT_FOUND, strategic=first)
        check(page)
        shown(page, f"waiting-{name}")
        of_many(page, "บรรจุวาระที่เลือก")
        expect(page.get_by_role("status").first).to_contain_text("เสนอเข้าที่ประชุมแล้ว 2 ตัว")
        page.locator("input[name=item]").check()
        page.locator("#outcome").select_option(name)
        votes(page, 2, 0)
        check(page)
        shown(page, f"table-{name}")
        send(page, page.get_by_role("button", name="ลงมติเรื่องที่เลือก"))
        closes(page)
    page = stage.goto(world.administrator, "/strategic/")
    stage.refused(world.secretaries["L2-MOC"], "/strategic/moves/tell/", NOT_FOUND)
    of_many(page, "แจ้งคณะกรรมการ")
    desk = stage.goto(world.secretaries["L2-MOC"], "/desk/")
    expect(desk.get_by_text("มีมติว่าแต่ละตัวถ่ายทอดสู่ใคร")).to_be_visible()


def is_cascaded(stage: Stage, world: World, cards: list[Scorecard]) -> None:
    """The first to a KPI of each department, the second to none, which needs a reason.

    A member who has a role at the host leaves: two are there, who both vote for it.
    """
    leaves = world.members["L2-MOC"][0]
    host = Body.objects.get(code="MOC")
    appoint(leaves, Role.REPORTER, by=None, at=AT, on=SINCE, body=host)
    page = sits(stage, world, world.level2d)
    path = page.url.removeprefix(stage.site)
    first, second = (StrategicKpi.objects.get(code=code).pk for code in CODES)
    stage.refused(world.secretaries["L1-D"], f"{path}{first}/", NOT_FOUND)
    page.goto(f"{stage.site}{path}{first}/")
    for card, relation in zip(cards, ("cascade", "proxy"), strict=True):
        page.locator(f"[name=kpi_{kpi(card).pk}]").select_option(relation)
    votes(page, 3, 0)
    check(page)
    shown(page, "decide")
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    expect(page.get_by_role("alert").first).to_contain_text("2")
    votes(page, 2, 0)
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    page.goto(f"{stage.site}{path}{second}/")
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("[name=reason]").select_option("other")
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    expect(page.get_by_role("status").first).to_contain_text("บันทึกมติแล้ว 1 ตัว")
    page.goto(f"{stage.site}{path.replace('/strategic', '')}")
    for item in page.locator(".agenda-item").all():
        item.locator("details").first.evaluate("(item) => (item.open = true)")
    expect(page.get_by_text("เห็นชอบ 2 ไม่เห็นชอบ 0 งดออกเสียง 0")).to_be_visible()
    expect(page.locator("li[id^=item-]").get_by_text(leaves.name)).to_have_count(2)
    check(page)
    shown(page, "sitting")
    is_corrected(page)
    closes(page)


def is_corrected(page: Page) -> None:
    """Until the sitting closes the second is resolved otherwise, with a reason."""
    page.get_by_role("link", name="แก้มติ").last.click()
    page.locator("[name=reason]").select_option("not-measurable")
    page.get_by_label("หมายเหตุ").fill("ยังไม่มีข้อมูลปีฐาน")
    page.get_by_label("เหตุผลที่แก้มติ").fill("ลงเหตุผลผิด")
    check(page)
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    page.go_back()
    page.go_back()
    page.reload()


def closes(page: Page) -> None:
    """The minutes are written, and what was resolved is carried out."""
    page.locator("#minutes").fill("มติตามที่เสนอ")
    send(page, page.get_by_role("button", name="ปิดประชุม"))


def votes(page: Page, for_it: int, against: int) -> None:
    page.locator("[name=votes_for]").fill(f"{for_it}")
    page.locator("[name=votes_against]").fill(f"{against}")


def is_counted(stage: Stage) -> None:
    """Visitors find both departments' KPIs in T2 and the second, with its reason, in T1."""
    visitor = stage.visitor()
    visitor.goto(f"{stage.site}/years/2567/tables/T2/?class=strategic")
    expect(visitor.locator("table.list").last.locator("tbody tr")).to_have_count(2)
    visitor.goto(f"{stage.site}/years/2567/tables/T1/?standing=not_cascaded")
    expect(visitor.get_by_text("ยังไม่มีข้อมูลปีฐาน")).to_be_visible()


def is_reported(stage: Stage, world: World, host: Body, folder: Path) -> None:
    """Written with evidence by the host's reporter, sent by its approver, released by OPDC."""
    clock.pretend(date(2024, 10, 15))
    reporter = person("moc-reporter", (Role.REPORTER, host))
    approver = person("moc-approver", (Role.APPROVER, host))
    page = stage.goto(reporter, "/2567/desk/")
    owed = page.locator(".tasks h3 a")
    expect(owed).to_contain_text("(2 ตัว)")
    send(page, owed)
    new = page.url.removeprefix(stage.site)
    stage.refused(world.reporter_d, new, NOT_FOUND, value="72")
    page.locator("[name=strategic]").select_option(index=1)
    page.locator("[name=value]").fill("72.5")
    check(page)
    send(page, page.get_by_role("button", name="บันทึก", exact=True))
    path = folder / "ผล.pdf"
    path.write_bytes(pdf())
    page.locator("input[type=file]").set_input_files(path)
    send(page, page.get_by_role("button", name="ส่งไฟล์"))
    expect(page.get_by_text("ผล.pdf").first).to_be_visible()
    check(page)
    result = StrategicResult.objects.get()
    move = f"/strategic/results/{result.pk}/move/"
    stage.refused(world.approver_d, f"{move}send/", NOT_FOUND)
    stage.refused(reporter, f"{move}send/", NOT_YOURS)
    for who, button in ((approver, "ส่งสำนักงาน ก.พ.ร."), (world.analyst, "เผยแพร่")):
        page = stage.goto(who, f"/strategic/results/{result.pk}/")
        page.once("dialog", lambda dialog: dialog.accept())
        send(page, page.get_by_role("button", name=button, exact=True))
    result.refresh_from_db()
    assert result.state == "released"


def shown(page: Page, name: str) -> None:
    """A picture of a page for who wants to look at it, wide and narrow."""
    if folder := os.environ.get("ESAR_PICTURES"):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_a_strategic_kpi_from_its_draft_to_its_result(
    world: World, stage: Stage, settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    host = Body.objects.get(code="MOC")
    cards = [in_force(world, body) for body in (world.department, second_department(world))]
    drafts(stage, world)
    goes_by_both_committees(stage, world)
    is_cascaded(stage, world, cards)
    is_counted(stage)
    is_reported(stage, world, host, tmp_path)

    visitor = stage.visitor()
    visitor.goto(f"{stage.site}/strategic/{StrategicKpi.objects.get(code=CODES[0]).pk}/")
    for words in ("72.5", "กรมการค้าต่างประเทศ", "กรมการค้าภายใน", "ทดแทน (Proxy)"):
        expect(visitor.get_by_text(words).first).to_be_visible()
    check(visitor)
    shown(visitor, "strategic")
    page = stage.goto(world.analyst, "/strategic/board/")
    check(page)
    shown(page, "board")
    page = stage.goto(world.analyst, f"/strategic/results/{StrategicResult.objects.get().pk}/")
    shown(page, "result")
