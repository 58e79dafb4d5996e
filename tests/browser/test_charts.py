"""Every chart in a real Chromium, held against its reference picture; and the map by keyboard.

The pictures are renewed by `python -m tests.browser.chart_pictures`, and looked at before they are
committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from esar.demo.charts import sample_map
from tests.browser.axe_and_width import problems_of
from tests.browser.chart_pictures import (
    ADDRESS,
    FOLDER,
    LOOKS,
    TOLERANCE,
    pictures,
)
from tests.browser.pictures import differing, saved
from tests.browser.windows import WIDTHS, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    yield from open_page(browser, WIDTHS["desktop"])


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_every_chart_looks_as_in_its_reference_picture(
    live_server: Any, desktop: Page, width: int, theme: str
) -> None:
    shares = {}
    for name, picture in pictures(desktop, str(live_server.url), width, theme):
        if "ESAR_DRAW_CHARTS" in os.environ:
            saved(picture, FOLDER / f"{name}.png")
        shares[name] = differing(picture, (FOLDER / f"{name}.png").read_bytes())

    assert len(shares) > 10
    assert {name: share for name, share in shares.items() if share > TOLERANCE} == {}


def test_axe_finds_nothing_on_the_charts_and_none_is_wider_than_a_phone(
    live_server: Any, desktop: Page
) -> None:
    desktop.goto(live_server.url + ADDRESS)

    assert problems_of(desktop) == []


def test_a_province_is_found_by_keyboard_and_named(live_server: Any, desktop: Page) -> None:
    desktop.goto(live_server.url + ADDRESS)
    desktop.locator("#map .chart-skip").focus()
    linked = [area for area in sample_map(settings.REGISTRY).areas if area.province.href]
    reached = []
    for _ in linked[:3]:
        desktop.keyboard.press("Tab")
        reached.append(desktop.locator(":focus title").text_content())

    assert reached == [area.spoken("th") for area in linked[:3]]
    tree = desktop.locator("#map .chart-map").aria_snapshot()
    assert [f'link "{area.spoken("th")}"' in tree for area in linked] == [True] * 75


def test_a_small_change_of_a_drawing_is_seen(live_server: Any, desktop: Page) -> None:
    """One bar among eight that grows by a tenth of the width is more than the tolerance."""
    width, theme = LOOKS[0]
    before = dict(pictures(desktop, str(live_server.url), width, theme))
    bar = desktop.locator("#bars rect.fill-rank-1")
    assert bar.get_attribute("width") == "63.34%"
    bar.evaluate("bar => bar.setAttribute('width', '73.34%')")

    changed = desktop.locator("#bars").screenshot()
    assert differing(changed, before[f"bars-{width}-{theme}"]) > TOLERANCE
