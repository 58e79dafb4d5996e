"""Holders of office from a pasted list: a report by row, and nothing half done."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from esar.platform.organisations.holders import HolderRow, read_holders, record_holders
from esar.platform.organisations.models import Body, OfficeHolder
from tests.make import AT, ON, World
from tests.show.public.make import province

pytestmark = pytest.mark.django_db
GOVERNOR = "ผู้ว่าราชการจังหวัด"
FOUR = f"""รหัสหน่วยงาน\tตำแหน่ง\tชื่อ\tวันเริ่ม
TH-74\t{GOVERNOR}\tนายใหม่ กว่า\t2023-10-01
TH-75\t{GOVERNOR}\tนางสอง สาม\t๒๐๒๓-๑๐-๐๑

TH-74\t{GOVERNOR}\tนายเก่า กว่า\t2021-10-01
DIT\tอธิบดี\tนายสี่ ห้า\t2022-10-01
"""


def codes(rows: list[HolderRow]) -> dict[int, list[str]]:
    return {row.number: [problem.code for problem in row.problems] for row in rows if row.problems}


@pytest.fixture
def bodies(world: World) -> World:
    province("TH-75")
    return world


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_body_is_named_by_its_code_or_its_name(bodies: World, language: str) -> None:
    body = bodies.department
    name = getattr(body, f"name_{language}")
    rows = read_holders(f"{name}\tอธิบดี\tนายสี่ ห้า\t2022-10-01\nDIT\tรอง\tนายห้า หก\t2022-10-01")

    assert [(row.body, row.problems) for row in rows] == [(body, ()), (body, ())]


def test_a_list_is_recorded_by_first_day_and_each_holder_ends_the_one_before(
    bodies: World,
) -> None:
    rows = read_holders(FOUR)
    assert codes(rows) == {}
    assert record_holders(rows, by=bodies.administrator, at=AT, on=ON) == []

    holders = OfficeHolder.objects.order_by("body__code", "first_day")
    assert [(row.body.code, row.name, row.first_day, row.last_day) for row in holders] == [
        ("DIT", "นายสี่ ห้า", date(2022, 10, 1), None),
        ("TH-74", "นายเก่า กว่า", date(2021, 10, 1), date(2023, 9, 30)),
        ("TH-74", "นายใหม่ กว่า", date(2023, 10, 1), None),
        ("TH-75", "นางสอง สาม", date(2023, 10, 1), None),
    ]


def test_every_row_is_told_of_at_once_and_nothing_is_recorded(bodies: World) -> None:
    OfficeHolder.objects.create(
        body=Body.objects.get(code="DIT"), post="อธิบดี", name="คนปัจจุบัน", first_day=date(2023, 1, 1)
    )
    wrong = FOUR + (
        "NOWHERE\tอธิบดี\tก ข\t2023-10-01\n"
        "TH-75\t\t\t2566-10-01\n"
        "TH-75\tปลัด\tก ข\n"
        "TH-75\tปลัด\tก ข\t2023-10-01\n"
        "TH-75\tปลัด\tค ง\t2023-10-01\n"
    )
    refused = record_holders(read_holders(wrong), by=bodies.administrator, at=AT, on=ON)

    assert codes(refused) == {
        6: ["people.holder_before"],  # whoever holds it began later
        7: ["people.unknown_place"],
        8: ["holders.bad_text", "holders.bad_text", "file.buddhist_date"],
        9: ["holders.columns"],
        10: ["holders.twice"],
        11: ["holders.twice"],
    }
    assert OfficeHolder.objects.count() == 1


def test_the_page_shows_the_report_before_anything_is_recorded(bodies: World) -> None:
    client = Client()
    client.force_login(bodies.administrator)
    path = "/people/office-holders/"

    shown = client.post(path, {"rows": FOUR})
    assert (shown.status_code, OfficeHolder.objects.count()) == (200, 0)
    assert "นางสอง สาม" in shown.content.decode()
    refused = client.post(path, {"rows": FOUR + "X\ty\tz\t2023-10-01", "confirmed": "1"})
    assert (refused.status_code, OfficeHolder.objects.count()) == (422, 0)
    assert "X\ty\tz" in refused.content.decode()  # nothing that was pasted is lost
    done = client.post(path, {"rows": FOUR, "confirmed": "1"})
    assert (done.status_code, OfficeHolder.objects.count()) == (302, 4)

    client.force_login(bodies.analyst)
    assert client.get(path).status_code == 404
