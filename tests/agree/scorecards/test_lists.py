"""The lists of indicators, KPI templates, committees and sittings, as pages and as files."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.content import content, contents_of, kpis_of
from esar.platform.ui import clock
from tests.agree.scorecards import make
from tests.agree.scorecards.make_kpi_templates import FEBRUARY, fill, go
from tests.agree.scorecards.make_listed import listed
from tests.make import FEBRUARY as FEBRUARY_2567
from tests.make import World, draft, in_force, open_sitting

pytestmark = pytest.mark.usefixtures("strict_templates")


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def rows(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode().removeprefix("\ufeff")
    return list(csv.reader(text.splitlines()))


def test_the_content_of_many_scorecards_is_that_of_each_in_one_query(
    world: World, django_assert_num_queries: Any
) -> None:
    clock.pretend(FEBRUARY_2567)
    card = in_force(world)
    with_kpis = content(card, kpis_of(card))

    with django_assert_num_queries(1):
        contents = contents_of([card])

    assert contents == {card.pk: with_kpis}
    assert list(contents[card.pk]["kpis"][0]) == list(with_kpis["kpis"][0])


def test_the_library_is_sorted_filtered_and_given_out(world: World) -> None:
    clock.pretend(make.PROPOSED)
    ours = listed(world, name="อัตราการมีงานทำ", unit="ร้อยละ", direction="higher")
    theirs = listed(world, name="จำนวนครั้ง", unit="ครั้ง", direction="lower", fiscal_year=2567)
    client = of(world.analyst)

    assert rows(client, "/indicators/indicators.csv?sort=-name") == [
        ["code", "name", "year", "unit", "direction", "body"],
        [ours.indicator.code, "อัตราการมีงานทำ", "2554", "ร้อยละ", "higher", ""],
        [theirs.indicator.code, "จำนวนครั้ง", "2567", "ครั้ง", "lower", ""],
    ]
    assert [row[1] for row in rows(client, "/indicators/indicators.csv?direction=lower")] == [
        "name",
        "จำนวนครั้ง",
    ]
    assert [row[1] for row in rows(client, "/indicators/indicators.csv?q=มีงาน")] == [
        "name",
        "อัตราการมีงานทำ",
    ]


def test_an_indicator_is_taken_for_the_scorecard_that_it_is_looked_for(world: World) -> None:
    clock.pretend(make.PROPOSED)
    ours = listed(world, name="อัตราการมีงานทำ")
    card = make.drafted(world)
    html = of(world.reporter).get(f"/indicators/?card={card.pk}&q=มีงานทำ").content.decode()
    elsewhere = of(world.analyst).get(f"/indicators/?card={card.pk}").content.decode()

    assert f'href="/scorecards/{card.pk}/kpis/new/?from={ours.pk}"' in html
    assert f'<input type="hidden" name="card" value="{card.pk}">' in html
    assert f'href="?card={card.pk}"' in html  # without the filters, still for the scorecard
    assert f"/indicators/indicators.csv?card={card.pk}&amp;q=" in html
    assert "kpis/new/" not in elsewhere


def test_kpi_templates_are_followed_exceptions_first(world: World) -> None:
    clock.pretend(FEBRUARY)
    card = make.in_force(world)
    fill(world, card)
    go(card, "propose", world.reporter)
    go(card, "submit", world.approver)
    client, head = of(world.analyst), ["year", "code", "body", "state"]
    head += ["due", "received", "late", "result_due"]
    province = world.province
    line = ["2554", province.code, province.name_th, "sent", "2011-01-31", "2011-01-20", "0"]

    assert rows(client, "/kpi-templates/list.csv?year=2554") == [head, [*line, "2011-02-28"]]
    assert rows(client, "/kpi-templates/list.csv?year=2554&state=passed") == [head]
    assert rows(client, "/kpi-templates/list.csv?year=2567") == [head]
    assert rows(client, "/kpi-templates/list.csv?year=2554&q=zzz") == [head]
    page = client.get("/kpi-templates/?year=2554").content.decode()
    assert f"/scorecards/{card.pk}/templates/" in page


def test_committees_and_sittings_are_sorted_filtered_and_given_out(world: World) -> None:
    clock.pretend(FEBRUARY_2567)
    draft(world)
    open_sitting(world, world.level1)
    open_sitting(world, world.level2)
    client = of(world.analyst)
    codes = [row[0] for row in rows(client, "/committees/committees.csv?sort=-code")]

    assert codes == ["code", *sorted((row.code for row in committees(world)), reverse=True)]
    assert rows(client, "/committees/committees.csv?q=L1-P") == [
        ["code", "name", "level"],
        ["L1-P", world.level1.name_th, "1"],
    ]
    assert rows(client, "/sittings/sittings.csv?q=L1-P&state=open") == [
        ["committee", "name", "year", "number", "held_at", "place", "state", "items"],
        ["L1-P", world.level1.name_th, "2567", "1", HELD, "ห้องประชุม 1", "open", "0"],
    ]
    assert len(rows(client, "/sittings/sittings.csv?state=closed")) == 1
    assert len(rows(client, "/sittings/sittings.csv?year=2566")) == 1
    html = client.get("/sittings/").content.decode()
    assert f'<a href="/committees/">คณะกรรมการ ({len(committees(world))})</a>' in html
    own = of(world.secretaries["L1-P"]).get("/sittings/").content.decode()
    assert f'<a class="chip" href="/committees/L1-P/">{world.level1.name_th}</a>' in own
    assert of(world.reporter).get("/committees/committees.csv").status_code == 404


HELD = "2023-10-10T10:00:00+07:00"


def committees(world: World) -> list[Any]:
    from esar.agree.committees.queries import visible_committees

    return list(visible_committees(world.analyst, FEBRUARY_2567))
