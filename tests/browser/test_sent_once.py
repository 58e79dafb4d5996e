"""A button pressed twice sends its form once."""

from __future__ import annotations

import pytest

from esar.platform.ui import clock
from tests.browser.stage import Stage
from tests.make import ON, World, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PRESSED = """
(selector) => {
  const held = [];
  addEventListener("submit", (event) => {
    held.push(event.defaultPrevented);
    event.preventDefault(); // the page is to stay
  });
  const form = document.querySelector(selector);
  form.requestSubmit();
  form.requestSubmit();
  dispatchEvent(new Event("pageshow")); // gone back to
  form.requestSubmit();
  return held;
}
"""


def test_a_form_with_a_field_called_method_is_sent_once_too(stage: Stage, world: World) -> None:
    clock.pretend(ON)
    card = draft(world)
    page = stage.goto(world.reporter, f"/scorecards/{card.pk}/kpis/1.1/measure/")

    assert page.evaluate(PRESSED, "form:has([name=method])") == [False, True, False]


def test_a_form_is_sent_once_until_its_page_is_shown_again(stage: Stage, world: World) -> None:
    clock.pretend(ON)
    page = stage.goto(world.reporter, "/extensions/new/TH-74/2567/")
    page.get_by_label("วันสิ้นสุด").fill("2024-12-31")
    page.get_by_label("เหตุผล").fill("น้ำท่วม")

    assert page.evaluate(PRESSED, "main form") == [False, True, False]
