"""The newcomer's tour: plays a demo year on a fresh site and takes the pictures of docs/tour.

`make tour` runs it: a site of its own, the demo accounts, the real pages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.browser.tour_pages import LOOKS, Look, sheet_of

WORK = "/scorecards/1/"  # the demo province's


class Tour:
    """A browser, the site, and the folder for the pictures."""

    def __init__(self, browser: Browser, site: str, folder: Path) -> None:
        self.browser, self.site, self.folder, self.number = browser, site, folder, 0

    @contextmanager
    def as_(self, account: str, path: str, width: int = 1200) -> Iterator[Page]:
        """A window in which this demo account is signed in, at a page."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, locale="th-TH", timezone_id="Asia/Bangkok"
        )
        page = context.new_page()
        page.goto(f"{self.site}/account/login/?next={path}")
        offered = f'form:has(input[value="demo-{account}@example.test"]) button'
        page.locator(offered).click()
        page.wait_for_url(f"**{path}")
        yield page
        context.close()

    def go_to(self, page: Page, day: str) -> None:
        """Let the demo pretend that it is this day."""
        page.locator(".rail .demo-day summary").click()
        page.locator("#demo-day").fill(day)
        page.locator(".rail .demo-day").get_by_role("button", name="เปลี่ยนวัน").click()

    def picture(self, page: Page, name: str, *, whole: bool = False) -> None:
        self.number += 1
        page.evaluate("document.fonts.ready")
        path = self.folder / f"{self.number:02d}-{name}.png"
        page.screenshot(path=path, full_page=whole)

    def sit(self, account: str, committee: str, outcome: str, picture: str = "") -> None:
        """Call a sitting, table what waits, mark who is there, open, resolve, close."""
        with self.as_(account, f"/committees/{committee}/") as page:
            day = page.locator("#demo-day").input_value()
            page.get_by_label("วันและเวลาประชุม").fill(f"{day}T09:30")
            page.get_by_label("สถานที่").fill("ห้องประชุม สำนักงาน ก.พ.ร.")
            page.get_by_role("button", name="นัดประชุม").click()
            page.locator("input[data-all=present]").check()
            page.get_by_role("button", name="บันทึกผู้มาประชุม").click()
            page.locator("input[data-all=thing]").check()
            page.get_by_role("button", name="บรรจุวาระที่เลือก").click()
            page.wait_for_load_state()
            vacancies = page.get_by_label("เหตุผลที่ประชุมทั้งที่มีตำแหน่งว่าง")
            if vacancies.count():  # only where the rulebook knows the committee's seats
                vacancies.fill("ยังแต่งตั้งไม่ครบ")
            page.get_by_role("button", name="เปิดประชุม").click()
            if picture:
                self.picture(page, picture, whole=True)
            for box in page.locator("input[name=item]").all():
                box.check()
            page.get_by_label("มติ", exact=True).select_option(outcome)
            page.get_by_role("button", name="ลงมติเรื่องที่เลือก").click()
            page.wait_for_load_state()
            if page.locator("input[name=confirmed]").count():  # several at once: with their names
                page.locator("form:has(input[name=confirmed]) .button-main").click()
            page.get_by_label("รายงานการประชุม").fill("ที่ประชุมมีมติตามที่เสนอ")
            page.get_by_role("button", name="ปิดประชุม").click()


class Pages:
    """Pictures of one page each: wide and phone, light and dark, Thai and English."""

    AFTER = (  # name, account (none: a visitor), path; once the tour has been played
        ("home", "", "/"),
        ("ranking", "", "/ranking/"),
        ("explorer", "", "/explore/"),
        ("result", "", "/results/2567/12m/TH-74/"),
        ("calendar", "", "/calendar/2568/"),
        ("agendas", "", "/agendas/2567/"),
        ("hub", "reporter-73", "/agencies/TH-73/"),
        ("nation", "analyst", "/nation/2567/"),
        ("analyst-desk", "analyst", "/desk/"),
        ("minister", "interior", "/ministers/"),
        ("administration", "administrator", "/administration/"),
        ("people", "administrator", "/people/by-body/"),
        ("components", "", "/components/"),
    )

    def __init__(self, tour: Tour) -> None:
        self.tour = tour

    def take(self) -> None:
        for name, account, path in self.AFTER:
            self.take_as(account, name, path)

    def take_as(self, account: str, name: str, path: str) -> None:
        """A sheet of the page in every look."""
        pictures = [self._picture(account, path, look) for look in LOOKS]
        sheet_of(pictures).save(self.tour.folder / f"page-{name}.webp", quality=55, method=6)

    def _picture(self, account: str, path: str, look: Look) -> bytes:
        context = self.tour.browser.new_context(
            viewport={"width": look.width, "height": look.height},
            color_scheme=look.scheme,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
        )
        page = context.new_page()
        if account:
            page.goto(f"{self.tour.site}/account/login/?next=/account/")
            page.locator(f'form:has(input[value="demo-{account}@example.test"]) button').click()
            page.wait_for_url("**/account/")
        page.goto(f"{self.tour.site}/language/{look.language}/?next={path}")
        page.evaluate("document.fonts.ready.then(() => null)")
        picture = page.screenshot(full_page=True)
        context.close()
        return picture


def send_report(page: Page, action: str) -> None:
    """Press the button, see every answer once more, declare, and press it there."""
    page.get_by_role("button", name=action).first.click()
    page.wait_for_url("**/check/**")
    page.wait_for_load_state()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name=action).first.click()
    page.wait_for_load_state()


def play(tour: Tour) -> None:
    pages = Pages(tour)
    visitor = tour.browser.new_page(viewport={"width": 1200, "height": 800})
    visitor.goto(f"{tour.site}/account/login/")
    tour.picture(visitor, "sign-in")
    visitor.close()
    pages.take_as("reporter", "kpi", f"{WORK}kpis/1.4/targets/")
    with tour.as_("reporter", "/desk/") as page:
        tour.picture(page, "desk")
        page.goto(tour.site + WORK)
        tour.picture(page, "scorecard")
        page.goto(f"{tour.site}{WORK}kpis/1.4/targets/")
        page.get_by_label("(100)").fill("24")
        page.wait_for_timeout(900)
        tour.picture(page, "checks-while-typing")
        page.goto(tour.site + WORK)
        page.get_by_role("button", name="เสนอผู้อนุมัติ").click()
    with tour.as_("approver", WORK) as page:
        page.get_by_role("button", name="อนุมัติและส่งคณะกรรมการ").click()
    with tour.as_("secretary-l2p", "/committees/L2-P/") as page:
        sitting = page.locator('main a[href*="/sittings/"]').first.get_attribute("href") or ""
    pages.take_as("secretary-l2p", "sitting", sitting)
    tour.sit("secretary-l1p", "L1-P", "opinion")
    tour.sit("secretary-l2p", "L2-P", "approve", "sitting")
    with tour.as_("analyst", WORK) as page:
        page.get_by_role("button", name="รวบรวม", exact=True).click()
    tour.sit("secretary-sub", "SUB", "acknowledge")
    with tour.as_("analyst", WORK) as page:
        page.get_by_role("button", name="แจ้งรัฐมนตรีและคณะกรรมการ แล้วให้มีผล").click()
        tour.picture(page, "in-force")
        tour.go_to(page, "2025-02-10")
    with tour.as_("reporter", f"{WORK}kpis/1.1/change/") as page:
        page.get_by_label("โรคระบาดรุนแรง").check()
        page.get_by_label("ผลที่ทำได้แล้ว").fill("62")
        for label, target in zip(("(50)", "(75)", "(100)"), ("66", "72", "80"), strict=True):
            page.get_by_label(label).fill(target)
        page.get_by_label("เหตุผล").fill("น้ำท่วมใหญ่ทั้งจังหวัดในเดือนธันวาคม")
        page.get_by_label("หลักฐานประกอบ").fill("ประกาศเขตภัยพิบัติ จังหวัดสมุทรสาคร ที่ 1/2568")
        page.get_by_role("button", name="บันทึก").click()
        tour.picture(page, "change-and-its-effect")
    visitor = tour.browser.new_page(viewport={"width": 390, "height": 800})
    visitor.goto(f"{tour.site}/agencies/TH-74/2568/agreement/")
    tour.picture(visitor, "agreement-on-a-phone")
    visitor.close()
    play_a_round(tour, pages)
    look_at_past_regimes(tour)
    pages.take()


def look_at_past_regimes(tour: Tour) -> None:
    """A plan of activities of 2561, and how 2554 counts the days a report is late."""
    with tour.as_("reporter-73", "/2561/plans/") as page:
        page.locator("tbody a").first.click()
        page.wait_for_selector(".state")
        tour.picture(page, "plan-of-activities", whole=True)
    visitor = tour.browser.new_page(viewport={"width": 1200, "height": 800})
    visitor.goto(f"{tour.site}/rules/2554/late/")
    tour.picture(visitor, "late-day-by-day", whole=True)
    visitor.close()


def play_a_round(tour: Tour, pages: Pages) -> None:
    """The first report of the year, and what comes of it."""
    with tour.as_("analyst", "/desk/") as page:
        tour.go_to(page, "2025-04-20")
    with tour.as_("reporter", "/desk/") as page:
        page.get_by_role("link", name="รอบ 6 เดือน").first.click()
        report = page.url.removeprefix(tour.site)
        for number, actual in (
            ("1.1", "79.5"),
            ("1.2", "55.2"),
            ("1.3", "4.6"),
            ("1.4", "24"),
            ("1.5", "87"),
        ):
            page.goto(f"{tour.site}{report}kpis/{number}/")
            page.locator("input[name=actual]").fill(actual)
            page.get_by_label("การดำเนินงานที่ผ่านมา").fill("ดำเนินการตามแผนครบทุกกิจกรรม (สาธิต)")
            page.wait_for_selector("#save-state:has-text('บันทึกแล้ว')")
            if number == "1.1":
                tour.picture(page, "report-saves-itself")
        pages.take_as("reporter", "desk", "/desk/")
        pages.take_as("reporter", "report", report)
        pages.take_as("reporter", "claim", f"{report}kpis/1.5/")
        page.goto(tour.site + report)
        send_report(page, "เสนอผู้อนุมัติ")
    with tour.as_("approver", report) as page:
        send_report(page, "ส่งรายงาน")
    with tour.as_("assessor", "/assessments/") as page:
        page.get_by_role("link", name="จังหวัดสมุทรสาคร").click()
        assessment = page.url.removeprefix(tour.site)
    pages.take_as("assessor", "judging", assessment)
    pages.take_as("assessor", "judging-kpi", f"{assessment}kpis/1.4/")
    for account in ("assessor", "interior", "prime"):
        with tour.as_(account, assessment) as page:
            page.get_by_role("link", name="แจ้งสำหรับปี 2568").click()
            page.get_by_role("button", name="แจ้งสำหรับทุกหน่วยงานในปี").click()
            page.get_by_role("link", name="ตรวจทีละตัวชี้วัด").wait_for()
            if account == "interior":
                page.goto(f"{tour.site}{assessment}kpis/1.4/")
                page.locator("#other > summary").click()
                page.locator("input[name=actual]").fill("23")
                page.locator("textarea[name=reason]").fill("สถานีวัดใหม่สองแห่งให้ค่าที่ดีกว่า (สาธิต)")
                page.get_by_role("button", name="บันทึกแล้วไปต่อ").click()
                page.get_by_role("status").first.wait_for()
                page.goto(tour.site + assessment)
                tour.picture(page, "level-on-level")
            page.get_by_role("button", name="เห็นชอบและส่งต่อ").click()
    with tour.as_("analyst", "/release/") as page:
        page.locator("input[data-all=result]").check()
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="เผยแพร่ที่เลือก").click()
        page.wait_for_load_state()
    visitor = tour.browser.new_page(viewport={"width": 1200, "height": 800})
    visitor.goto(f"{tour.site}/results/2568/6m/TH-74/")
    tour.picture(visitor, "result", whole=True)
    visitor.close()


def main(site: str, folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        play(Tour(browser, site, folder))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
