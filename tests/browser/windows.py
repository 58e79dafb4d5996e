"""Windows of the tests' browser: two widths, two themes, and no error in the console."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from playwright.sync_api import Browser, Page

WIDTHS = {"phone": 360, "desktop": 1280}


def open_page(
    browser: Browser, width: int, theme: Literal["light", "dark"] = "light"
) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        locale="th-TH",
        timezone_id="Asia/Bangkok",
        color_scheme=theme,
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [error for error in errors if "404" not in error] == []
