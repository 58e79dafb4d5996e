"""Search as people type, former names, and the order of the dictionary, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from esar.platform.organisations.models import Body, Person
from esar.platform.organisations.registry import load_registry
from esar.platform.ui import clock
from tests.make import AT, FEBRUARY, World, draft, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Whoever reads the whole registry."""
    load_registry(settings.REGISTRY, at=AT)
    client = Client()
    client.force_login(person("analyst", ("analyst", None)))
    return client


def names(page: Any) -> list[str]:
    return [body.name_th for body in page.context["findings"].bodies]


def test_a_body_is_found_as_people_type_it(client: Client) -> None:
    queries = {
        "ลําพูน": ["จังหวัดลำพูน"],
        "กําแพงเพชร": ["จังหวัดกำแพงเพชร"],
        "น้ํา": names(client.get("/search/", {"q": "น้ำ"})),
        "นํ้า": names(client.get("/search/", {"q": "น้ำ"})),
        "เเม่ฮ่องสอน": ["จังหวัดแม่ฮ่องสอน"],
        "กำเเพงเพชร": ["จังหวัดกำแพงเพชร"],
        "สมุทร\u200bสาคร": ["จังหวัดสมุทรสาคร"],
        "จ.ลำพูน": ["จังหวัดลำพูน"],
        "แมฮ่องสอน": ["จังหวัดแม่ฮ่องสอน"],
        "จ. เเมฮองสอน": ["จังหวัดแม่ฮ่องสอน"],
        "th-๕๑": ["จังหวัดลำพูน"],
        "จว.ลำพูน": ["จังหวัดลำพูน"],
        "จ.  อยุธยา": ["จังหวัดพระนครศรีอยุธยา"],
        "“ลำพูน”,": ["จังหวัดลำพูน"],
        "ล\u200dำ\u00adพูน\ufe0f": ["จังหวัดลำพูน"],
        "กรมสงเสริมคุณภาพสิงแวดลอม": ["กรมการเปลี่ยนแปลงสภาพภูมิอากาศและสิ่งแวดล้อม"],
        "กรม\u200bส่งเสริม คุณภาพ\u00a0สิ่งเเวดล้อม": ["กรมการเปลี่ยนแปลงสภาพภูมิอากาศและสิ่งแวดล้อม"],
        "กรมส่งเสริมคุณภาพสิ่งแวดล้อม": ["กรมการเปลี่ยนแปลงสภาพภูมิอากาศและสิ่งแวดล้อม"],
        "Environmental Quality Promotion": ["กรมการเปลี่ยนแปลงสภาพภูมิอากาศและสิ่งแวดล้อม"],
    }
    assert "กรมทรัพยากรน้ำ" in queries["นํ้า"]

    for typed, bodies in queries.items():
        assert names(client.get("/search/", {"q": typed})) == bodies, typed
        listed = client.get("/agencies/", {"q": typed}).content.decode()
        assert all(name in listed for name in bodies), typed


def test_a_former_name_is_told_where_it_was_looked_for(client: Client) -> None:
    told = "เดิมชื่อ กรมส่งเสริมคุณภาพสิ่งแวดล้อม"

    for path in ("/search/", "/agencies/"):
        assert told in client.get(path, {"q": "กรมส่งเสริมคุณภาพ"}).content.decode(), path


def test_a_kpi_is_found_by_its_number_in_thai_digits() -> None:
    world = World()
    card = draft(world)
    client = Client()
    client.force_login(world.reporter)
    clock.pretend(FEBRUARY)
    found = client.get("/search/", {"q": "๑.๑"}).context["findings"]

    assert [(kpi.scorecard_id, kpi.number) for kpi in found.kpis] == [(card.pk, "1.1")]


def test_a_kpi_of_another_year_than_the_one_in_use_is_told_of() -> None:
    world = World()
    card = draft(world)
    client = Client()
    client.force_login(world.reporter)
    clock.pretend(FEBRUARY)
    page = client.get("/search/", {"q": "๑.๑", "year": "2561"})
    of_all_years = client.get("/search/?q=๑.๑&year=")

    assert (list(page.context["findings"].kpis), page.context["findings"].of_other_years) == ([], 1)
    assert "ปี 2561 ไม่พบ มีในปีอื่น 1 รายการ" in page.content.decode()
    assert [kpi.scorecard_id for kpi in of_all_years.context["findings"].kpis] == [card.pk]
    assert of_all_years.context["findings"].of_other_years == 0


def test_more_than_a_search_shows_is_told(client: Client) -> None:
    many, few = (client.get("/search/", {"q": word}) for word in ("กรม", "ลำพูน"))

    told = "แสดง 20 รายการแรก โปรดพิมพ์คำเพิ่ม"
    assert [told in page.content.decode() for page in (many, few)] == [True, False]
    assert (len(names(many)), many.context["findings"].cut) == (20, {"bodies"})


@pytest.mark.parametrize("typed", ["\u200b", " \ufeff ", "\x00"])
def test_signs_that_nobody_sees_are_no_search(client: Client, typed: str) -> None:
    assert client.get("/search/", {"q": typed}).context["findings"] is None


def test_lists_of_bodies_and_people_stand_as_in_the_dictionary(db: None) -> None:  # noqa: ARG001
    load_registry(settings.REGISTRY, at=AT)
    people = ["เอกชัย", "กมล", "แก้ว", "ไกรสร", "อารี"]
    for name in people:
        Person.objects.create_user(f"{len(name)}{ord(name[-1])}@example.go.th", name)
    chosen = ("กระบี่", "เชียงใหม่", "เพชรบุรี", "แม่ฮ่องสอน", "อ่างทอง")
    bodies = Body.objects.filter(name_th__in=[f"จังหวัด{name}" for name in chosen])

    assert [body.name_th.removeprefix("จังหวัด") for body in bodies] == list(chosen)
    assert list(Person.objects.filter(name__in=people).values_list("name", flat=True)) == [
        "กมล",
        "แก้ว",
        "ไกรสร",
        "อารี",
        "เอกชัย",
    ]


def test_a_name_that_the_registry_changes_takes_its_new_place(db: None) -> None:  # noqa: ARG001
    load_registry(settings.REGISTRY, at=AT)
    Body.objects.filter(code="TH-50").update(name_th="จังหวัดฮ", name_key="x")

    load_registry(settings.REGISTRY, at=AT)

    after = Body.objects.get(code="TH-57")  # เชียงราย
    assert after.name_key < Body.objects.get(code="TH-50").name_key
    assert Body.objects.get(code="TH-50").name_key < Body.objects.get(code="TH-63").name_key  # ตาก
