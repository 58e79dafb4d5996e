"""The pages in a real Chromium: by keyboard, wide and narrow, light and dark, with axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from esar.exchange.witnessing.keys import write_signing_key
from esar.exchange.witnessing.notes import LOG, new_key
from esar.platform.history.checkpoints.actions import sign_log
from esar.show.public.measures.queries import key_of
from tests.browser.axe_and_width import problems_of
from tests.browser.windows import WIDTHS, open_page, send
from tests.make import AT
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/about/",
    "/departments/",
    "/ranking/2567/12m/department/",
    "/explore/2567/12m/",
    f"/explore/2567/12m/{key_of('department', 'ตัวชี้วัดทดสอบ', 'ร้อยละ', False)}/",
    "/compare/2567/12m/D1+D2/",
    "/calendar/2567/",
    "/years/",
    "/years/2561/",
    "/rules/2561/?on=2017-11-01",  # one kind of page, whatever the year
    "/rules/2567/assumptions/",
    "/agencies/",
    "/agencies/?q=zzz",
    "/agencies/TH-98/",
    "/results/2567/12m/",
    "/results/2567/12m/D2/",
    "/results/2567/12m/D2/explanation/",
    "/log/",
    "/privacy/",
    "/nowhere",
]


@pytest.fixture
def site(live_server: Any, settings: Any, tmp_path: Path) -> str:
    result(department("D1", "กรมการค้าภายใน"), "95")
    result(department("D2"), "81", digital=None)
    result(province("TH-98"), None)
    settings.LOG_KEY = str(tmp_path / "log.key")
    write_signing_key(tmp_path / "log.key", new_key("esar.example/log", LOG))
    sign_log(at=AT)
    return str(live_server.url)


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    yield from open_page(browser, WIDTHS["desktop"])


def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(site: str, desktop: Page) -> None:
    problems = []
    for path in PAGES:
        desktop.goto(site + path)
        problems += problems_of(desktop)
    assert problems == []


def test_sections_of_a_result_are_folded_on_a_phone_and_stand_open_where_there_is_room(
    site: str, desktop: Page
) -> None:
    seen = {}
    for name in ("desktop", "phone"):
        desktop.set_viewport_size({"width": WIDTHS[name], "height": 800})
        desktop.goto(site + "/results/2567/12m/D2/")
        fold = desktop.locator("details.phone-fold").first
        seen[name] = (fold.locator("summary").first.is_visible(), fold.locator("h2").is_visible())
    assert seen == {"desktop": (False, True), "phone": (True, False)}

    desktop.goto(site + "/results/2567/12m/D2/#kpi-1")
    assert desktop.locator("#kpi-1").is_visible(), "a link into a fold opens it"


def test_what_a_list_can_be_asked_for_is_folded_on_a_phone_and_its_search_is_not(
    site: str, desktop: Page
) -> None:
    seen = {}
    for name in ("desktop", "phone"):
        desktop.set_viewport_size({"width": WIDTHS[name], "height": 800})
        desktop.goto(site + "/agencies/")
        bar = desktop.locator("form.filters")
        seen[name] = [
            bar.locator(each).first.is_visible() for each in ("input", "summary", "select")
        ]
    assert seen == {"desktop": [True, False, True], "phone": [True, True, False]}


def test_the_keyboard_alone_reaches_an_explanation(site: str, desktop: Page) -> None:
    desktop.goto(site)
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.className") == "skip-link"
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "content"

    desktop.goto(site + "/results/2567/12m/")
    desktop.focus("#q")
    desktop.keyboard.type("ค้าภายใน")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/?q=*")
    desktop.get_by_role("link", name="ที่มาของคะแนน กรมการค้าภายใน").focus()
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/explanation/")

    assert desktop.locator("h1").inner_text() == "ที่มาของคะแนน: กรมการค้าภายใน"
    assert desktop.locator("#kpi-1 .steps li").first.is_visible()


def test_a_step_leads_to_its_rule(site: str, desktop: Page) -> None:
    desktop.goto(site + "/results/2567/12m/D2/explanation/")
    desktop.locator("#kpi-1 .grounds a").first.click()
    desktop.wait_for_url("**/rules/2567/#ladder")

    assert desktop.locator("#ladder h3").is_visible()


def test_the_language_is_chosen_once_and_kept(site: str, desktop: Page) -> None:
    desktop.goto(site + "/agencies/")
    send(desktop, desktop.get_by_role("link", name="English"))
    assert desktop.locator("h1").inner_text() == "Agencies"

    desktop.goto(site + "/rules/")
    assert desktop.locator("html").get_attribute("lang") == "en"


def test_light_and_dark_can_be_switched_and_are_kept(site: str, desktop: Page) -> None:
    desktop.goto(site)
    desktop.get_by_text("เข้าสู่ระบบ สีสว่างหรือมืด").locator("..").click()
    desktop.locator("#theme").click()
    desktop.goto(site + "/rules/")

    assert desktop.locator("html").get_attribute("data-theme") == "dark"


def test_sorting_by_a_heading_is_announced(site: str, desktop: Page) -> None:
    desktop.goto(site + "/results/2567/12m/")
    desktop.locator("thead a").nth(1).click()
    desktop.wait_for_url("**sort=total*")
    heading = desktop.locator("thead th[aria-sort=ascending]")

    assert "คะแนนรวม" in heading.inner_text()


def test_the_pages_use_the_installed_font(site: str, desktop: Page) -> None:
    desktop.goto(site)

    assert desktop.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Sarabun'))")
    assert (settings.ROOT / "build" / "vendor" / "site.css").exists()
