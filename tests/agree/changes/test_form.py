"""What is typed in a request to change a KPI is asked for, or asked about, and never dropped."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from esar.agree.changes.content import changed_values
from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.models import Scorecard
from esar.platform.ui import clock
from tests.agree.make_forms import typed
from tests.make import FEBRUARY, World, in_force, kpi

UNUSED = "เลือกไว้ว่า “ขอยกเลิกตัวชี้วัดนี้” แต่พิมพ์ค่าไว้ด้วย ค่านี้จะไม่ถูกใช้ โปรดเลือกให้ใช้ค่านี้ หรือลบค่าออก"
WORDS = {
    "ground": "policy",
    "reason": "นโยบายเปลี่ยน",
    "evidence": "มติ",
    "achieved": "",
    "achieved_why": "ยังไม่มีผล",
}


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def post(world: World, card: Scorecard, **values: str) -> Any:
    clock.pretend(FEBRUARY)
    client, path = Client(), f"/scorecards/{card.pk}/kpis/1.1/change/"
    client.force_login(world.reporter)
    return client.post(path, typed(client.get(path), **WORDS | values))


def test_new_levels_and_words_of_a_kpi_to_be_cancelled_are_asked_about(world: World) -> None:
    card = in_force(world)
    answer = post(world, card, cancels="on", target_1="60", definition="นิยามใหม่")

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"target_1": [UNUSED], "definition": [UNUSED]}
    assert post(world, card, cancels="on", target_1="").status_code == 302


def test_a_detail_that_is_emptied_is_empty_in_the_request(world: World) -> None:
    card = in_force(world)
    assert kpi(card).template.formula
    assert post(world, card, formula="").status_code == 302

    change = ChangeRequest.objects.get()
    changed = changed_values(change.old, change.new)
    assert [(name, new) for name, _, new in changed] == [("formula", "")]


@pytest.mark.parametrize("name", ["target_1", "target_3"])
def test_a_level_that_is_emptied_is_asked_for(world: World, name: str) -> None:
    card = in_force(world)
    answer = post(
        world, card, formula="", **dict.fromkeys(("target_1", "target_2", "target_3"), "")
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors[name] == ["โปรดกรอกช่องนี้"]
