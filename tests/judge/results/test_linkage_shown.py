"""The linkage is seen by those whose heads it is of, each their own, and by OPDC as a whole."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from esar.platform.organisations.models import OfficeHolder
from tests.make import World, person
from tests.show.public.make import ministry

pytestmark = pytest.mark.django_db
PAGE = "/linkage/2567/1/"


def test_each_sees_the_linkage_of_their_own_bodies(world: World) -> None:
    interior = person("interior", ("ministers_office", ministry("MOI")))
    shown = {}
    for name, who in (
        ("analyst", world.analyst),
        ("approver", world.approver),
        ("approver of the department", world.approver_d),
        ("its minister", world.ministers_office),
        ("interior", interior),
    ):
        client = Client()
        client.force_login(who)
        lines = client.get(PAGE).context["list"].lines
        shown[name] = {line.row.body.code for line in lines}
        lines = client.get(f"{PAGE}linkage.csv").content.decode("utf-8-sig").splitlines()[1:]
        assert {line.split(",")[0] for line in lines} == shown[name]

    assert shown == {
        "analyst": {"TH-74", "DIT"},
        "approver": {"TH-74"},
        "approver of the department": {"DIT"},
        "its minister": {"DIT"},
        "interior": {"TH-74"},
    }


@pytest.mark.parametrize("role", ["reporter", "secretary", "nobody", "assessor"])
def test_others_are_refused(world: World, role: str) -> None:
    client = Client()
    client.force_login(world.by_role[role])
    assert client.get(PAGE).status_code in (403, 404)


def test_the_files_have_a_line_for_each_holder_and_the_workbook_official_letters(
    world: World,
) -> None:
    for name, first, last in (
        ("ก", date(2020, 1, 1), date(2023, 12, 31)),
        ("ข", date(2024, 1, 1), None),
    ):
        OfficeHolder.objects.create(
            body=world.province, name=name, post="ผู้ว่าราชการ", first_day=first, last_day=last
        )
    client = Client()
    client.force_login(world.approver)
    lines = client.get(f"{PAGE}linkage.csv").content.decode("utf-8-sig").splitlines()
    workbook = load_workbook(BytesIO(client.get(f"{PAGE}linkage.xlsx").content))
    sheet = workbook.active

    assert lines[0] == (
        "code,body,year,round,first,last,points,out_of,share,"
        "holder,post,held_from,held_until,days,days_in_round"
    )
    assert [line.split(",")[9:] for line in lines[1:]] == [
        ["ก", "ผู้ว่าราชการ", "2023-10-01", "2023-12-31", "92", "183"],
        ["ข", "ผู้ว่าราชการ", "2024-01-01", "2024-03-31", "91", "183"],
    ]
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:3] == ["รหัส", "หน่วยงาน", "ปีงบประมาณ"]
    assert {(cell.font.name, cell.font.size) for row in sheet for cell in row} == {
        ("TH Sarabun New", 16)
    }
    assert sheet.page_setup.orientation == "landscape"
