"""OPDC is told of one change on 28 February and of another on 4 March, which is refused."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.models import ScorecardVersion
from esar.platform.ui import clock
from tests.agree.changes.make import approved
from tests.browser.stage import Stage
from tests.make import World, in_force, kpi

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RECORD = "บันทึกการแจ้งสำนักงาน ก.พ.ร."


def tell(stage: Stage, world: World, change: ChangeRequest, day: date, letter: str) -> str:
    """The secretary opens the desk, follows it to the request and records the notice."""
    clock.pretend(day)
    page = stage.goto(world.secretaries["L2-P"], "/desk/")
    page.locator(f'a[href="/changes/{change.pk}/"]').first.click()
    expect(page.get_by_label("วันที่แจ้งสำนักงาน ก.พ.ร.")).to_have_value(day.isoformat())
    page.get_by_label("เลขที่หนังสือ").fill(letter)
    page.get_by_role("button", name=RECORD).click()
    return page.locator("main").inner_text()


def test_a_change_told_on_28_february_is_in_force_and_one_of_4_march_is_refused(
    stage: Stage, world: World
) -> None:
    clock.pretend(date(2024, 2, 10))
    card = in_force(world)
    first, second = approved(world, card), approved(world, card, number="1.2")

    page = tell(stage, world, first, date(2024, 2, 28), "มท 0810/28")
    assert "อนุมัติแล้ว รอ อ.ก.พ.ร. รับทราบ" in page
    assert "28 กุมภาพันธ์ 2567 · มท 0810/28" in page

    page = tell(stage, world, second, date(2024, 3, 4), "มท 0810/99")
    assert "วันที่ 4 มีนาคม 2567 ไม่อยู่ในช่วงที่ต้องแจ้งผลให้สำนักงาน ก.พ.ร." in page
    assert "1 กรกฎาคม 2567 – 31 กรกฎาคม 2567" in page
    second.refresh_from_db()
    assert (second.state, second.told_on) == ("tell", None)
    assert [kpi(card, number).targets[0] for number in ("1.1", "1.2")] == ["70", "80"]
    assert ScorecardVersion.objects.filter(scorecard=card).count() == 2
