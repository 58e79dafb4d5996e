"""A page looked at in a window: its width and its accessibility."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def check(page: Page) -> None:
    """Nothing that axe finds, nothing too wide, on a desk and on a phone."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"]) for one in found] == [], page.url
