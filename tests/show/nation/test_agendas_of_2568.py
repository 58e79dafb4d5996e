"""Fiscal year 2568 as data: its agendas, its counts, and what the Cabinet put off to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.agree.agendas.life import ADDITION_LIFE
from esar.agree.agendas.models import Holder, SubIndicator
from esar.agree.agendas.queries import agendas_of, key_of
from esar.law.rules.reading import read_rulebook
from esar.show.nation.registry import AsOf, as_json, checked, table_of
from tests.agree.agendas.make import AT_JULY, DUST, HEAD, JULY, addition, load, sub
from tests.make import World
from tests.show.public.make import province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
YEAR_2568 = read_rulebook(Path("rulebook"), 2568)


def figures(code: str) -> dict[str, Any]:
    as_of = AsOf(YEAR_2568, YEAR_2568.year.last_day)
    table = table_of(code, as_of.rules)
    assert table is not None
    return as_json(row.figure for row in checked(table, table.rows(as_of), as_of))


def test_the_year_has_six_agendas_nine_main_indicators_and_twenty_targets() -> None:
    rules = agendas_of(2568)

    assert [key_of(rule) for rule in rules] == [
        "water",
        "greenhouse-gas",
        "tourism",
        "sme-otop",
        "dust",
        "pisa",
    ]
    assert sum(len(rule.value.main_indicators) for rule in rules) == 9
    assert sum(len(rule.value.national_targets) for rule in rules) == 20
    assert {main.target for rule in rules for main in rule.value.main_indicators} == {None}
    assert rules[-1].value.lead_codes == ()


def test_what_no_source_of_the_year_says_is_marked() -> None:
    for rule in agendas_of(2568):
        marked = {assumed.field for assumed in rule.version.assumed}
        assert marked >= {"main_indicators", "stages"}
        if rule.value.lead_codes:
            assert marked >= {"leads", "lead_codes"}


def test_the_years_stand_beside_each_other() -> None:
    assert figures("T9") == {
        "2566": {"agendas": 3, "indicators": 59, "national-targets": 6},
        "2567": {"agendas": 5, "national-targets": 18},
        "2568": {"agendas": 6, "indicators": 9, "national-targets": 20},
    }


def test_its_pages_are_there_without_any_sub_indicator(client: Client) -> None:
    overview = client.get("/agendas/2568/")
    page = client.get("/agendas/2568/pisa/")

    assert (overview.status_code, page.status_code) == (200, 200)
    assert len(overview.content) <= 60_000
    assert [gauge.target for gauge in page.context["view"].gauges] == [None]
    assert client.get("/years/2568/tables/").status_code == 200


def test_whom_the_cabinet_put_off_to_it_is_carried_and_counted_when_it_holds_it(
    world: World,
) -> None:
    load(world, HEAD + DUST)
    bodies = [(province("TH-36"), "short_data"), (province("TH-18"), "no_station")]
    written = addition(world.analyst, (world.department, "now"), *bodies)
    assert "carried" not in figures("T10")
    ADDITION_LIFE.move(written, "enact", by=world.administrator, at=AT_JULY, on=JULY)
    assert (figures("T10")["carried"], figures("T10")["taken-up"]) == (2, 0)

    same = sub("5-01")
    fields = {name: getattr(same, name) for name in ("agenda", "name", "unit", "direction")}
    fields |= {"national_target": "air", "stage": "start", "fiscal_year": 2568}
    new = SubIndicator.objects.create(code="5-01", first_day=date(2024, 11, 5), **fields)
    Holder.objects.create(sub_indicator=new, body=bodies[0][0], first_day=date(2024, 11, 5))

    assert (figures("T10")["carried"], figures("T10")["taken-up"]) == (2, 1)
