"""The KPI explorer: who has a KPI, what was asked and what came of it."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.show.public.measures.queries import Measure, key_of, measures_of
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
LIST = "/explore/2567/12m/"


@pytest.fixture
def nation() -> None:
    result(province("TH-50"), "95")
    result(province("TH-51"), "82")
    result(province("TH-52"), None)
    result(department("D1"), "95")


def measure(kind: str = "province", name: str = "ตัวชี้วัดทดสอบ") -> Measure:
    return next(row for row in measures_of(2567, "12m") if (row.kind, row.name) == (kind, name))


def address(of: Measure) -> str:
    return f"{LIST}{of.key}/"


@pytest.mark.usefixtures("nation")
def test_bodies_of_one_kind_with_the_same_kpi_stand_together() -> None:
    shared = measure()

    assert [row.body.code for row in shared.ordered] == ["TH-50", "TH-51", "TH-52"]
    assert [row.body.code for row in shared.reached] == ["TH-50"]
    assert [row.body.code for row in shared.missed] == ["TH-51"]
    assert [row.body.code for row in shared.silent] == ["TH-52"]
    assert [row.body.code for row in measure("department").holders] == ["D1"]


@pytest.mark.usefixtures("nation")
def test_a_share_is_the_result_in_per_cent_of_ones_own_standard_target() -> None:
    shares = {row.body.code: row.share for row in measure().holders}

    assert shares == {"TH-50": Decimal("111.76"), "TH-51": Decimal("96.47"), "TH-52": None}


def test_the_same_name_in_another_unit_or_direction_is_another_kpi() -> None:
    keys = {
        key_of("province", "ก", "คน", False),
        key_of("province", "ก", "คน", True),
        key_of("province", "ก", "ร้อยละ", False),
        key_of("department", "ก", "คน", False),
    }

    assert len(keys) == 4


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize("view", ["per_cent", "figures", "nonsense", ""])
def test_a_kpi_shows_every_body_that_has_it_in_both_views(client: Client, view: str) -> None:
    response = client.get(address(measure()), {"view": view})
    rows = response.context["dumbbells"].rows

    assert response.status_code == 200
    assert [row.is_reached for row in rows] == [True, False, None]
    assert {row.pair.target for row in rows} == (
        {Decimal(100)} if view == "per_cent" else {Decimal(85)}
    )


@pytest.mark.usefixtures("nation")
def test_points_that_are_given_are_dots_and_have_no_targets(client: Client) -> None:
    given = next(row for row in measures_of(2567, "12m") if not row.has_targets)
    response = client.get(address(given))

    assert (response.status_code, response.context["dumbbells"]) == (200, None)


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 6),
        ({"q": "ทดสอบ"}, 2),
        ({"q": "ทดสอบ", "kind": "department"}, 1),
        ({"direction": "lower"}, 0),
        ({"q": "ไม่มีแน่"}, 0),
    ],
)
def test_kpis_are_searched_and_filtered(client: Client, asked: dict[str, str], count: int) -> None:
    assert len(client.get(LIST, asked).context["list"].lines) == count


@pytest.mark.usefixtures("nation")
def test_the_figures_of_a_kpi_are_a_file_with_a_row_for_each_body(client: Client) -> None:
    text = client.get(f"{address(measure())}holders.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))

    assert [(row["code"], row["actual"]) for row in rows] == [
        ("TH-50", "95"),
        ("TH-51", "82"),
        ("TH-52", ""),
    ]


@pytest.mark.usefixtures("nation")
def test_only_the_picture_of_a_kpi_may_stand_in_a_frame_of_another_site(client: Client) -> None:
    page, embedded = client.get(address(measure())), client.get(f"{address(measure())}embed/")

    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded
    assert "<script" not in embedded.content.decode()
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("end", ["", "embed/", "holders.csv"])
def test_a_kpi_that_nobody_has_is_404(client: Client, end: str) -> None:
    result(province("TH-50"))

    assert client.get(f"{LIST}nonsense/{end}").status_code == 404
    assert client.get("/explore/2567/9m/").status_code == 404


@pytest.mark.parametrize("end", ["", "one"])
def test_the_explorer_costs_the_same_queries_with_1_and_4_bodies(
    client: Client, end: str, django_assert_num_queries: Any
) -> None:
    result(province("TH-50"))
    path = address(measure()) if end else LIST
    client.get(path)
    with CaptureQueriesContext(connection) as with_one:
        client.get(path)
    count = len(with_one)
    for number in range(1, 4):
        result(province(f"TH-5{number}"))
    client.get(path)

    with django_assert_num_queries(count):
        client.get(path)


def test_before_anything_is_published_the_explorer_leads_to_the_first_page(
    client: Client,
) -> None:
    assert client.get("/explore/")["Location"] == "/"
