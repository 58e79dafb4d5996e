"""Windows of the tests' browser: two widths, two themes, and no error in the console."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Locator, Page

PATIENCE = 60_000  # ms: a loaded machine answers late, never wrongly
WIDTHS = {"phone": 360, "desktop": 1280}


def patient(context: BrowserContext) -> BrowserContext:
    """A window's context that waits as long for a page or a press as a loaded machine takes."""
    context.set_default_timeout(PATIENCE)
    return context


def send(page: Page, button: Locator) -> None:
    """Press what leads to another page, and wait until that page is there and whole.

    The page may be the same address again, and a page that saves itself first finishes that.
    """
    with page.expect_navigation():
        button.click()


def open_page(
    browser: Browser, width: int, theme: Literal["light", "dark"] = "light"
) -> Iterator[Page]:
    context = patient(
        browser.new_context(
            viewport={"width": width, "height": 800},
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            color_scheme=theme,
        )
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [error for error in errors if "404" not in error] == []


def go_on(page: Page) -> None:
    """Save a step of a KPI, and go on to the next; from the last to the scorecard."""
    send(page, page.locator("#kpi-form button.button-main"))


def answer_form_of_kind(page: Page) -> None:
    """Whatever the form of the chosen kind of KPI asks, told in words or by the last choice."""
    for field in page.locator("[data-kinds]:visible").all():
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option("no")
        else:
            field.fill("ตามคู่มือ")
