"""The four steps of a KPI in a real browser: fields counted, by keyboard, on a phone, live."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from esar.agree.indicators.actions import load_listed_indicators
from esar.agree.scorecards.actions import open_scorecard
from esar.agree.scorecards.checks import check as checked
from esar.agree.scorecards.content import kpis_of
from esar.agree.scorecards.kpi_findings import is_of_kpi
from esar.agree.scorecards.kpi_steps import Step
from esar.agree.scorecards.models import Kpi
from esar.platform.ui import clock
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.browser.windows import go_on, send
from tests.make import AT, ON, World, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = ("", *(f"{step}/" for step in Step if step is not Step.WHAT))
FIGURES = {"target_1": "80", "target_2": "85", "target_3": "90", "weight": "70"}


def missing_here(page: Page) -> list[str]:
    """The fields that the page says are missing in its own step; targets are all of them."""
    links = page.locator("#checks a[href*='#id_']").all()
    places = [str(link.get_attribute("href")).partition("#id_") for link in links]
    names = [name for path, _, name in places if page.url.endswith(path)]
    targets = ["target_1", "target_2", "target_3"]
    return [each for name in names for each in (targets if name == "target_1" else [name])]


def fill(page: Page, name: str) -> None:
    """Fill in one field as its writer would."""
    field = page.locator(f"[name={name}]").first
    if field.evaluate("field => field.type") == "radio":
        page.get_by_label("ยิ่งมากยิ่งดี").check()
    elif field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(index=1)
    else:
        field.fill(FIGURES.get(name, "ตามคู่มือ"))


def test_a_kpi_of_opdcs_list_needs_at_most_twelve_fields_before_it_is_proposed(
    stage: Stage, world: World
) -> None:
    """The barest of the list: OPDC says its name, and nothing else that a proposal needs."""
    clock.pretend(ON)
    card = open_scorecard(world.province, 2567, by=world.reporter, at=AT, on=ON)
    load_listed_indicators(2567, at=AT)
    page = stage.goto(world.reporter, f"/indicators/?card={card.pk}&q=รายได้จากการท่องเที่ยว")
    send(page, page.get_by_role("link", name="ใช้", exact=True))
    go_on(page)
    filled: list[str] = []
    for step in STEPS:
        page.goto(f"{stage.site}/scorecards/{card.pk}/kpis/1.1/{step}")
        for name in missing_here(page):
            fill(page, name)
            filled.append(name)
        go_on(page)

    assert len(filled) <= 12, filled
    kpi = Kpi.objects.get(scorecard=card, number="1.1")
    problems, _ = checked(card, kpis_of(card))
    assert (kpi.targets, [one for one in problems if is_of_kpi(one, "1.1")]) == (
        ["80", "85", "90"],
        [],
    )


def test_results_targets_and_weight_are_drawn_while_they_are_typed(
    stage: Stage, world: World
) -> None:
    clock.pretend(ON)
    card = draft(world)
    page = stage.goto(world.reporter, f"/scorecards/{card.pk}/kpis/1.1/targets/")
    expect(page.locator("#kpi-weight")).to_contain_text("ให้น้ำหนักครบ 70 แล้ว")
    page.locator("[name=baseline_2566]").fill("79")
    page.locator("[name=target_3]").fill("๙๕")
    page.locator("[name=weight]").fill("15")

    expect(page.locator("#kpi-course")).to_contain_text("ค่าเป้าหมายสูงสุด 95 ก้าวหน้ากว่าผลปี 2566 อยู่ 16")
    expect(page.locator("#kpi-weight")).to_contain_text("น้ำหนักคงเหลือ 5 จาก 70")
    check(page)


def test_a_step_is_written_by_the_keyboard_alone(stage: Stage, world: World) -> None:
    clock.pretend(ON)
    card = draft(world)
    page = stage.goto(world.reporter, f"/scorecards/{card.pk}/kpis/1.1/measure/")
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.name || document.activeElement.innerText")
        if focused == "direction":
            page.keyboard.press("ArrowRight")
        if focused == "formula":
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type("ก ÷ ข")
        if focused.startswith("บันทึกแล้วไปต่อ"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/kpis/1.1/targets/")
    template = Kpi.objects.select_related("template").get(scorecard=card, number="1.1").template
    assert (template.direction, template.formula) == ("lower", "ก ÷ ข")


def test_steps_are_short_on_a_phone_and_axe_finds_nothing(stage: Stage, world: World) -> None:
    clock.pretend(ON)
    card = draft(world)
    page = stage.goto(world.reporter, f"/scorecards/{card.pk}/kpis/new/")
    check(page)
    heights = {}
    for step in STEPS:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{stage.site}/scorecards/{card.pk}/kpis/1.1/{step}")
        heights[step] = page.evaluate("document.documentElement.scrollHeight")
        check(page)

    assert {step: height for step, height in heights.items() if height > 1_450} == {}


def test_what_is_wrong_leads_to_its_field_in_this_step_and_in_another(
    stage: Stage, world: World
) -> None:
    clock.pretend(ON)
    card = draft(world)
    page = stage.goto(world.reporter, f"/scorecards/{card.pk}/kpis/1.1/measure/")
    page.get_by_label("วิธีให้คะแนน").select_option("milestones")
    go_on(page)
    expect(page.get_by_role("alert").first).to_contain_text("ค่าเป้าหมายขั้นต้น")
    check(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    send(page, page.locator(".refused a[href*='#id_target_1']"))

    assert page.url.endswith("/kpis/1.1/targets/#id_target_1")
    expect(page.locator("#id_target_1")).to_be_in_viewport()
