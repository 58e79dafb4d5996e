"""Sittings: numbers, who makes the quorum, vacancies, what is decided together, corrections."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.committees import actions, resolutions
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import AgendaItem, Attendance, Sitting
from esar.agree.committees.queries import (
    composition_of,
    present_members,
    quorum_needed,
    votes_needed,
)
from esar.agree.committees.resolutions import Resolution
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.chain import canonical
from esar.kernel.problems import Refused
from esar.kernel.wording import say
from esar.platform.history.models import Event
from esar.platform.organisations.models import Appointment, Committee, Jurisdiction
from tests.agree.make_forms import browser
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    close,
    in_force,
    kpi,
    open_sitting,
    request_fields,
    submitted,
    told,
)

pytestmark = pytest.mark.django_db
OCTOBER_30 = date(2023, 10, 30)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def called(world: World, committee: Committee, day: date, year: int = 2567) -> Sitting:
    secretary = world.secretaries[committee.code]
    at = datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)
    return actions.call(
        committee, year=year, held_at=at, place="ห้อง 1", by=secretary, at=at, on=day
    )


def items_of(sitting: Sitting) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(sitting=sitting).order_by("place"))


def asked(world: World, card: Scorecard, number: str, **changed: Any) -> ChangeRequest:
    """A request that has been sent to the committee."""
    values = request_fields(**changed)
    change = changes.ask(card, kpi(card, number), values, by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(change, "propose", by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(change, "submit", by=world.approver, at=AT, on=FEBRUARY)
    return change


# --- Numbers -------------------------------------------------------------------------------------


def test_a_sitting_is_numbered_in_the_calendar_year_whatever_its_fiscal_year(
    world: World,
) -> None:
    # The sub-commission's sitting of 30 October 2566 is 9/2566, in fiscal year 2567.
    Sitting.objects.create(
        committee=world.sub,
        fiscal_year=2566,
        number=8,
        number_year=2566,
        held_at=datetime(2023, 9, 5, tzinfo=UTC),
        place="ห้อง 1",
        since=AT,
    )
    ninth = called(world, world.sub, OCTOBER_30)
    first = called(world, world.sub, date(2024, 1, 15))
    second = called(world, world.sub, date(2024, 10, 2), year=2568)

    assert [str(sitting).split("ครั้งที่ ")[1] for sitting in (ninth, first, second)] == [
        "9/2566",
        "1/2567",
        "2/2567",
    ]
    assert (ninth.fiscal_year, second.fiscal_year) == (2567, 2568)


def test_no_sitting_is_called_in_a_year_whose_rules_know_no_such_committee(world: World) -> None:
    with pytest.raises(Refused) as refused:
        called(world, world.sub, date(2018, 1, 15), year=2561)

    assert codes(refused) == ["sitting.no_rule"]
    assert not Sitting.objects.exists()


def test_no_sitting_is_called_for_a_day_out_of_reach_of_its_years_rules(world: World) -> None:
    last = date(2025, 9, 30)  # a year after the fiscal year
    with pytest.raises(Refused) as refused:
        called(world, world.sub, last + timedelta(days=1))

    assert codes(refused) == ["calendar.too_late"]
    assert called(world, world.sub, last).held_at.date() == last


def test_where_nothing_says_its_quorum_nobody_decides(world: World) -> None:
    """A sitting of a year that has lost its rule: no share is made up in its place."""
    sitting = called(world, world.sub, OCTOBER_30)
    sitting.fiscal_year = 2561
    for needed in (lambda: quorum_needed(sitting, ON), lambda: votes_needed(sitting, 5)):
        with pytest.raises(Refused) as refused:
            needed()
        assert codes(refused) == ["sitting.no_rule"]


def test_earlier_sittings_keep_their_numbers(world: World) -> None:
    earlier = called(world, world.sub, OCTOBER_30)
    Sitting.objects.filter(pk=earlier.pk).update(number_year=0)
    import_module("esar.agree.committees.migrations.0003_earlier_sittings").fill(apps, None)

    earlier.refresh_from_db()
    assert str(earlier).endswith("ครั้งที่ 1/2567")


def test_what_is_on_a_table_already_leads_to_that_sitting(world: World) -> None:
    card, secretary = submitted(world), world.secretaries["L1-P"]
    first, second = (called(world, world.level1, day) for day in (ON, ON + timedelta(days=1)))
    actions.put_on_agenda(first, card, by=secretary, at=AT, on=ON)
    with pytest.raises(Refused) as refused:
        actions.put_on_agenda(second, card, by=secretary, at=AT, on=ON)

    there = [(problem.code, problem.there) for problem in refused.value.problems]
    assert there == [("sitting.already_tabled", f"/sittings/{first.pk}/")]


def test_who_is_there_is_not_written_over_from_an_older_page(world: World) -> None:
    secretary, members = world.secretaries["L1-P"], world.members["L1-P"]
    sitting = called(world, world.level1, ON)
    client = browser(secretary)
    path = f"/sittings/{sitting.pk}/"
    seen = client.get(path).context["attendance_mark"]
    ticks = {"seen": seen, "present": [str(member.pk) for member in members]}

    assert client.post(f"{path}attendance/", ticks).status_code == 302
    assert client.post(f"{path}attendance/", ticks).status_code == 302  # sent twice
    stale = client.post(f"{path}attendance/", {"seen": seen, "present": [str(secretary.pk)]})

    assert stale.status_code == 422
    assert say("sitting.attendance_changed", {}, "th") in stale.content.decode()
    there = Attendance.objects.filter(sitting=sitting).values_list("person", flat=True)
    assert set(there) == {member.pk for member in members}


# --- Who makes the quorum ------------------------------------------------------------------------


def invited(world: World, sitting: Sitting, name: str = "นายเชิญ", post: str = "อธิบดี") -> Attendance:
    secretary = world.secretaries[sitting.committee.code]
    return actions.invite_guest(sitting, name, post=post, by=secretary, at=AT, on=ON)


def test_one_who_is_invited_and_comes_makes_the_quorum_and_votes(world: World) -> None:
    card, secretary = submitted(world), world.secretaries["L1-P"]
    sitting = called(world, world.level1, ON)
    actions.put_on_agenda(sitting, card, by=secretary, at=AT, on=ON)
    guest = invited(world, sitting)
    who: dict[str, Any] = {"by": secretary, "at": AT, "on": ON}

    # Three members: more than half is two. The secretary alone, with one invited who does not come.
    actions.mark_attendance(sitting, [secretary], invited=[], **who)
    assert (present_members(sitting, ON), quorum_needed(sitting, ON)) == (1, 2)
    with pytest.raises(Refused) as refused:
        SITTING_LIFE.move(sitting, "open", reason="ว่าง", **who)
    assert codes(refused) == ["sitting.no_quorum"]

    actions.mark_attendance(sitting, [secretary], invited=[guest.pk], **who)
    SITTING_LIFE.move(sitting, "open", reason="ว่าง", **who)
    (item,) = items_of(sitting)
    with pytest.raises(Refused) as refused:  # two are there, so three votes are too many
        resolutions.resolve(item, "opinion", votes=(3, 0), **who)
    assert codes(refused) == ["sitting.too_many_votes"]
    resolutions.resolve(item, "opinion", votes=(2, 0), **who)
    item.refresh_from_db()
    assert (item.present, item.needed, item.votes_for) == (2, 2, 2)

    with pytest.raises(Refused) as refused:  # after a resolution the quorum stays
        actions.mark_attendance(sitting, [secretary], invited=[], **who)
    assert codes(refused) == ["sitting.quorum_resolved"]


def test_one_who_is_invited_elsewhere_does_not_count_or_is_not_invited_at_all(
    world: World,
) -> None:
    sitting = called(world, world.sub, ON)
    guest = invited(world, sitting)
    secretary = world.secretaries["SUB"]
    actions.mark_attendance(sitting, [secretary], invited=[guest.pk], by=secretary, at=AT, on=ON)
    assert present_members(sitting, ON) == 1

    with pytest.raises(Refused) as refused:
        invited(world, called(world, world.level2, ON))
    assert codes(refused) == ["sitting.may_not_invite"]


@pytest.mark.parametrize(
    ("name", "post", "expected"),
    [
        ("นายใหม่", " ", "sitting.guest_needs_post"),
        ("นาย  เชิญ", "อธิบดี", "sitting.already_invited"),
        ("นางสาวเชิญ", "อธิบดี", "sitting.already_invited"),
        ("รศ. ดร.เชิญ", "อธิบดี", "sitting.already_invited"),
        ("เชิญ", "อธิบดี", "sitting.already_invited"),
        ("a member", "อธิบดี", "sitting.already_invited"),
        (" ", "อธิบดี", "sitting.guest_needs_name"),
    ],
)
def test_who_is_invited_holds_a_post_and_is_counted_once(
    world: World, name: str, post: str, expected: str
) -> None:
    sitting = called(world, world.level1, ON)
    invited(world, sitting, "นาย เชิญ")
    member = world.members["L1-P"][0].name
    with pytest.raises(Refused) as refused:
        invited(world, sitting, member if name == "a member" else name, post)
    assert codes(refused) == [expected]


# --- Composition ---------------------------------------------------------------------------------


def test_vacant_seats_are_counted_and_opening_needs_the_reason(world: World) -> None:
    # The rulebook's seats of level 1 for provinces are seven; three people sit, of whom one is
    # named as the chair: four seats are vacant.
    chair = world.members["L1-P"][0]
    Appointment.objects.filter(person=chair).update(seat="ประธาน")
    composition = composition_of(world.level1, 2567, ON)
    assert [len(seat.holders) for seat in composition.seats] == [1, 0, 0, 0, 0, 0, 0]
    assert (len(composition.unplaced), composition.vacancies) == (2, 4)

    sitting, secretary = called(world, world.level1, ON), world.secretaries["L1-P"]
    who: dict[str, Any] = {"by": secretary, "at": AT, "on": ON}
    actions.mark_attendance(sitting, [secretary, chair], **who)
    with pytest.raises(Refused) as refused:
        SITTING_LIFE.move(sitting, "open", **who)
    assert codes(refused) == ["sitting.below_composition"]
    assert refused.value.problems[0].figures == {"vacant": 4, "seats": 7}

    SITTING_LIFE.move(sitting, "open", reason="รอคำสั่งแต่งตั้ง", **who)
    sitting.refresh_from_db()
    event = Event.objects.get(verb="sitting.open")
    assert (sitting.vacancies_reason, event.reason) == ("รอคำสั่งแต่งตั้ง", "รอคำสั่งแต่งตั้ง")
    page = client_of(secretary).get(f"/sittings/{sitting.pk}/").content.decode()
    assert "ว่าง 4 จาก 7 ตำแหน่ง" in page
    assert "รอคำสั่งแต่งตั้ง" in page


def test_a_full_composition_opens_without_a_reason(world: World) -> None:
    secretary = world.secretaries["NEG-P"]
    composition = composition_of(world.negotiation, 2554, date(2011, 1, 5))
    assert (len(composition.seats), composition.vacancies) == (2, 0)
    day = date(2011, 1, 5)
    sitting = called(world, world.negotiation, day, year=2554)
    who: dict[str, Any] = {"by": secretary, "at": AT, "on": day}
    actions.mark_attendance(sitting, [secretary, *world.members["NEG-P"]], **who)
    SITTING_LIFE.move(sitting, "open", **who)
    sitting.refresh_from_db()
    assert (sitting.state, sitting.vacancies_reason) == ("open", "")


@pytest.mark.parametrize(
    ("unplaced", "seats", "end"),
    [
        (
            2,
            ["ผู้หนึ่งในรายชื่อด้านล่าง"] * 2,
            "✓ ไม่มีตำแหน่งว่างในปีงบประมาณ พ.ศ. 2554 เพราะมีกรรมการครบจำนวนตำแหน่ง "
            "แต่ยังไม่ได้บันทึกว่าผู้ที่อยู่ในรายชื่อดำรงตำแหน่งใด",
        ),
        (
            1,
            ["ว่าง เว้นแต่ผู้หนึ่งในรายชื่อด้านล่างดำรงตำแหน่ง"] * 2,
            "✗ ว่าง 1 จาก 2 ตำแหน่งในปีงบประมาณ พ.ศ. 2554",
        ),
        (0, ["ว่าง"] * 2, "✗ ว่าง 2 จาก 2 ตำแหน่งในปีงบประมาณ พ.ศ. 2554"),
    ],
)
def test_what_each_seat_says_agrees_with_how_many_are_vacant(
    world: World, unplaced: int, seats: list[str], end: str
) -> None:
    full = composition_of(world.negotiation, 2554, date(2011, 1, 5))
    composition = replace(full, unplaced=full.unplaced[:unplaced])
    with translation.override("th"):
        page = render_to_string(
            "committees/_composition.html", {"composition": composition, "year": 2554}
        )

    parts = re.findall(r"<(td|p)[^>]*>(.*?)</\1>", page, re.DOTALL)
    words = [" ".join(re.sub("<[^>]+>", " ", part).split()) for _, part in parts]
    assert (words[: len(seats)], words[-1]) == (seats, end)


# --- Decided together, and corrected -------------------------------------------------------------


def test_changes_of_one_body_are_decided_in_one_resolution_and_keep_its_effect(
    world: World,
) -> None:
    card = in_force(world)
    requests = [asked(world, card, number, cancels=True) for number in ("1.5", "1.6")]
    sitting = open_sitting(world, world.level2, *requests, on=FEBRUARY)
    who: dict[str, Any] = {"by": world.secretaries["L2-P"], "at": AT, "on": FEBRUARY}
    first, second = items_of(sitting)
    resolutions.resolve(first, "approve", **who)
    with pytest.raises(Refused) as refused:  # its effect was worked out without the first
        resolutions.resolve(second, "approve", **who)
    assert codes(refused) == ["sitting.decide_together"]
    assert refused.value.problems[0].figures == {"places": (1,)}

    resolved = resolutions.resolve_many(
        [first, second], Resolution("approve", correction="ลงมติพร้อมกัน"), **who
    )
    assert [row.problems for row in resolved] == [(), ()]
    assert kpi(card, "1.5").cancelled == ""  # nothing is in force before the sitting closes
    tabled = [change.effect for change in requests]
    close(sitting, by=who["by"], on=FEBRUARY)
    for change in ChangeRequest.objects.filter(state="tell").order_by("pk"):
        told(world, change)

    # 20, 10, 10, 10, 10, 10 of 70: the 20 of 1.5 and 1.6 go to the other four, whose 50 is 70.
    first.refresh_from_db()
    new = {row["number"]: row["new"] for row in first.together["weights"]}
    assert first.together["numbers"] == ["1.5", "1.6"]
    assert (new["1.1"], new["1.5"], new["1.6"]) == ("28", None, None)
    assert sum(Decimal(weight) for weight in new.values() if weight) == 100
    assert [bool(kpi(card, number).cancelled) for number in ("1.4", "1.5", "1.6")] == [
        False,
        True,
        True,
    ]

    # Tabled once more to be acknowledged, they show what was decided on, not what is left to do.
    later = open_sitting(
        world, world.sub, *ChangeRequest.objects.filter(state="acknowledge"), on=FEBRUARY
    )
    shown = [item.content["effect"] for item in items_of(later)]
    assert sorted(map(canonical, shown)) == sorted(map(canonical, tabled))


def test_of_changes_of_one_body_none_is_decided_where_one_is_refused(world: World) -> None:
    card = in_force(world)
    requests = [asked(world, card, number, cancels=True) for number in ("1.5", "1.6")]
    sitting = open_sitting(world, world.level2, *requests, on=FEBRUARY)
    ChangeRequest.objects.filter(pk=requests[1].pk).update(reason="แก้หลังบรรจุวาระ")
    resolved = resolutions.resolve_many(
        items_of(sitting),
        Resolution("approve"),
        by=world.secretaries["L2-P"],
        at=AT,
        on=FEBRUARY,
    )

    assert [[problem.code for problem in row.problems] for row in resolved] == [
        ["sitting.table_changed"]
    ] * 2
    assert [item.outcome for item in items_of(sitting)] == ["", ""]


def test_a_resolution_is_corrected_until_the_sitting_closes_and_the_history_tells_both(
    world: World,
) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    (item,) = items_of(sitting)
    who: dict[str, Any] = {"by": world.secretaries["L1-P"], "at": AT, "on": ON}
    resolutions.resolve(item, "opinion", **who)
    with pytest.raises(Refused) as refused:
        resolutions.resolve(item, "return", reason="ปรับ 1.1", **who)
    assert codes(refused) == ["sitting.item_resolved"]
    resolutions.resolve(item, "return", reason="ปรับ 1.1", correction="บันทึกผิด", **who)
    card.refresh_from_db()
    assert card.state == "opinion"

    close(sitting, by=who["by"])
    card.refresh_from_db()
    event = Event.objects.get(verb="sitting.corrected")
    assert (card.state, event.before["outcome"], event.after["outcome"], event.reason) == (
        "draft",
        "opinion",
        "return",
        "บันทึกผิด",
    )
    assert Event.objects.filter(verb="scorecard.opinion").count() == 0
    with pytest.raises(Refused):
        resolutions.resolve(item, "opinion", correction="ช้าไป", **who)


def test_what_a_release_before_carried_out_at_once_is_corrected_no_more(world: World) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    (item,) = items_of(sitting)
    who: dict[str, Any] = {"by": world.secretaries["L1-P"], "at": AT, "on": ON}
    resolutions.resolve(item, "opinion", **who)
    AgendaItem.objects.filter(pk=item.pk).update(carried_out_at=AT)
    with pytest.raises(Refused) as refused:
        resolutions.resolve(item, "return", reason="ปรับ 1.1", correction="บันทึกผิด", **who)

    item.refresh_from_db()
    assert (codes(refused), item.outcome) == (["sitting.item_carried_out"], "opinion")


def test_a_sitting_closes_whole_or_not_at_all_and_what_changed_is_put_off(world: World) -> None:
    cards = two_scorecards(world)
    sitting = open_sitting(world, world.level1, *cards)
    who: dict[str, Any] = {"by": world.secretaries["L1-P"], "at": AT, "on": ON}
    items = items_of(sitting)
    resolutions.resolve_many(items, Resolution("opinion"), **who)
    Kpi.objects.filter(scorecard=cards[1], number="1.1").update(targets=["1", "2", "3"])
    with pytest.raises(Refused) as refused:
        close(sitting, by=who["by"])
    assert [(p.code, p.figures["place"]) for p in refused.value.problems] == [
        ("sitting.item_changed", 2)
    ]
    assert set(Scorecard.objects.values_list("state", flat=True)) == {"opinion"}

    resolutions.resolve(items[1], "deferred", reason="เปลี่ยนไป", correction="เปลี่ยนไป", **who)
    close(sitting, by=who["by"])
    assert [Scorecard.objects.get(pk=card.pk).state for card in cards] == ["decide", "opinion"]


def two_scorecards(world: World) -> list[Scorecard]:
    """Those of the province and the department, both before the level-1 group of provinces."""
    first, second = submitted(world), submitted(world, world.department)
    Jurisdiction.objects.create(committee=world.level1, body=world.department)
    Jurisdiction.objects.filter(committee=world.level1d).delete()
    return [first, second]


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_several_items_are_resolved_only_after_a_page_with_their_names(world: World) -> None:
    sitting = open_sitting(world, world.level1, *two_scorecards(world))
    client, path = client_of(world.secretaries["L1-P"]), f"/sittings/{sitting.pk}/"
    rows = client.get(path).context["rows"]
    chosen = {"item": [row["item"].pk for row in rows], "outcome": "opinion"} | {
        f"seen-{row['item'].pk}": row["seen"] for row in rows
    }
    page = client.post(f"{path}resolve/", chosen)

    assert page.status_code == 200
    assert [row["body"].code for row in page.context["rows"]] == ["TH-74", "DIT"]
    assert all(row["body"].name_th in page.content.decode() for row in page.context["rows"])
    assert [item.outcome for item in items_of(sitting)] == ["", ""]

    done = client.post(f"{path}resolve/", chosen | {"confirmed": "1"})
    assert done.status_code == 302
    assert [item.outcome for item in items_of(sitting)] == ["opinion", "opinion"]


def test_an_item_that_was_confirmed_and_is_off_the_table_stops_the_resolution(
    world: World,
) -> None:
    sitting = open_sitting(world, world.level1, *two_scorecards(world))
    secretary = world.secretaries["L1-P"]
    client, path = client_of(secretary), f"/sittings/{sitting.pk}/"
    rows = client.get(path).context["rows"]
    confirmed = {"outcome": "opinion", "confirmed": "1"} | {
        f"seen-{row['item'].pk}": row["seen"] for row in rows
    }
    actions.take_off_agenda(items_of(sitting)[1], by=secretary, at=AT, on=ON)
    answer = client.post(f"{path}resolve/", confirmed | {"item": [row["item"].pk for row in rows]})

    assert answer.status_code == 422
    assert "รายการที่เลือก 1 รายการไม่มีอยู่แล้ว" in answer.content.decode()
    assert [item.outcome for item in items_of(sitting)] == [""]
