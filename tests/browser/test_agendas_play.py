"""The joint KPIs of a year in the browser: a quarter followed, the Cabinet adds, results arrive."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from esar.agree.agendas.models import Holder, MandatedAddition
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.report.follow_ups.models import FollowUp
from tests.agree.agendas.make import DUST, HEAD, WATER, enterprise, load, sub
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.browser.windows import send
from tests.make import World, person
from tests.report.outside_results.make import OCTOBER
from tests.show.public.make import department, province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JULY = date(2024, 7, 5)
CODES = [f"TH-{number}" for number in (*range(14, 27), *range(30, 40))]


def press(page: Page, name: str, reason: str = "") -> None:
    """A move's button, with its reason where it asks for one."""
    page.once("dialog", lambda asked: asked.accept())
    if reason:
        page.get_by_label("ความเห็น").or_(page.get_by_label("เหตุผล")).first.fill(reason)
    send(page, page.get_by_role("button", name=name))


def test_a_quarter_is_followed_the_cabinet_adds_and_results_arrive(
    world: World, stage: Stage
) -> None:
    lead = department("PCD", "กรมควบคุมมลพิษ")
    driver_body = department("SEPO", "สำนักงานคณะกรรมการนโยบายรัฐวิสาหกิจ")
    reporter = person("pcd-reporter", (Role.REPORTER, lead))
    approver = person("pcd-approver", (Role.APPROVER, lead))
    driver = person("sepo", (Role.REPORTER, driver_body))
    enterprise()
    for code in CODES:
        province(code)
    assert not load(world, HEAD + DUST + WATER + "1-01,,,,,,,,,TAT,5,,\n").problems

    _follow_a_quarter(world, stage, reporter, approver)
    _the_cabinet_adds(world, stage)
    _a_result_arrives_by_file(world, stage, driver)


def _follow_a_quarter(world: World, stage: Stage, reporter: Person, approver: Person) -> None:
    clock.pretend(JULY)
    page = stage.goto(reporter, "/follow-ups/new/PCD/2567/")
    page.get_by_label("ไตรมาส").select_option("3")
    page.get_by_label("ต้นทาง").select_option("behind")
    page.get_by_label("ปลายทาง").select_option("on_track")
    page.get_by_label("ปัญหาอุปสรรค").fill("จุดความร้อนข้ามแดน")
    check(page)
    send(page, page.get_by_role("button", name="บันทึก"))
    row = FollowUp.objects.get()
    address = f"/follow-ups/{row.pk}/"
    stage.refused(reporter, f"{address}move/send/", "ผู้อนุมัติ")
    stage.refused(world.reporter, f"{address}move/send/", "")

    page = stage.goto(approver, address)
    press(page, "ส่งคณะทำงาน")
    expect(page.get_by_text("จุดความร้อนข้ามแดน").first).to_be_visible()
    page = stage.goto(approver, "/agenda-board/?year=2567")
    expect(page.get_by_text("ต้นทาง").first).to_be_visible()
    check(page)


def _the_cabinet_adds(world: World, stage: Stage) -> None:
    page = stage.goto(world.analyst, "/additions/new/2567/")
    page.get_by_label("ตัวชี้วัดย่อย", exact=True).select_option(f"{sub('5-01').pk}")
    page.get_by_label("มติคณะรัฐมนตรี").first.fill("มติคณะรัฐมนตรี 25 มิถุนายน 2567 เรื่องที่ 13")
    page.get_by_label("วันที่มีมติ").fill("2024-06-25")
    page.locator("#id_now").fill(" ".join(CODES))
    check(page)
    send(page, page.get_by_role("button", name="บันทึก"))
    addition = MandatedAddition.objects.get()
    address = f"/additions/{addition.pk}/"
    stage.refused(world.analyst, f"{address}move/enact/", "")
    stage.refused(world.reporter, f"{address}move/enact/", "")
    assert Holder.objects.filter(addition=addition).count() == 0

    page = stage.goto(world.administrator, address)
    press(page, "ให้มีผลตามมติ")
    assert Holder.objects.filter(addition=addition).count() == len(CODES) == 23

    page = stage.visitor()
    page.goto(f"{stage.site}/agendas/2567/dust/")
    expect(page.get_by_text("ใน 24 จังหวัดที่รับตัวชี้วัดย่อย ถึงเป้าหมาย 0 จังหวัด")).to_be_visible()
    page.get_by_role("link", name="ดูเป็นตาราง").click()
    mine = page.get_by_role("row").filter(has_text=world.province.name_th)
    expect(mine.get_by_text("ยังไม่มีผลที่เผยแพร่")).to_be_visible()
    check(page)


def _a_result_arrives_by_file(world: World, stage: Stage, driver: Person) -> None:
    clock.pretend(OCTOBER)
    page = stage.goto(driver, "/outside-results/?year=2567")
    expect(page.get_by_role("cell", name="ยังไม่ได้รับผล")).to_be_visible()
    check(page)
    send(page, page.get_by_role("link", name="ส่งแฟ้มผลนอกการประเมิน"))
    for text, told in (
        ("code,body,value\n1-01,DIT,6\n", "สำนักงาน ก.พ.ร. ประเมิน"),
        ("code,body,value\n1-01,TAT,6\n", "รับเข้าระบบแล้ว: ใหม่ 1"),
    ):
        page.locator("input[type=file]").set_input_files(
            {"name": "results.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        send(page, page.get_by_role("button", name="ส่ง"))
        expect(page.get_by_text(told).first).to_be_visible()
        check(page)
    holding = Holder.objects.get(body__code="TAT").pk
    stage.refused(world.reporter, f"/outside-results/{holding}/", "สคร.: รัฐวิสาหกิจ", value="9")

    page = stage.visitor()
    page.goto(f"{stage.site}/sub-indicators/{sub('1-01').pk}/")
    row = page.get_by_role("row").filter(has_text="TAT")
    expect(row.get_by_text("ถึงเป้าหมาย")).to_be_visible()
    check(page)
