"""A report on a phone: six KPIs with figure, account and picture in 20 taps and seven screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from esar.report.reports.models import Attachment, Claim
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.browser.windows import patient, send
from tests.make import World
from tests.report.reports.make import APRIL, report_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
RESULT, DID, SAVED = "ผลการดำเนินงาน (ร้อยละ)", "การดำเนินงานที่ผ่านมา", "#save-state"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def phone(stage: Stage, browser: Browser) -> Iterator[Callable[[Person, str], Page]]:
    """Opens a page on a person's phone, which is touched."""
    contexts = []

    def opened(person: Person, path: str) -> Page:
        context = patient(
            browser.new_context(
                viewport={"width": 390, "height": 844},
                has_touch=True,
                is_mobile=True,
                locale="th-TH",
                timezone_id="Asia/Bangkok",
            )
        )
        contexts.append(context)
        client = Client()
        client.force_login(person)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": stage.site}])
        page = context.new_page()
        page.goto(stage.site + path)
        return page

    yield opened
    for context in contexts:
        context.close()


class Thumb:
    """Touches a page and counts: every tap, and every screenful that had to be looked at."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.screens = page, 0, 0

    def arrives(self) -> None:
        self.screens += 1

    def sees(self, thing: Locator) -> None:
        """Scroll to a thing; a screen more where it was not on this one."""
        box = thing.bounding_box()
        assert box is not None
        if box["y"] + box["height"] > PHONE["height"]:
            self.screens += 1
            thing.scroll_into_view_if_needed()

    def taps_on(self, thing: Locator) -> None:
        self.sees(thing)
        self.taps += 1
        thing.tap()

    def leaves_by(self, button: Locator) -> None:
        self.sees(button)
        self.taps += 1
        with self.page.expect_navigation():
            button.tap()
        self.arrives()


def test_six_kpis_are_reported_on_a_phone_in_twenty_taps_and_seven_screens(
    phone: Callable[[Person, str], Page], world: World, tmp_path: Path
) -> None:
    report = report_of(world)
    clock.pretend(APRIL)
    picture = tmp_path / "ภาพ.png"
    page = phone(world.reporter, f"/reports/{report.pk}/")
    thumb = Thumb(page)
    thumb.leaves_by(page.get_by_role("link", name="เติมข้อ 1.1"))
    measures = {}
    for number in range(1, 7):
        result = page.get_by_label(RESULT)
        expect(result).to_be_focused()  # no tap: the page is opened to type it
        box = result.bounding_box()
        assert box is not None
        empty = page.evaluate("document.documentElement.scrollHeight")
        page.keyboard.type("86")
        thumb.taps_on(page.get_by_label(DID))
        page.keyboard.type(f"ดำเนินการแล้ว {number}")
        picture.write_bytes(PIXEL + bytes([number]))
        with page.expect_navigation(), page.expect_file_chooser() as chosen:
            thumb.taps_on(page.locator("label").filter(has_text="ถ่ายภาพ"))
            chosen.value.set_files(picture)
        filled = page.evaluate("document.documentElement.scrollHeight")
        measures[f"1.{number}"] = (box["y"] <= 300, empty <= 1400, filled <= 1400)
        onward = "ไปที่รายงาน" if number == 6 else f"ถัดไป 1.{number + 1}"
        thumb.leaves_by(page.get_by_role("button", name=onward))

    assert measures == {f"1.{number}": (True, True, True) for number in range(1, 7)}
    assert (thumb.taps <= 20, thumb.screens <= 7) == (True, True), (thumb.taps, thumb.screens)
    expect(page.get_by_role("heading", name="ครบทุกอย่างแล้ว")).to_be_visible()
    claims = Claim.objects.filter(report=report).order_by("number")
    assert [(claim.number, f"{claim.actual:.0f}", claim.did) for claim in claims] == [
        (f"1.{number}", "86", f"ดำเนินการแล้ว {number}") for number in range(1, 7)
    ]
    assert Attachment.objects.filter(claim__report=report).count() == 6


def test_a_result_is_written_by_the_keyboard_alone(stage: Stage, world: World) -> None:
    report = report_of(world)
    clock.pretend(APRIL)
    page = stage.goto(world.reporter, f"/reports/{report.pk}/kpis/1.1/")
    reached = []
    page.keyboard.type("82.65")
    expect(page.locator("#checks")).to_contain_text("ขาดอีก ร้อยละ 2.35 จึงถึงค่าเป้าหมายมาตรฐาน")
    for _ in range(20):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(document.activeElement.labels?.[0] || document.activeElement).innerText.trim()"
        )
        reached.append(name)
        if name == DID:
            page.keyboard.type("ดำเนินการแล้ว")
        if name.startswith("ถัดไป"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/kpis/1.2/")
    assert {"เลือกไฟล์", DID, "บันทึก"} <= set(reached)
    claim = Claim.objects.get(report=report)
    assert (f"{claim.actual:.2f}", claim.did) == ("82.65", "ดำเนินการแล้ว")


def test_a_figure_that_cannot_be_read_is_told_on_its_page_and_nobody_goes_on(
    stage: Stage, world: World
) -> None:
    report = report_of(world)
    clock.pretend(APRIL)
    page = stage.goto(world.reporter, f"/reports/{report.pk}/kpis/1.1/")
    page.get_by_label(RESULT).fill("แปดสิบ")
    send(page, page.get_by_role("button", name="ถัดไป 1.2"))

    assert page.url.endswith("/kpis/1.1/")
    expect(page.get_by_role("alert").first).to_contain_text("แปดสิบ")
    expect(page.get_by_label(RESULT)).to_have_value("แปดสิบ")
    check(page)
