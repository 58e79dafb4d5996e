"""A sitting of 76 provinces: short enough to go through, and what an item is about beside it."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.scorecards.models import Scorecard
from esar.platform.organisations.models import Body
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.make import World, open_sitting, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROVINCES, MOST_PIXELS = 76, 2800


def with_provinces(sitting: Sitting, count: int) -> None:
    """As many items as there are provinces, each as the first: only how they look matters here."""
    first = AgendaItem.objects.get(sitting=sitting)
    assert first.scorecard is not None
    province = first.scorecard.body
    for place in range(2, count + 1):
        body = Body.objects.get(pk=province.pk)
        body.pk, body.code, body.name_th = None, f"TH-X{place}", f"จังหวัดที่ {place}"
        body.save(force_insert=True)
        card = Scorecard.objects.get(pk=first.scorecard_id)
        card.pk, card.body = None, body
        card.save(force_insert=True)
        item = AgendaItem.objects.get(pk=first.pk)
        item.pk, item.place, item.scorecard = None, place, card
        item.save(force_insert=True)


def pictures(page: Page, name: str) -> None:
    """For whoever wants to see it: two widths, light and dark."""
    if folder := os.environ.get("ESAR_PICTURES"):
        for width, height, look in ((1280, 900, "light"), (1280, 900, "dark"), (390, 844, "light")):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=look)
            page.screenshot(path=f"{folder}/{name}-{width}-{look}.png")
        page.screenshot(path=f"{folder}/{name}-full.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def test_seventy_six_items_are_gone_through_by_keyboard_with_what_each_is_about_beside_them(
    stage: Stage, world: World
) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))
    with_provinces(sitting, PROVINCES)
    page = stage.goto(world.secretaries[world.level1.code], f"/sittings/{sitting.pk}/")
    beside = page.locator(".beside")

    expect(beside).to_contain_text("1.1")
    agenda = page.locator(".agenda").bounding_box()
    assert agenda is not None
    assert agenda["height"] <= MOST_PIXELS
    page.locator(".agenda-item summary").first.focus()
    page.keyboard.press("j")
    expect(beside.locator("h3")).to_contain_text("จังหวัดที่ 2")
    expect(beside).to_contain_text("80 / 85 / 90")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(beside.locator("h3")).to_contain_text("จังหวัดทดสอบ")
    expect(page.locator(".agenda-item input[type=checkbox]").first).to_be_checked()
    page.locator("#item-1").scroll_into_view_if_needed()
    pictures(page, "sitting")
    check(page)


def test_on_a_phone_what_an_item_is_about_opens_in_the_item(stage: Stage, world: World) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))
    with_provinces(sitting, 5)
    page = stage.window(world.secretaries[world.level1.code])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{stage.site}/sittings/{sitting.pk}/")
    item = page.locator("#item-2")

    expect(page.locator(".beside")).to_be_hidden()
    item.locator("summary").first.click()
    expect(item.locator(".beside-here")).to_contain_text("80 / 85 / 90")
    if folder := os.environ.get("ESAR_PICTURES"):
        item.screenshot(path=f"{folder}/sitting-item-390.png")
    check(page)
