"""KPI templates, their audit, OPDC's list and 2554's changes in Chromium: axe and two widths."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from esar.agree.changes import actions as changes
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.agree.scorecards import make
from tests.agree.scorecards.make_changes import asked
from tests.agree.scorecards.make_kpi_templates import FEBRUARY, fill, go, judge
from tests.agree.scorecards.make_listed import listed
from tests.browser.stage import Stage
from tests.make import World, kpi

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page: Page, path: str) -> None:
    """Nothing serious that axe finds, nothing too wide, on a desk and on a phone."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        kept = os.environ.get("ESAR_LOOK")
        if kept:
            page.screenshot(
                path=f"{kept}/{path.strip('/').replace('/', '-')}-{width}.png", full_page=True
            )
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
        found = Axe().run(page).response["violations"]
        serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
        assert serious == [], (path, width, found)


def test_the_pages_of_templates_the_list_and_changes(stage: Stage, world: World) -> None:
    card = make.in_force(world)
    source = listed(world).indicator
    fill(world, card, "1.1")
    change = changes.ask(
        card,
        kpi(card),
        asked(weight="45", other="3.1") | {"weight": Decimal(45)},
        by=world.reporter,
        at=make.at(FEBRUARY),
        on=FEBRUARY,
    )
    clock.pretend(FEBRUARY)
    root = f"/scorecards/{card.pk}/"
    reporter, analyst = world.reporter, world.analyst

    def look(who: Person, *paths: str) -> None:
        for path in paths:
            looked_at(stage.goto(who, path), path)

    look(
        reporter,
        f"{root}templates/",
        f"{root}templates/kpis/1.1/",
        f"{root}kpis/1.1/change/",
        f"/changes/{change.pk}/",
        root,
    )
    look(
        analyst,
        "/kpi-templates/?year=2554",
        "/indicators/",
        "/indicators/list/",
        f"/indicators/{source.code}/",
    )
    fill(world, card)
    go(card, "propose", reporter, FEBRUARY)
    go(card, "submit", world.approver, FEBRUARY)
    judge(world, card, k1_1="สูตรไม่ตรงกับหน่วยวัด")
    looked_at(stage.goto(analyst, f"{root}templates/"), "audit")
    go(card, "return", analyst, FEBRUARY)
    looked_at(stage.goto(reporter, f"{root}templates/"), "returned")
