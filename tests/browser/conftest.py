"""One Chromium for all tests that open one; a small world, and a window for each of its people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from esar.platform.ui import clock
from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.browser.stage import Stage
from tests.make import ON, World

# A loaded machine answers late, never wrongly: what is waited for may take this long, in ms.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def world(transactional_db: None) -> World:  # noqa: ARG001 the server must see it
    return World()


@pytest.fixture
def stage(
    live_server: Any,
    browser: Browser,
    settings: Any,
    tmp_path: Any,
) -> Iterator[Stage]:
    settings.VAR = tmp_path
    clock.pretend(ON)
    made = Stage(str(live_server.url), browser)
    yield made
    made.close()
