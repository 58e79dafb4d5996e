"""Bodies beside each other: what they share, who has most, and whom the page refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.show.public.beside.queries import Beside
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
ROUND = "/compare/2567/12m/"


@pytest.fixture(autouse=True)
def nation() -> None:
    result(province("TH-50"), "95", digital="70")
    result(province("TH-51"), "82", digital="80")
    result(province("TH-52"), "95", digital="60")
    result(department("D1"), "95")
    department("D2")


def beside(codes: str) -> Beside:
    compared = Client().get(f"{ROUND}{codes}/").context["beside"]
    assert isinstance(compared, Beside)
    return compared


def test_bodies_stand_in_the_order_of_the_address() -> None:
    assert [row.body.code for row in beside("TH-51+TH-50").standings] == ["TH-51", "TH-50"]


def test_the_best_of_each_kpi_is_marked_and_equal_ones_are_all_best() -> None:
    rows = {row.measure.name: row.cells for row in beside("TH-50+TH-51+TH-52").shared}
    best = {name: [cell.is_best for cell in cells] for name, cells in rows.items()}

    assert best["ตัวชี้วัดทดสอบ"] == [True, False, True]
    assert [any(marks) for name, marks in best.items() if "PMQA" in name] == [False]


def test_who_leads_most_often_is_said_and_nobody_where_two_do() -> None:
    leader = beside("TH-50+TH-52").leader

    assert leader is not None
    assert (leader[0].body.code, leader[1]) == ("TH-50", 1)
    assert beside("TH-50+TH-51").leader is None


@pytest.mark.parametrize(
    "codes",
    [
        "TH-50+D1",
        "TH-50+TH-50",
        "D1+D2",
        "TH-50+NONE",
        "NONE",
        "TH-50+TH-51+TH-52+TH-53+TH-54",
    ],
)
def test_two_kinds_one_twice_one_without_a_result_and_too_many_are_404(
    client: Client, codes: str
) -> None:
    assert client.get(f"{ROUND}{codes}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "asked", "leads_to"),
    [
        ("/compare/", "TH-50", "/compare/2567/12m/TH-50/"),
        (f"{ROUND}TH-50/", "TH-51", "/compare/2567/12m/TH-50+TH-51/"),
    ],
)
def test_a_name_puts_its_body_beside(client: Client, path: str, asked: str, leads_to: str) -> None:
    assert client.get(path, {"q": asked})["Location"] == leads_to


def test_several_of_a_name_are_offered_and_none_of_another_kind(client: Client) -> None:
    offers = client.get(f"{ROUND}TH-50/", {"q": "ทดสอบ"}).context["offers"]

    assert [body.code for body, _ in offers] == ["TH-51", "TH-52"]


def test_comparing_costs_the_same_queries_for_1_and_3_bodies(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.get(f"{ROUND}TH-50/")
    with CaptureQueriesContext(connection) as with_one:
        client.get(f"{ROUND}TH-50/")
    with django_assert_num_queries(len(with_one)):
        client.get(f"{ROUND}TH-50+TH-51+TH-52/")
