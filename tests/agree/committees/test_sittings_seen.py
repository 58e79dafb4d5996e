"""What the page of a sitting shows is what is so, and what it showed is what its buttons do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esar.agree.committees import actions, resolutions
from esar.agree.committees.models import AgendaItem, Sitting
from esar.kernel.problems import Refused
from esar.kernel.wording import say
from esar.platform.history.models import Event
from esar.platform.organisations.models import Appointment
from esar.platform.ui import clock
from tests.make import AT, ON, World, close, open_sitting, resolved, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def of_secretary(world: World) -> dict[str, Any]:
    return {"by": world.secretaries["L1-P"], "at": AT, "on": ON}


def opened_with(world: World, *names: str) -> Sitting:
    """An open sitting whose secretary alone of its members is there, with those who are invited."""
    sitting = open_sitting(world, world.level1, submitted(world))
    who = of_secretary(world)
    guests = [actions.invite_guest(sitting, name, post="อธิบดี", **who).pk for name in names]
    actions.mark_attendance(sitting, [who["by"]], invited=guests, **who)
    return sitting


def test_the_page_of_a_committee_names_what_waits_for_it_before_all_else(world: World) -> None:
    card = submitted(world)
    page = client_of(world.secretaries["L1-P"]).get("/committees/L1-P/").content.decode()

    link = reverse("scorecards:scorecard-work", args=[card.pk])
    assert page.index("เรื่องที่รอบรรจุวาระ") < page.index(link) < page.index("องค์ประกอบ")


# --- Assent to what was seen ----------------------------------------------------------------------


def test_a_sitting_is_not_closed_with_a_resolution_that_its_page_did_not_show(
    world: World,
) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    item, who = AgendaItem.objects.get(sitting=sitting), of_secretary(world)
    resolutions.resolve(item, "opinion", **who)
    client, path = client_of(who["by"]), f"/sittings/{sitting.pk}/"
    seen = client.get(path).context["seen"]
    resolutions.resolve(item, "return", reason="ปรับ 1.1", correction="ลงผิด", **who)

    answer = client.post(f"{path}move/close/", {"minutes": "เห็นชอบทุกเรื่อง", "seen": seen})
    sitting.refresh_from_db()
    card.refresh_from_db()
    assert (answer.status_code, sitting.state, card.state) == (422, "open", "opinion")
    assert say("life.changed_since", {"parts": ("1",)}, "th") in answer.content.decode()

    now = client.get(path).context["seen"]
    client.post(f"{path}move/close/", {"minutes": "เห็นชอบทุกเรื่อง", "seen": now})
    card.refresh_from_db()
    assert card.state == "draft"


def test_a_resolution_is_corrected_only_by_whoever_saw_it(world: World) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))
    item, who = AgendaItem.objects.get(sitting=sitting), of_secretary(world)
    resolutions.resolve(item, "opinion", **who)
    client, path = client_of(who["by"]), f"/sittings/{sitting.pk}/"
    page = client.get(path).context
    resolutions.resolve(item, "return", reason="ปรับ 1.1", correction="ลงผิด", **who)

    (row,) = page["rows"]
    correction = {
        "item": item.pk,
        "outcome": "deferred",
        "reason": "รอข้อมูล",
        "correction": "เปลี่ยนใจ",
        f"seen-{item.pk}": row["seen"],
    }
    answer = client.post(f"{path}resolve/", correction | {"seen": page["seen"]})
    item.refresh_from_db()
    assert (answer.status_code, item.outcome) == (422, "return")

    now = client.get(path).context["seen"]
    client.post(f"{path}resolve/", correction | {"seen": now})
    item.refresh_from_db()
    assert item.outcome == "deferred"


def test_a_refusal_names_the_item_that_is_resolved_already(world: World) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))
    item, who = AgendaItem.objects.get(sitting=sitting), of_secretary(world)
    resolutions.resolve(item, "opinion", **who)
    for act in (
        lambda: resolutions.resolve(item, "return", reason="ปรับ 1.1", **who),
        lambda: actions.take_off_agenda(item, **who),
    ):
        with pytest.raises(Refused) as refused:
            act()
        (problem,) = refused.value.problems
        assert (problem.code, problem.figures) == ("sitting.item_resolved", {"places": (1,)})


# --- Who was there --------------------------------------------------------------------------------


def test_those_invited_who_count_are_told_apart_from_the_members(world: World) -> None:
    sitting = opened_with(world, "นายหนึ่ง", "นายสอง", "นายสาม")
    page = client_of(world.secretaries["L1-P"]).get(f"/sittings/{sitting.pk}/").content.decode()
    assert "มา 4 คน (กรรมการ 1 จาก 3 คน และผู้ได้รับเชิญ 3 คน) ต้องมีอย่างน้อย 2 คน" in page


def test_whoever_came_as_invited_is_said_to_have_come(world: World) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    who = of_secretary(world)
    guest = actions.invite_guest(sitting, "นายเชิญ", post="อธิบดี", **who)
    actions.mark_attendance(sitting, [who["by"]], invited=[guest.pk], **who)
    resolutions.resolve(AgendaItem.objects.get(sitting=sitting), "opinion", **who)
    close(sitting, by=who["by"])
    page = client_of(who["by"]).get(f"/sittings/{sitting.pk}/").content.decode()
    assert " ".join(page.split("อธิบดี · ")[1].split("</span>")[0].split()) == (
        "ผู้ได้รับเชิญเฉพาะครั้งนี้ · มาประชุม"
    )


def test_a_closed_sitting_keeps_its_quorum_when_its_members_leave(world: World) -> None:
    sitting = resolved(world, world.level1, submitted(world), "opinion")
    analyst, path = client_of(world.analyst), f"/sittings/{sitting.pk}/"
    before = analyst.get(path).context
    Appointment.objects.filter(committee=world.level1).update(last_day=ON)
    clock.pretend(ON + timedelta(days=30))
    after = analyst.get(path).context

    figures = ("there", "needed", "seats")
    assert [after[name] for name in figures] == [before[name] for name in figures] == [3, 2, 3]
    assert len(after["composition"].unplaced) == len(before["composition"].unplaced) == 3


def test_the_history_tells_who_was_written_down_before(world: World) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))
    who = of_secretary(world)
    members = [who["by"], *world.members["L1-P"]]
    actions.mark_attendance(sitting, members[:2], **who)
    event = Event.objects.filter(verb="sitting.attendance").latest("number")
    names = [person.name for person in members]
    assert (event.before, event.after) == ({"present": names}, {"present": names[:2]})


@pytest.mark.parametrize(
    "name", ["นาย เชิญ", "นายเชิญ ", "นาย\u00a0เชิญ", "นาย-เชิญ", "นาย\u2011เชิญ", "นาย – เชิญ"]
)
def test_blanks_and_dashes_make_nobody_somebody_else(world: World, name: str) -> None:
    sitting = opened_with(world, "นายเชิญ")
    with pytest.raises(Refused) as refused:
        actions.invite_guest(sitting, name, post="อธิบดี", **of_secretary(world))
    assert [problem.code for problem in refused.value.problems] == ["sitting.already_invited"]


def test_a_guest_without_name_and_post_is_asked_for_both_in_whole_sentences(world: World) -> None:
    sitting = opened_with(world)
    with pytest.raises(Refused) as refused:
        actions.invite_guest(sitting, "", post="", **of_secretary(world))
    sentences = [say(problem.code, problem.figures, "th") for problem in refused.value.problems]
    assert sentences == [
        "ระบุชื่อผู้ที่เชิญมาประชุม",
        "โปรดระบุตำแหน่งของผู้ได้รับเชิญ ซึ่งต้องเป็นผู้ดำรงตำแหน่งที่มีหน้าที่และอำนาจโดยตรงเกี่ยวกับเรื่องที่พิจารณา",
    ]


# --- Links ----------------------------------------------------------------------------------------


def test_a_scorecard_that_went_back_to_its_body_has_no_link_that_ends_in_nothing(
    world: World,
) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    secretary, work = world.secretaries["L1-P"], f"/scorecards/{card.pk}/"
    client, path = client_of(secretary), f"/sittings/{sitting.pk}/"
    assert f'href="{work}"' in client.get(path).content.decode()

    who = of_secretary(world)
    item = AgendaItem.objects.get(sitting=sitting)
    resolutions.resolve(item, "return", reason="ปรับ 1.1", **who)
    close(sitting, by=secretary)
    assert client.get(work).status_code == 404
    assert f'href="{work}"' not in client.get(path).content.decode()
