"""A page that saves itself loses nothing: a lost line, a closed page, two people at one KPI."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Route, expect

from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.report.reports.models import Claim, Report
from tests.browser.stage import Stage
from tests.make import World, in_force, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
APRIL = date(2024, 4, 20)
RESULT, DID, SAVED = "ผลการดำเนินงาน (ร้อยละ)", "การดำเนินงานที่ผ่านมา", "#save-state"


def page_of(world: World) -> str:
    in_force(world)
    return f"/reports/{Report.objects.get(round_id='6m').pk}/kpis/1.1/"


def test_what_is_typed_while_the_line_is_down_is_sent_when_it_is_back(
    stage: Stage, world: World
) -> None:
    path = page_of(world)
    clock.pretend(APRIL)
    page = stage.goto(world.reporter, path)
    page.context.set_offline(True)
    page.get_by_label(RESULT).fill("82.65")
    expect(page.locator(SAVED)).to_contain_text("เก็บไว้ในเครื่องนี้")
    assert not Claim.objects.exists()
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_contain_text("บันทึกแล้ว")

    assert Claim.objects.get().actual == Decimal("82.65")
    expect(page.locator("#checks")).to_contain_text("ขาดอีก ร้อยละ 2.35 จึงถึงค่าเป้าหมายมาตรฐาน")


def test_what_was_typed_is_back_after_the_page_was_closed_without_a_line(
    stage: Stage, world: World
) -> None:
    path = page_of(world)
    clock.pretend(APRIL)
    page = stage.goto(world.reporter, path)
    page.context.set_offline(True)
    page.get_by_label(DID).fill("ยังไม่ทันบันทึก")
    expect(page.locator(SAVED)).to_contain_text("เก็บไว้ในเครื่องนี้")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(stage.site + path)

    expect(page.get_by_label(DID)).to_have_value("ยังไม่ทันบันทึก")
    expect(page.locator(SAVED)).to_contain_text("บันทึกแล้ว")
    assert Claim.objects.get().did == "ยังไม่ทันบันทึก"


def test_the_slower_of_two_people_is_told_and_nothing_is_overwritten(
    stage: Stage, world: World
) -> None:
    path = page_of(world)
    clock.pretend(APRIL)
    other = person("reporter-2", (Role.REPORTER, world.province))
    first, second = stage.goto(world.reporter, path), stage.goto(other, path)
    first.get_by_label(DID).fill("ของคนแรก")
    expect(first.locator(SAVED)).to_contain_text("บันทึกแล้ว")
    second.get_by_label(DID).fill("ของคนที่สอง")

    expect(second.locator("#conflict")).to_be_visible()
    expect(second.locator("#conflict")).to_contain_text("คุณreporter")
    expect(second.locator("#conflict")).to_contain_text("ของคนแรก")
    expect(second.get_by_label(DID)).to_have_value("ของคนที่สอง")
    assert Claim.objects.get().did == "ของคนแรก"


def test_what_came_though_its_answer_was_lost_is_not_a_conflict_with_oneself(
    stage: Stage, world: World
) -> None:
    def without_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    path = page_of(world)
    clock.pretend(APRIL)
    page = stage.goto(world.reporter, path)
    page.route("**" + path, without_answer)
    page.get_by_label(DID).fill("ส่งถึงแล้ว")
    expect(page.locator(SAVED)).to_contain_text("เก็บไว้ในเครื่องนี้")
    page.unroute_all()
    page.goto(stage.site + path)
    expect(page.get_by_label(DID)).to_have_value("ส่งถึงแล้ว")
    page.get_by_label(DID).fill("เขียนต่อ")
    expect(page.locator(SAVED)).to_contain_text("บันทึกแล้ว")

    assert page.locator("#conflict").is_hidden()
    assert Claim.objects.get().did == "เขียนต่อ"


def test_typing_on_before_the_retry_of_a_lost_answer_is_no_conflict_and_loses_nothing(
    stage: Stage, world: World
) -> None:
    lost: list[str] = []

    def first_answer_cut_off(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    path = page_of(world)
    clock.pretend(APRIL)
    page = stage.goto(world.reporter, path)
    page.route("**" + path, first_answer_cut_off)
    page.get_by_label(DID).fill("ส่งถึงแล้ว")
    expect(page.locator(SAVED)).to_contain_text("เก็บไว้ในเครื่องนี้")
    page.get_by_label(DID).fill("ส่งถึงแล้ว และเขียนต่อก่อนส่งซ้ำ")
    expect(page.locator(SAVED)).to_contain_text("บันทึกแล้ว")
    page.wait_for_function(
        "() => !Object.keys(localStorage).some((key) => key.endsWith(':unanswered'))"
    )

    assert page.locator("#conflict").is_hidden()
    assert lost != []
    expect(page.get_by_label(DID)).to_have_value("ส่งถึงแล้ว และเขียนต่อก่อนส่งซ้ำ")
    page.wait_for_timeout(1500)
    assert Claim.objects.get().did == "ส่งถึงแล้ว และเขียนต่อก่อนส่งซ้ำ"
