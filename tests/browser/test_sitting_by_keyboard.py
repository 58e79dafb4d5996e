"""Twelve items of a sitting: resolved by the keyboard alone in six acts, names confirmed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from esar.agree.committees.models import AgendaItem
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Jurisdiction, Role
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.make import AT, ON, World, open_sitting, submitted
from tests.show.public.make import department

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ITEMS = 12


def tab_to(page: Page, name: str) -> None:
    """From where the keyboard is to the button of a name."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()").startswith(name):
            return
    raise AssertionError(f"the keyboard does not come to {name}")


def test_twelve_items_are_resolved_by_keyboard_in_six_acts(stage: Stage, world: World) -> None:
    cards = []
    for number in range(ITEMS):
        body = department(f"D{number}", f"กรมที่ {number}")
        for role, person in ((Role.REPORTER, world.reporter_d), (Role.APPROVER, world.approver_d)):
            appoint(person, role, by=None, at=AT, on=ON, body=body)
            person.__dict__.pop("_held", None)
        for committee in (world.level1d, world.level2d):
            Jurisdiction.objects.create(committee=committee, body=body)
        cards.append(submitted(world, body))
    sitting = open_sitting(world, world.level1d, *cards)
    page = stage.goto(world.secretaries["L1-D"], f"/sittings/{sitting.pk}/")
    check(page)

    page.keyboard.press("a")  # 1
    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")  # 2
    tab_to(page, "ลงมติเรื่องที่เลือก")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # 3
    for number in range(ITEMS):
        expect(page.locator("main")).to_contain_text(f"กรมที่ {number}")
    tab_to(page, f"บันทึกมตินี้ {ITEMS} วาระ")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # 4

    outcomes = AgendaItem.objects.filter(sitting=sitting).values_list("outcome", flat=True)
    assert list(outcomes) == ["opinion"] * ITEMS
