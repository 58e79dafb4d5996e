"""The order that appoints a committee stands at the committee, with its file and its clause."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from esar.agree.committees.models import AppointingOrder
from esar.agree.committees.orders import record_order
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.make import AT, ON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
SIGNED = date(2023, 9, 25)


def file(text: str = "คำสั่งแต่งตั้ง") -> SimpleUploadedFile:
    return SimpleUploadedFile("คำสั่ง.txt", text.encode())


def recorded(world: World, by: Person, sent: Any = None, **changed: Any) -> AppointingOrder:
    words = {"letter": "คำสั่งที่ 1/2566", "day": SIGNED, "appointed_by": "รัฐมนตรี"} | changed
    return record_order(world.level2, sent or file(), **words, by=by, at=AT, on=ON)


def refused(world: World, by: Person, sent: Any = None, **changed: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        recorded(world, by, sent, **changed)
    return [problem.code for problem in refusal.value.problems]


def test_the_same_order_again_is_there_already_and_another_text_of_it_is_refused(
    world: World,
) -> None:
    order = recorded(world, world.secretaries["L2-P"])

    assert recorded(world, world.secretaries["L2-P"]) == order
    assert refused(world, world.secretaries["L2-P"], appointed_by="ปลัด") == [
        "committee_order.is_there"
    ]
    assert refused(world, world.secretaries["L2-P"], file("อื่น")) == ["committee_order.is_there"]
    [event] = Event.objects.filter(verb="committee.appointed")
    assert event.after == {
        "order_letter": "คำสั่งที่ 1/2566",
        "order_day": "2023-09-25",
        "appointed_by": "รัฐมนตรี",
        "name": "คำสั่ง.txt",
        "sha256": order.file.sha256,
    }


def test_no_order_is_of_a_day_that_is_not_there_yet(world: World) -> None:
    assert refused(world, world.secretaries["L2-P"], day=date(2023, 10, 11)) == [
        "committee_order.later"
    ]
    assert recorded(world, world.secretaries["L2-P"], day=ON).day == ON


def test_a_later_order_stands_before_the_one_whose_place_it_takes(world: World) -> None:
    first = recorded(world, world.administrator)
    second = recorded(world, world.administrator, file("ใหม่"), letter="2/2566", day=ON)

    assert list(AppointingOrder.objects.all()) == [second, first]


def test_only_its_secretary_and_who_keeps_the_registry_record_it(world: World) -> None:
    for stranger in (world.secretaries["L1-P"], world.analyst, world.reporter):
        assert refused(world, stranger) == ["access.wrong_role"]


def test_it_is_recorded_on_a_page_shown_at_the_committee_and_opened_there(world: World) -> None:
    clock.pretend(ON)
    client, page = Client(), f"/committees/{world.level2.code}/"
    client.force_login(world.secretaries["L2-P"])
    fields = {"letter": "คำสั่งที่ 1/2566", "day": "2023-09-25", "appointed_by": "รัฐมนตรี"}
    assert client.post(f"{page}orders/new/", fields).status_code == 422
    sent = client.post(f"{page}orders/new/", fields | {"file": file()})
    assert (sent.status_code, sent.headers["Location"]) == (302, page)

    order = AppointingOrder.objects.get()
    shown = client.get(page).content.decode()
    assert shown.count("คำสั่งที่ 1/2566") == 1
    assert shown.count("ข้อ 2.2") >= 1
    opened = client.get(f"{page}orders/{order.pk}/")
    assert b"".join(opened) == "คำสั่งแต่งตั้ง".encode()  # type: ignore[arg-type]

    client.force_login(world.reporter)
    assert client.get(f"{page}orders/{order.pk}/").status_code == 404
    assert client.get(f"{page}orders/new/").status_code == 404
