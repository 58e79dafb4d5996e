"""A KPI in a real browser: it saves itself, a new one stays on the device until it is saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from esar.agree.scorecards.models import Kpi
from esar.platform.ui import clock
from tests.browser.stage import Stage
from tests.make import ON, World, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_kpi_saves_itself_and_a_new_one_is_not_lost(stage: Stage, world: World) -> None:
    clock.pretend(ON)
    card = draft(world)
    path = f"/scorecards/{card.pk}/kpis/"
    page = stage.goto(world.reporter, f"{path}1.1/")
    page.get_by_label("สูตรการคำนวณ").fill("สูตรใหม่")
    page.get_by_label("(50)").fill("๗๙")
    page.get_by_label("(75)").click()
    expect(page.locator("#save-state")).to_contain_text("บันทึกแล้ว")
    expect(page.get_by_label("(50)")).to_have_value("79")
    kpi = Kpi.objects.select_related("template").get(scorecard=card, number="1.1")
    assert (kpi.template.formula, kpi.targets) == ("สูตรใหม่", ["79", "85", "90"])

    page = stage.goto(world.reporter, f"{path}new/")
    page.get_by_label("ชื่อตัวชี้วัด").fill("ของใหม่")
    expect(page.locator("#save-state")).to_contain_text("เก็บไว้ในเครื่องนี้")
    page = stage.goto(world.reporter, f"{path}new/")
    expect(page.get_by_label("ชื่อตัวชี้วัด")).to_have_value("ของใหม่")
