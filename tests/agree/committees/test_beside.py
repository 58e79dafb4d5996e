"""Beside an agenda lies what an item is about: targets, earlier years, findings of each KPI."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.committees.models import AgendaItem
from tests.make import World, open_sitting, submitted

pytestmark = pytest.mark.django_db


def item_of(world: World, **changes: dict[str, Any]) -> AgendaItem:
    """A scorecard on a table; KPIs by number with what is otherwise in what was put there."""
    sitting = open_sitting(world, world.level1, submitted(world))
    item = AgendaItem.objects.get(sitting=sitting)
    for kpi in item.content["kpis"]:
        kpi |= changes.get(kpi["number"].replace(".", "_"), {})
    AgendaItem.objects.filter(pk=item.pk).update(content=item.content)
    return item


def beside(world: World, item: AgendaItem) -> Any:
    client = Client()
    client.force_login(world.secretaries[world.level1.code])
    return client.get(f"/sittings/{item.sitting_id}/agenda/{item.pk}/?beside")


def test_each_finding_stands_at_its_own_kpi_with_its_targets_and_last_year(world: World) -> None:
    item = item_of(
        world,
        **{"1_2": {"targets": ["80", "80.1", "90"]}, "1_3": {"baseline": []}},
    )
    answer = beside(world, item)
    rows = {one["kpi"].number: one for one in answer.context["row"]["beside"]}
    numbers = {
        number: {finding.figures["kpi"] for finding in row["findings"]}
        for number, row in rows.items()
        if row["findings"]
    }

    assert numbers == {"1.2": {"1.2"}, "1.3": {"1.3"}}
    assert rows["1.1"]["last_year"].value == "75"
    assert rows["1.1"]["years_before"] is not None
    assert (rows["1.3"]["last_year"], rows["1.3"]["years_before"]) == (None, None)
    assert "<html" not in answer.content.decode()


def test_it_costs_the_same_however_many_kpis_there_are(world: World) -> None:
    item = item_of(world)
    counts = []
    for kpis in (item.content["kpis"], item.content["kpis"][:1]):
        AgendaItem.objects.filter(pk=item.pk).update(content={**item.content, "kpis": kpis})
        with CaptureQueriesContext(connection) as queries:
            beside(world, item)
        counts.append(len(queries))

    assert counts[0] == counts[1]
