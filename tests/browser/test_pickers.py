"""Bodies are looked up by name: a line adds one to those that are typed already."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from esar.agree.scorecards.models import Kpi
from esar.platform.organisations.models import Body
from tests.agree.agendas.make import load
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.make import World, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def shown(page: Page, name: str) -> None:
    """A picture of a page for who wants to look at it, wide and narrow."""
    if folder := os.environ.get("ESAR_PICTURES"):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_a_body_is_added_by_its_name_to_those_that_are_typed(
    world: World, stage: Stage, settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    load(world)
    Body.objects.filter(pk=world.province.pk).update(name_th="จังหวัดลพบุรี")
    Kpi.objects.filter(scorecard=draft(world, world.department), number="1.1").update(
        kind="kind.joint-function", answers=[]
    )

    page = stage.goto(world.analyst, "/additions/new/2567/")
    page.locator("#id_now").fill("DIT")
    page.locator("#id_now-adding").fill("จังหวัดลพบุรี (TH-74)")
    expect(page.locator("#id_now")).to_have_value("DIT, จังหวัดลพบุรี (TH-74)")
    expect(page.locator("#id_now-adding")).to_have_value("")
    check(page)
    shown(page, "addition")

    card = Kpi.objects.get(kind="kind.joint-function").scorecard_id
    page = stage.goto(world.reporter_d, f"/scorecards/{card}/kpis/1.1/links/")
    page.locator("#id_answer_partners-adding").fill("จังหวัดลพบุรี (TH-74)")
    expect(page.locator("#id_answer_partners")).to_have_value("จังหวัดลพบุรี (TH-74)")
    shown(page, "partners")
