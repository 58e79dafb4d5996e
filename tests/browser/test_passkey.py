"""A passkey in a real Chromium, whose virtual authenticator answers as a key or a phone would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe_and_width import check
from tests.browser.windows import WIDTHS, open_page, send
from tests.make import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a-long-passphrase-1"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    yield from open_page(browser, WIDTHS["desktop"])


def with_key(page: Page) -> None:
    """Plug a key into the window."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    send(page, page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ", exact=True))


def test_who_owes_a_second_step_adds_a_passkey_and_signs_in_with_it(
    live_server: Any, world: World, window: Page, settings: Any
) -> None:
    settings.SECOND_STEP_DUTY = True
    site = str(live_server.url).replace("127.0.0.1", "localhost")  # a passkey is for a name
    with_key(window)
    sign_in(window, site, world.analyst.email)
    assert window.url == f"{site}/account/2fa/"

    window.get_by_role("link", name="เพิ่มพาสคีย์").click()
    window.wait_for_url("**/account/reauthenticate/**")
    window.fill("#id_password", PASSWORD)
    send(window, window.get_by_role("button", name="ยืนยัน", exact=True))
    assert window.url == f"{site}/account/2fa/webauthn/add/"
    check(window)
    window.fill("#id_name", "กุญแจสีน้ำเงิน")
    send(window, window.get_by_role("button", name="เพิ่มพาสคีย์"))
    assert window.url == f"{site}/account/2fa/recovery-codes/"

    window.goto(f"{site}/account/2fa/webauthn/")
    assert "กุญแจสีน้ำเงิน" in window.locator("main ul.work").inner_text()
    check(window)
    window.goto(f"{site}/desk/")
    assert window.url.endswith("/desk/")

    window.context.clear_cookies()
    sign_in(window, site, world.analyst.email)
    assert window.url.startswith(f"{site}/account/2fa/authenticate/")
    check(window)
    send(window, window.get_by_role("button", name="ใช้พาสคีย์"))
    assert window.url.endswith("/desk/")


def test_without_a_key_the_page_says_so(live_server: Any, world: World, window: Page) -> None:
    site = str(live_server.url).replace("127.0.0.1", "localhost")
    sign_in(window, site, world.analyst.email)
    window.goto(f"{site}/account/2fa/webauthn/add/")
    window.fill("#id_password", PASSWORD)
    send(window, window.get_by_role("button", name="ยืนยัน", exact=True))
    window.evaluate("() => { navigator.credentials.create = () => Promise.reject(Error('none')); }")
    window.get_by_role("button", name="เพิ่มพาสคีย์").click()

    window.get_by_text("เบราว์เซอร์ไม่ได้รับคำตอบจากพาสคีย์").wait_for()
