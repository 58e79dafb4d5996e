"""One Chromium for all tests that open one; a small world, and a window for each of its people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import Browser, expect, sync_playwright

from esar.platform.ui import clock
from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.browser.stage import Stage
from tests.browser.windows import PATIENCE
from tests.make import ON, World

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=3 * PATIENCE
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def _styles_are_asked_for_once() -> Iterator[None]:
    """Styles, scripts and letters stay as they are: a window keeps them, as on a real site."""
    serve = StaticFilesHandler.serve

    def kept(handler: StaticFilesHandler, request: Any) -> Any:
        answer = serve(handler, request)
        answer.headers["Cache-Control"] = "max-age=86400, immutable"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", kept)
        yield


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
