"""A thing is begun once: a form sent again, by a second press or in another tab, is no other."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from esar.agree.committees.models import Sitting
from esar.agree.indicators.models import Indicator
from esar.agree.scorecards.models import Scorecard
from esar.judge.appeals.actions import begin
from esar.judge.appeals.life import AppealText
from esar.judge.assessments.models import Finding, Visit
from esar.platform.calendars.actions import preview_of
from esar.platform.calendars.models import Extension
from esar.platform.history.models import Event
from esar.platform.organisations.models import Appointment, Person
from esar.platform.role_offers.models import RoleOffer
from esar.platform.ui import clock
from esar.report.activity_plans.models import Plan, PlanChange
from esar.report.extensions.models import ExtensionRequest
from esar.report.letters.models import Letter
from tests.agree.changes.make import asked
from tests.agree.make_forms import browser, typed
from tests.judge.results.make import RELEASED_AT, RELEASED_ON, released
from tests.make import FEBRUARY, ON, World, in_force, person
from tests.report.activity_plans.make import NEW_RULES, sent_in

pytestmark = pytest.mark.django_db
MAY = date(2024, 5, 15)


@pytest.fixture(autouse=True)
def _may(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(MAY)


def sent_twice(who: Person, path: str, typed: dict[str, Any], model: type[Model]) -> None:
    """Two tabs of one person send the same words: one thing, told once, and both come to it."""
    client = Client()
    client.force_login(who)
    before, events = model._default_manager.count(), Event.objects.count()
    first = client.post(path, typed)
    assert first.status_code == 302, first.context["form"].errors
    told = Event.objects.count()

    second = client.post(path, typed)

    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert model._default_manager.count() == before + 1
    assert Event.objects.count() == told > events


def test_a_sitting_is_called_once(world: World) -> None:
    typed = {"held_at": "2024-06-10T09:30", "place": "ห้อง 1"}
    sent_twice(world.secretaries["L2-P"], "/committees/L2-P/", typed, Sitting)


def test_two_sittings_at_other_hours_are_two(world: World) -> None:
    typed = {"held_at": "2024-06-10T09:30", "place": "ห้อง 1"}
    sent_twice(world.secretaries["L2-P"], "/committees/L2-P/", typed, Sitting)
    later = typed | {"held_at": "2024-06-10T13:30"}
    sent_twice(world.secretaries["L2-P"], "/committees/L2-P/", later, Sitting)
    assert [one.number for one in Sitting.objects.order_by("number")] == [1, 2]


def test_a_visit_and_its_finding_are_written_once(world: World) -> None:
    assessment: Any = released(world).assessment
    typed = {"held_on": "2024-05-15", "place": "ศาลากลาง"}
    sent_twice(world.analyst, f"/assessments/{assessment.pk}/visits/", typed, Visit)
    visit = Visit.objects.get()
    Visit.objects.filter(pk=visit.pk).update(state="done", took_part="คณะ")
    finding = {"number": "1.1", "text": "หลักฐานไม่ครบ", "due": "2024-06-03"}
    sent_twice(world.analyst, f"/visits/{visit.pk}/findings/", finding, Finding)


def test_a_meeting_to_advise_is_planned_once(world: World) -> None:
    result: Any = released(world)
    card = result.assessment.report.scorecard.pk
    typed = {"scorecard": card, "held_on": "2024-05-20", "place": "ออนไลน์"}
    sent_twice(world.analyst, "/visits/advice/?year=2567", typed, Visit)


def test_a_request_for_a_later_day_is_begun_once(world: World) -> None:
    typed = {
        "year": 2567,
        "entry": "report-due.12m",
        "last_day": "2024-12-31",
        "reason": "น้ำท่วม",
    }
    sent_twice(world.reporter, "/extensions/new/TH-74/2567/", typed, ExtensionRequest)


def test_a_letter_is_begun_once(world: World) -> None:
    typed = {"sender": "TH-74", "speed": "urgent", "subject": "ขอเชิญประชุม"}
    sent_twice(world.reporter, "/letters/new/", typed, Letter)


def test_a_later_day_is_given_once(world: World) -> None:
    typed = {"entry": "report-due.12m", "last_day": "2024-12-31", "reason": "น้ำท่วม"}
    preview = preview_of(
        2567,
        "report-due.12m",
        last_day=date(2024, 12, 31),
        reason="น้ำท่วม",
        by=world.administrator,
        on=clock.today(),
    )
    typed |= {"confirmed": "1", "seen": preview.token}
    sent_twice(world.administrator, "/calendar/2567/extend/", typed, Extension)


def test_a_role_is_delegated_once(world: World) -> None:
    person("deputy")
    role = Appointment.objects.get(person=world.approver)
    typed = {
        "taker": "deputy@example.test",
        "first_day": "2024-05-15",
        "last_day": "2024-06-03",
        "reason": "ลา",
    }
    sent_twice(world.approver, f"/account/delegate/{role.pk}/", typed, RoleOffer)


def test_an_indicator_is_listed_once(world: World) -> None:
    typed = {
        "fiscal_year": 2567,
        "name": "ร้อยละของขยะที่กำจัดถูกต้อง",
        "method": "ladder",
        "unit": "ร้อยละ",
        "direction": "higher",
        "accumulation": "last",
        "per": "100",
    }
    sent_twice(world.analyst, "/indicators/list/", typed, Indicator)


def test_a_request_to_change_a_plan_is_begun_once(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    clock.pretend(date(2018, 4, 10))
    sent_twice(world.reporter, f"/plans/{plan.pk}/change/", {}, PlanChange)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("assessor", "/assessments/pass/"),
        ("analyst", "/scorecards/move/"),
    ],
)
def test_who_chose_nothing_of_a_list_is_told_so(world: World, who: str, path: str) -> None:
    client = Client()
    client.force_login(getattr(world, who))

    answer = client.post(path, {"move": "collect"}, follow=True)

    told = [str(message) for message in answer.context["messages"]]
    assert told == ["ยังไม่ได้เลือกรายการใด จึงไม่มีสิ่งใดเปลี่ยน โปรดเลือกอย่างน้อยหนึ่งรายการ"]


def ways_to_what_is_there(answer: Any) -> list[str]:
    """The links that a refusal gives to what one would begin and is there already."""
    return re.findall('href="([^"]+)">เปิดรายการที่มีอยู่แล้ว', answer.content.decode())


def test_a_scorecard_that_is_open_is_led_to(world: World) -> None:
    clock.pretend(ON)
    client = browser(world.reporter, ON)
    begun = {"body": "TH-74", "year": "2567"}
    client.post("/scorecards/open/", begun)
    again = client.post("/scorecards/open/", begun)

    card = Scorecard.objects.get()
    assert (again.status_code, ways_to_what_is_there(again)) == (422, [f"/scorecards/{card.pk}/"])


def test_a_plan_that_is_open_is_led_to(world: World) -> None:
    client = browser(world.reporter, NEW_RULES)
    begun = {"body": str(world.province.pk), "year": "2561"}
    client.post("/plans/open/", begun)
    again = client.post("/plans/open/", begun)

    plan = Plan.objects.get()
    assert (again.status_code, ways_to_what_is_there(again)) == (422, [f"/plans/{plan.pk}/"])


def test_a_request_that_waits_is_led_to_from_the_form_of_another(world: World) -> None:
    card = in_force(world)
    change = asked(world, card)
    client, path = browser(world.reporter, FEBRUARY), f"/scorecards/{card.pk}/kpis/1.1/change/"
    words = {"ground": "disaster", "reason": "เหตุผลอื่น", "evidence": "ประกาศ", "achieved": "65"}
    other = typed(client.get(path), **words, target_1="70", target_2="75", target_3="80")
    again = client.post(path, other)

    assert (again.status_code, ways_to_what_is_there(again)) == (422, [f"/changes/{change.pk}/"])


def test_a_request_to_change_a_plan_that_waits_is_led_to(world: World) -> None:
    plan = sent_in(world, on=NEW_RULES)
    client = browser(world.reporter, date(2018, 4, 10))
    client.post(f"/plans/{plan.pk}/change/")
    change = PlanChange.objects.get()
    PlanChange.objects.update(state="proposed", reason="น้ำท่วม")
    again = client.post(f"/plans/{plan.pk}/change/")

    assert ways_to_what_is_there(again) == [f"/plan-changes/{change.pk}/"]


def test_an_appeal_that_stands_is_led_to(world: World) -> None:
    result = released(world)
    text = AppealText("evidence", ["1.1"], "คิดน้ำหนักผิด")
    appeal = begin(result, text, by=world.reporter, at=RELEASED_AT, on=RELEASED_ON)
    again = browser(world.reporter, RELEASED_ON).get(f"/appeals/new/{result.pk}/")

    assert ways_to_what_is_there(again) == [f"/appeals/{appeal.pk}/"]
