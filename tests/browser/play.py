"""What people of a year do in their browsers, told once for every test that plays one."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from esar.judge.assessments.models import Assessment
from esar.platform.organisations.models import Body, Committee, Person
from esar.platform.ui import clock
from esar.report.reports.models import Report
from tests.browser.stage import Stage
from tests.browser.windows import send
from tests.make import World

NOT_FOUND = "ไม่พบหน้าที่ขอ"


def press(page: Page, name: str, state: str, reason: str = "") -> None:
    """Press a button of a scorecard or a request, and see the state that it leads to."""
    if reason:
        page.get_by_label("คำชี้แจงต่อคณะกรรมการ (ถ้ามี)").fill(reason)
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".state").first).to_contain_text(state)


def sit(stage: Stage, world: World, committee: Committee, outcome: str, reason: str = "") -> None:
    """Call a sitting, table everything that waits, mark who is there, open, resolve, close."""
    secretary = world.secretaries[committee.code]
    page = stage.goto(secretary, f"/committees/{committee.code}/")
    page.get_by_label("วันและเวลาประชุม").fill(clock.today().isoformat() + "T09:30")
    page.get_by_label("สถานที่").fill("ห้องประชุม 1")
    send(page, page.get_by_role("button", name="นัดประชุม"))
    sitting = page.url.rstrip("/").split("/")[-1]
    vacancies = page.get_by_label("เหตุผลที่ประชุมทั้งที่มีตำแหน่งว่าง")
    if vacancies.count():  # only where the rulebook knows the committee's seats
        vacancies.fill("ยังแต่งตั้งไม่ครบ")
    page.get_by_role("button", name="เปิดประชุม").click()
    expect(page.get_by_role("alert")).to_contain_text("ไม่ครบองค์ประชุม")
    page.goto(f"{stage.site}/sittings/{sitting}/")
    page.locator("input[data-all=present]").check()
    page.get_by_role("button", name="บันทึกผู้มาประชุม").click()
    expect(page.get_by_text("✓ ครบองค์ประชุม")).to_be_visible()
    page.locator("input[data-all=thing]").check()
    send(page, page.get_by_role("button", name="บรรจุวาระที่เลือก"))
    if vacancies.count():
        vacancies.fill("ยังแต่งตั้งไม่ครบ")
    page.get_by_role("button", name="เปิดประชุม").click()
    stage.refused(
        world.members[committee.code][0],
        f"/sittings/{sitting}/resolve/",
        NOT_FOUND,
        outcome=outcome,
    )
    page.get_by_label("วาระที่ 1").check()
    page.get_by_label("มติ", exact=True).select_option(outcome)
    page.locator("#reason").fill(reason)
    page.get_by_role("button", name="ลงมติเรื่องที่เลือก").click()
    expect(page.get_by_role("status")).to_contain_text("บันทึกแล้ว 1 เรื่อง")
    page.get_by_label("รายงานการประชุม").fill("ที่ประชุมมีมติตามที่เสนอ")
    page.get_by_role("button", name="ปิดประชุม").click()
    expect(page.locator(".state").first).to_contain_text("ปิดประชุมแล้ว")


class Play:
    """The people of one round of a fiscal year, and what each of them does."""

    def __init__(
        self, stage: Stage, world: World, folder: Path, *, year: int, round_id: str = "12m"
    ) -> None:
        self.stage, self.world, self.folder = stage, world, folder
        self.year, self.round_id = year, round_id

    def report(self, body: Any) -> Report:
        return Report.objects.get(
            scorecard__body=body, scorecard__fiscal_year=self.year, round_id=self.round_id
        )

    def on(self, year: int, month: int, day: int) -> None:
        clock.pretend(date(year, month, day))

    def press(self, page: Page, name: str) -> None:
        """Press a button, saying yes where the page asks."""
        page.once("dialog", lambda dialog: dialog.accept())
        send(page, page.get_by_role("button", name=name, exact=True).first)

    # --- the body ---------------------------------------------------------------------------------

    def says(self, who: Person, body: Any, number: str, actual: str, unit: str = "ร้อยละ") -> None:
        """Type a result and watch it save itself, with its points beside."""
        page = self.stage.goto(who, f"/reports/{self.report(body).pk}/kpis/{number}/")
        page.get_by_label(f"ผลการดำเนินงาน ({unit})").fill(actual)
        page.get_by_label("การดำเนินงานที่ผ่านมา").fill(f"ดำเนินการตามแผน {number}")
        expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")

    def attaches(self, who: Person, body: Any, number: str, name: str, content: bytes) -> Page:
        path = self.folder / name
        path.write_bytes(content)
        page = self.stage.goto(who, f"/reports/{self.report(body).pk}/kpis/{number}/")
        page.get_by_label("เลือกไฟล์").set_input_files(path)
        return page

    def moves(self, who: Person, body: Any, action: str, reason: str = "") -> Page:
        page = self.stage.goto(who, f"/reports/{self.report(body).pk}/")
        if reason:
            page.locator("input[name=reason]").fill(reason)
        self.press(page, action)
        if "/check/" in page.url:  # every answer once more, and what the approver declares
            for box in page.get_by_role("checkbox").all():
                box.check()
            self.press(page, action)
        expect(page.get_by_role("status").first).to_contain_text("ทำแล้ว")
        return page

    # --- central data -----------------------------------------------------------------------------

    def delivers(self, who: Person, rule: str, values: dict[Body, str]) -> None:
        book = Workbook()
        sheet: Any = book.active
        sheet.append(["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ค่า", "เหตุที่ไม่มีข้อมูล"])
        for body, value in values.items():
            sheet.append([body.code, body.name_th, float(value), None])
        out = BytesIO()
        book.save(out)
        path = self.folder / f"{rule}.xlsx"
        path.write_bytes(out.getvalue())
        page = self.stage.goto(
            who, f"/central/sets/{self.year}/{self.round_id}/central-data.{rule}/upload/"
        )
        page.locator("input[type=file]").set_input_files(path)
        send(page, page.locator("form.stack button"))
        expect(page.locator(".bound-kept")).to_be_visible()
        page.once("dialog", lambda dialog: dialog.accept())
        send(page, page.locator("form[action*=publish] button"))
        expect(page.get_by_role("status").first).to_be_visible()

    # --- assessment -------------------------------------------------------------------------------

    def assessment(self, who: Person, body: Any) -> Page:
        """Open it, declaring once for the year that there is no conflict of interest."""
        pk = self.assessment_of(body).pk
        page = self.stage.goto(who, f"/assessments/{pk}/")
        link = page.get_by_role("link", name=f"แจ้งสำหรับปี {self.year}")
        if link.count():
            send(page, link)
            send(page, page.get_by_role("button", name="แจ้งสำหรับทุกหน่วยงานในปี"))
            expect(page.get_by_role("status").first).to_contain_text("แจ้งแล้วสำหรับทุกหน่วยงาน")
        return page

    def assessment_of(self, body: Body) -> Assessment:
        return Assessment.objects.get(report=self.report(body))

    def judges(self, who: Person, body: Any, number: str, actual: str, reason: str) -> None:
        page = self.assessment(who, body)
        page.goto(f"{page.url.split('?')[0]}kpis/{number}/")
        page.locator("#other > summary").click()
        page.locator("input[name=actual]").fill(actual)
        page.locator("textarea[name=reason]").fill(reason)
        page.get_by_role("button", name="บันทึกแล้วไปต่อ").click()
        expect(page.get_by_role("status").first).to_contain_text("บันทึกผลประเมินตัวชี้วัด")

    def passes_on(self, who: Person, body: Any) -> None:
        page = self.assessment(who, body)
        page.get_by_role("button", name="เห็นชอบและส่งต่อ").click()
        expect(page.get_by_role("status").first).to_contain_text("ทำแล้ว")
