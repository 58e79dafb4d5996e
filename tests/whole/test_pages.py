"""Every page of those who work here, for every role, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from esar.agree.changes import actions as changes
from esar.agree.committees.models import AgendaItem, Sitting
from esar.platform.ui import clock
from tests.make import (
    AT,
    FEBRUARY,
    World,
    draft,
    in_force,
    kpi,
    open_sitting,
    request_fields,
    submitted,
)

pytestmark = pytest.mark.usefixtures("strict_templates")
LANGUAGES = ("th", "en")


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def full(world: World) -> dict[str, Any]:
    """A scorecard in force with a change asked for, another on the table of an open sitting."""
    card = in_force(world)
    asked = changes.ask(card, kpi(card), request_fields(), by=world.reporter, at=AT, on=FEBRUARY)
    other = submitted(world, world.department)
    sitting = open_sitting(world, world.level1d, other)
    return {"card": card, "change": asked, "other": other, "sitting": sitting}


def paths(full: dict[str, Any]) -> list[str]:
    card, other = full["card"].pk, full["other"].pk
    return [
        "/desk/",
        "/search/",
        "/search/?q=ตัวชี้วัด",
        "/notices/",
        "/account/",
        "/people/",
        "/scorecards/",
        "/scorecards/?q=ค้าภายใน&state=opinion",
        f"/scorecards/{card}/",
        f"/scorecards/{other}/",
        f"/scorecards/{card}/versions/1/",
        "/changes/",
        f"/changes/{full['change'].pk}/",
        "/indicators/",
        "/indicators/?q=zzz",
        "/indicators/TH-74-001/",
        "/committees/",
        "/committees/L2-P/",
        "/sittings/",
        f"/sittings/{full['sitting'].pk}/",
        f"/sittings/{full['sitting'].pk}/agenda/{AgendaItem.objects.get(outcome='').pk}/",
        f"/sittings/{Sitting.objects.order_by('pk')[0].pk}/",
        "/calendar/2567/",
        "/agencies/TH-74/2567/agreement/",
        "/people/invite/",
        "/calendar/2567/extend/",
        "/agencies/TH-74/office/",
    ]


def test_every_page_opens_for_those_it_is_for_and_is_not_there_for_others(
    full: dict[str, Any], world: World
) -> None:
    """Every role at every page, in one language and the other by turns; each page in both."""
    listed = paths(full)
    readers: dict[str, list[Client]] = {path: [] for path in listed}
    for role, person in world.by_role.items():
        client = signed_in(person)
        for path in listed:
            client.cookies["language"] = LANGUAGES[len(readers[path]) % 2]
            status = client.get(path).status_code
            assert status in (200, 404), (role, path, status)
            if status == 200:
                readers[path].append(client)

    assert [path for path in listed if not readers[path]] == []
    for path in (path for path in listed if len(readers[path]) == 1):
        readers[path][0].cookies["language"] = LANGUAGES[1]
        assert readers[path][0].get(path).status_code == 200, path


def test_forms_open_and_a_wrong_entry_comes_back_with_what_is_wrong(world: World) -> None:
    card = draft(world)
    client = signed_in(world.reporter)

    assert client.get(f"/scorecards/{card.pk}/kpis/new/").status_code == 200
    assert client.get(f"/scorecards/{card.pk}/kpis/1.1/").status_code == 200
    answer = client.post(f"/scorecards/{card.pk}/kpis/1.1/", {"number": "1.1", "weight": "สิบ"})

    assert answer.status_code == 422
    assert "“สิบ” ไม่ใช่ตัวเลข" in answer.content.decode()


def test_thai_digits_and_separators_are_numbers_in_a_form(world: World) -> None:
    card = draft(world)
    client = signed_in(world.reporter)
    data = {
        "number": "1.1",
        "component": "performance",
        "kind": "kind.area",
        "name": "รายได้",
        "method": "ladder",
        "direction": "higher",
        "unit": "ล้านบาท",
        "weight": "๒๐",
        "target_1": "1,150.40",
        "target_2": "๑,๒๐๒.๑๗",
        "target_3": "1256.27",
    }
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    answer = client.post(path, data | {"seen": client.get(path).context["form"].initial["seen"]})

    assert answer.status_code == 302
    assert kpi(card).targets == ["1150.40", "1202.17", "1256.27"]


def test_the_check_while_typing_saves_nothing_and_says_what_would_be_wrong(world: World) -> None:
    card = draft(world)
    data = {
        "number": "1.1",
        "component": "performance",
        "kind": "kind.area",
        "name": "รายได้",
        "method": "ladder",
        "direction": "higher",
        "weight": "21",
        "target_1": "9",
        "target_2": "8",
        "target_3": "7",
    }
    answer = signed_in(world.reporter).post(f"/scorecards/{card.pk}/kpis/1.1/check/", data)
    said = answer.content.decode()

    assert answer.status_code == 200
    assert "เรียงจากน้อยไปมาก" in said or "9, 8, 7" in said
    assert kpi(card).targets == ["80", "85", "90"]


def test_a_refused_move_is_a_page_with_its_sentence_and_a_way_back(world: World) -> None:
    card = draft(world)
    answer = signed_in(world.approver).post(f"/scorecards/{card.pk}/move/propose/")

    assert answer.status_code == 403
    assert "การดำเนินการนี้เป็นหน้าที่ของ ผู้รายงาน" in answer.content.decode()


def test_an_edit_after_a_resolution_is_refused_and_the_log_shows_it(world: World) -> None:
    from esar.platform.history.queries import timeline

    card = in_force(world)
    data = {
        "number": "1.1",
        "component": "performance",
        "kind": "kind.area",
        "name": "อื่น",
        "method": "ladder",
        "direction": "higher",
    }
    answer = signed_in(world.reporter).post(f"/scorecards/{card.pk}/kpis/1.1/", data)

    assert answer.status_code == 422
    assert "ผูกพันกับมติคณะกรรมการแล้ว" in answer.content.decode()
    assert timeline(card)[0].verb == "refused"


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(world: World) -> None:
    card = draft(world)
    first, second = signed_in(world.reporter), signed_in(world.reporter)
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    pages = [one.get(path).context["form"].initial["seen"] for one in (first, second)]
    data = {
        "number": "1.1",
        "component": "performance",
        "kind": "kind.area",
        "name": "รายได้",
        "method": "ladder",
        "direction": "higher",
        "weight": "20",
        "target_1": "1",
        "target_2": "2",
        "target_3": "3",
    }
    done = first.post(path, data | {"seen": pages[0]})
    told = second.post(path, data | {"seen": pages[1], "target_3": "9"})

    assert (done.status_code, told.status_code) == (302, 422)
    assert "ท่านแก้ไขตัวชี้วัด 1.1 ในอีกหน้าต่างหนึ่ง" in told.content.decode()
    assert kpi(card).targets == ["1", "2", "3"]
