"""A KPI saves itself while it is written; a faster writer and a wrong figure stop it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.models import Kpi
from esar.platform.organisations.models import Role
from tests.agree.make_forms import browser, typed
from tests.make import World, draft, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def save(client: Client, path: str, data: dict[str, str]) -> Any:
    return client.post(path, data, headers={"X-Autosave": "1"})


def test_a_kpi_saves_itself_and_tells_its_new_mark_and_figures(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), f"/scorecards/{card.pk}/kpis/1.1/"
    page = client.get(path)
    assert 'data-autosave="server"' in page.content.decode()
    data = typed(page, formula="สูตรใหม่", target_3="๙๑%")

    first = save(client, path, data)
    again = save(client, path, data | {"seen": first.json()["revision"], "weight": "21"})
    kpi = Kpi.objects.select_related("template").get(scorecard=card, number="1.1")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["figures"]["target_3"] == "91"
    assert (kpi.template.formula, kpi.targets, kpi.weight) == (
        "สูตรใหม่",
        ["80", "85", "91"],
        Decimal(21),
    )


def test_a_number_waits_for_the_button_and_a_wrong_figure_is_told(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), f"/scorecards/{card.pk}/kpis/1.1/"
    data = typed(client.get(path))

    renumbered = save(client, path, data | {"number": "1.9", "scope": "ทั้งจังหวัด"})
    wrong = save(client, path, data | {"target_1": "4,0"})

    assert (renumbered.status_code, wrong.status_code) == (200, 422)
    assert Kpi.objects.get(scorecard=card, number="1.1").template.scope == "ทั้งจังหวัด"
    assert "โปรดพิมพ์ 4.0" in wrong.json()["problems"][0]


def test_a_faster_writer_is_not_overwritten_and_both_texts_are_shown(world: World) -> None:
    card = draft(world)
    second = person("second", (Role.REPORTER, world.province))
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    data = typed(browser(world.reporter).get(path))
    save(browser(second), path, data | {"formula": "ของอีกคน"})

    late = save(browser(world.reporter), path, data | {"formula": "ของฉัน"})

    assert late.status_code == 409
    assert "ของอีกคน" in late.json()["html"]
    assert Kpi.objects.get(scorecard=card, number="1.1").template.formula == "ของอีกคน"


def test_a_new_kpi_is_kept_on_the_device_until_it_is_saved(world: World) -> None:
    card = draft(world)
    page = browser(world.reporter).get(f"/scorecards/{card.pk}/kpis/new/").content.decode()

    assert ('data-autosave="device"' in page, "data-warn" in page) == (True, True)
