"""What everyone reads of the agendas."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.agendas.models import Holder
from esar.platform.ui import clock
from tests.agree.agendas.make import JULY, enterprise, load, sub
from tests.make import World
from tests.show.public.make import province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
LISTS = ("/agendas/2567/", "/agendas/2567/dust/", "/joint-kpis/?year=2567", "/sub-indicators/")


@pytest.fixture
def loaded(world: World) -> World:
    enterprise()
    assert not load(world).problems
    clock.pretend(JULY)
    return world


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_sub_indicator_shows_all_its_holders(client: Client, language: str) -> None:
    client.cookies["language"] = language

    page = client.get(f"/sub-indicators/{sub('1-01').pk}/")

    assert page.status_code == 200
    assert [row.body.code for row in page.context["holders"]] == ["DIT", "TAT"]
    assert page.context["total"] == 80


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("asks", "codes"),
    [
        ("kind=state_enterprise", ["TAT"]),
        ("kind=department", ["DIT"]),
        ("kind=province", ["TH-74"]),
        ("kind=other", []),
        ("agenda=water", ["DIT", "TAT"]),
        ("gap=no_target", []),
        ("gap=no_kpi", ["DIT", "TAT", "TH-74"]),
    ],
)
def test_holders_are_listed_by_agenda_kind_and_what_is_missing(
    client: Client, asks: str, codes: list[str]
) -> None:
    page = client.get(f"/joint-kpis/?year=2567&{asks}")

    assert sorted(line.row.body.code for line in page.context["list"].lines) == codes


@pytest.mark.usefixtures("loaded")
def test_more_holders_cost_no_more_queries(client: Client) -> None:
    before = [queries(client, address) for address in LISTS]
    Holder.objects.bulk_create(
        Holder(sub_indicator=sub("5-01"), body=province(f"TH-{n}"), first_day=sub("5-01").first_day)
        for n in (50, 51, 52)
    )

    assert [queries(client, address) for address in LISTS] == before


@pytest.mark.usefixtures("loaded")
def test_the_overview_is_small(client: Client) -> None:
    assert len(client.get("/agendas/2567/").content) <= 60_000


@pytest.mark.parametrize("path", ["/agendas/2554/", "/agendas/2567/peace/", "/sub-indicators/9/"])
def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_agendas_of_the_year_worked_in_come_first(client: Client) -> None:
    assert client.get("/agendas/")["Location"] == "/agendas/2567/"
