"""The header is one row, and all of it is reached by keyboard, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from esar.platform.ui import clock
from tests.browser.axe_and_width import problems_of
from tests.browser.stage import Stage
from tests.make import FEBRUARY, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = {1280: 56, 390: 52, 320: 52}


def height_of(page: Page) -> float:
    return float(page.locator(".site-head").bounding_box()["height"])  # type: ignore[index]


def test_the_header_is_one_row_at_every_width_in_both_languages(stage: Stage, world: World) -> None:
    clock.pretend(FEBRUARY)
    heights = {}
    for language in ("th", "en"):
        page = stage.goto(world.analyst, f"/language/{language}/?next=/desk/")
        for width in ROWS:
            page.set_viewport_size({"width": width, "height": 900})
            heights[language, width] = height_of(page)

    assert heights == {(lang, width): row for lang in ("th", "en") for width, row in ROWS.items()}


def test_the_menu_is_opened_and_left_by_keyboard_and_axe_finds_nothing_in_it(
    stage: Stage, world: World
) -> None:
    clock.pretend(FEBRUARY)
    page = stage.goto(world.analyst, "/desk/")
    page.set_viewport_size({"width": 390, "height": 844})
    menu = page.locator(".drawer")
    for _ in range(2):  # past the way to the content
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert menu.evaluate("(fold) => fold.open")
    assert problems_of(page) == []

    page.set_viewport_size({"width": 390, "height": 844})
    page.keyboard.press("Escape")
    assert not menu.evaluate("(fold) => fold.open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_without_scripts_the_menu_the_year_and_the_way_out_are_there(
    stage: Stage, world: World, browser: Browser
) -> None:
    clock.pretend(FEBRUARY)
    with_scripts = stage.goto(world.analyst, "/desk/")
    cookies = with_scripts.context.cookies()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{stage.site}/desk/")
    folds = page.locator(".head-fold")

    folds.nth(0).locator("summary").first.click()
    assert page.locator(".drawer a[href='/people/']").is_visible()
    folds.nth(1).locator("summary").first.click()
    page.locator(".year-choice button[value='2561']").click()
    assert "2561" in page.locator(".head-fold").nth(1).locator("summary").first.inner_text()
    page.locator(".head-fold").nth(2).locator("summary").first.click()
    page.locator("form[action='/account/logout/'] button").click()
    page.goto(f"{stage.site}/desk/")
    assert "/account/login/" in page.url
    context.close()


def test_the_search_finds_while_one_types_and_is_used_by_keyboard_alone(
    stage: Stage, world: World
) -> None:
    clock.pretend(FEBRUARY)
    page = stage.goto(world.analyst, "/desk/")
    field, found = page.get_by_role("combobox", name="ค้นหา"), page.get_by_role("option")
    field.focus()
    page.keyboard.type("การคาภายใน")  # without its tone
    assert "กรมการค้าภายใน" in found.first.inner_text()
    assert field.get_attribute("aria-expanded") == "true"

    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == found.first.get_attribute("id")
    assert found.first.get_attribute("aria-selected") == "true"
    assert problems_of(page) == []

    page.set_viewport_size({"width": 1280, "height": 844})
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert found.count() == 0

    field.focus()
    page.keyboard.type(" ")
    page.keyboard.press("Backspace")
    found.first.wait_for()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/2567/agencies/DIT/")
