"""Lists can be asked for what one kind of supervising committee considers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.law.rules.reading import read_rulebook
from esar.platform.organisations.models import Body
from esar.platform.ui import clock
from tests.demo.make import Nation
from tests.make import ON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
GROUPS = {"ministries": 132, "single-bodies": 19, "prime-ministers-office": 3, "provinces": 76}
BOOK = read_rulebook(Path("rulebook"), 2567)


def rows_of(client: Client, address: str, group: str) -> int:
    """How many rows the file of a list has when it is asked for one group."""
    asks = f"year=2567&committees=committee.level2.{group}"
    text = client.get(f"{address}?{asks}").content.decode("utf-8-sig")
    return len(text.splitlines()) - 1


def test_every_list_is_narrowed_to_a_group_of_committees(visitor: Client) -> None:
    Nation()
    clock.pretend(ON)
    kpis = {group: rows_of(visitor, "/years/2567/tables/T2.csv", group) for group in GROUPS}
    assert (sum(kpis.values()), kpis["provinces"]) == (605, 0)

    counts = {group: rows_of(visitor, "/years/2567/tables/Q3.csv", group) for group in GROUPS}
    assert counts == GROUPS
    assert sum(rows_of(visitor, "/years/2567/tables/T1.csv", group) for group in GROUPS) == 294

    assert set(Body.objects.filter(code__in=("OPM", "PRD", "OCPB")).values_list("code")) == {
        ("OPM",),
        ("PRD",),
        ("OCPB",),
    }
    page = visitor.get("/agencies/?committees=committee.level2.prime-ministers-office")
    shown = page.content.decode()
    assert [shown.count(f"/agencies/{code}/") >= 1 for code in ("OPM", "PRD", "OCPB")] == [True] * 3
    assert shown.count("/agencies/SPM/") == 0


def test_a_group_costs_no_query_for_each_row(visitor: Client) -> None:
    Nation()
    clock.pretend(ON)
    page = "/years/2567/tables/Q3/"
    visitor.get(page)
    costs = []
    for asks in ("", "?committees=committee.level2.provinces", "?committees=unknown"):
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(f"{page}{asks}").status_code == 200
        costs.append(len(queries))
    assert costs[1] == costs[0] + 1
    assert costs[2] == costs[0]


@pytest.fixture
def visitor() -> Client:
    return Client()
