"""A page looked at in a window: its accessibility, its colours and its width."""

from __future__ import annotations

import json
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LOOKS: tuple[tuple[int, Literal["dark", "light"]], ...] = ((360, "dark"), (1280, "light"))
TURNED = "theme => matchMedia(`(prefers-color-scheme: ${theme})`).matches"
OPTIONS = json.dumps({"resultTypes": ["violations"]})


def problems_of(page: Page) -> list[tuple[Any, ...]]:
    """What axe finds and what is too wide: on a dark phone, then on a light desk.

    The page is loaded once and turned; a problem is (address, width, rule, first element).
    """
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => null)")
    page.evaluate(AXE_SCRIPT)
    problems: list[tuple[Any, ...]] = []
    for width, theme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.wait_for_function(TURNED, arg=theme)  # asks at each frame, `expect` ten times a second
        for violation in page.evaluate(f"axe.run({OPTIONS}).then((found) => found.violations)"):
            problems.append((page.url, width, violation["id"], violation["nodes"][0]["html"]))
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            problems.append((page.url, width, "too wide", wide))
    return problems


def check(page: Page) -> None:
    """Nothing that axe finds, nothing too wide."""
    problems = problems_of(page)
    assert problems == []
