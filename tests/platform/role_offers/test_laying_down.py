"""Whoever has accepted a role may lay it down, and whoever is above them is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esar.kernel.problems import Refused
from esar.platform.history.queries import timeline
from esar.platform.notices.models import Notice
from esar.platform.organisations.actions import end_role
from esar.platform.organisations.models import Appointment, Person, Role
from esar.platform.organisations.queries import held, roles_of
from esar.platform.role_offers.actions import lay_down
from esar.platform.ui import clock
from tests.make import AT, ON, World, person
from tests.platform.role_offers.make import delegate

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"at": AT, "on": ON}
NEXT_MONTH = date(2023, 11, 10)


@pytest.fixture(autouse=True)
def _october(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def client_of(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def role_of(who: Person) -> Appointment:
    return Appointment.objects.select_related("person", "body", "committee").get(person=who)


def fresh(who: Person) -> Person:
    return Person.objects.get(pk=who.pk)


def page_of(role: Appointment) -> str:
    return reverse("role_offers:lay-down", args=[role.pk])


def codes_of(act: Any, *args: Any, **words: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **words)
    return [problem.code for problem in refused.value.problems]


def test_who_has_a_role_lays_it_down_by_a_page_of_their_account(world: World) -> None:
    client, role = client_of(world.reporter), role_of(world.reporter)
    assert page_of(role) in client.get(reverse("organisations:account")).content.decode()
    assert client.get(page_of(role)).status_code == 200
    answer = client.post(page_of(role), {"reason": "ย้ายไปหน่วยงานอื่น"})

    assert (answer.status_code, answer["Location"]) == (302, reverse("organisations:account"))
    assert held(fresh(world.reporter), ON) == ()
    event = timeline(world.reporter)[0]
    assert (event.verb, event.actor_id, event.reason, event.body_code) == (
        "role.ended",
        world.reporter.pk,
        "ย้ายไปหน่วยงานอื่น",
        "TH-74",
    )
    page = client.get(reverse("organisations:account")).content.decode()
    assert page_of(role) not in page


def test_it_ends_with_the_day_that_is_given(world: World) -> None:
    role = role_of(world.reporter)
    client_of(world.reporter).post(page_of(role), {"reason": "ลาออก", "last_day": "2023-11-10"})

    assert [roles_of(fresh(world.reporter), day) for day in (NEXT_MONTH, date(2023, 11, 11))] == [
        {"reporter"},
        set(),
    ]


ALONE = [role for role in Role.values if role != Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", ALONE)
def test_every_role_but_an_administrators_is_laid_down_alone(world: World, role: str) -> None:
    who = world.by_role[role]
    lay_down(role_of(who), by=fresh(who), reason="ลาออก", **WHEN)

    assert roles_of(fresh(who), ON) == set()


def test_an_administrator_is_led_to_where_two_end_the_role(world: World) -> None:
    role = role_of(world.administrator)
    words = {"by": world.administrator, "reason": "ลาออก", **WHEN}
    assert codes_of(lay_down, role, **words) == ["people.needs_two_administrators"]

    page = client_of(world.administrator).get(reverse("organisations:account")).content.decode()
    assert page_of(role) not in page
    assert reverse("dual_control:dual-new", args=[world.administrator.pk]) in page


def test_whoever_is_above_is_told_and_can_open_what_they_are_told_of(world: World) -> None:
    member, secretary = world.members["L2-P"][0], world.secretaries["L2-P"]
    for who, above in (
        (world.reporter, world.approver),
        (world.approver_d, world.ministers_office),
        (member, secretary),
        (world.assessor, world.administrator),
    ):
        lay_down(role_of(who), by=fresh(who), reason="ลาออก", **WHEN)
        notice = Notice.objects.get(code="notice.role_laid_down")
        assert (notice.person, notice.figures["reason"]) == (above, "ลาออก")
        assert client_of(above).get(notice.path).status_code == 200
        Notice.objects.all().delete()


def test_nobody_lays_down_anothers_role_nor_does_a_stand_in(world: World) -> None:
    deputy, role = person("deputy"), role_of(world.approver)
    days = {"first_day": ON, "last_day": ON}
    delegate(role, deputy, by=world.approver, reason="ลา", **days, **WHEN)
    for who in (deputy, world.reporter, world.administrator):
        assert client_of(who).post(page_of(role), {"reason": "x"}).status_code == 404
        assert codes_of(lay_down, role, by=fresh(who), reason="x", **WHEN) == [
            "people.not_your_own_role"
        ]

    assert roles_of(fresh(world.approver), ON) == {"approver"}


def test_it_says_why_and_once(world: World) -> None:
    role = role_of(world.reporter)
    assert codes_of(lay_down, role, by=world.reporter, reason=" ", **WHEN) == ["form.no_reason"]
    lay_down(role, by=world.reporter, reason="ลาออก", **WHEN)

    again = role_of(world.reporter)
    words = {"by": world.reporter, "reason": "ลาออก", **WHEN}
    assert codes_of(lay_down, again, **words) == ["people.role_ended"]
    assert Notice.objects.filter(code="notice.role_laid_down").count() == 1


@pytest.mark.parametrize("act", [lay_down, end_role])
def test_who_ends_a_role_makes_it_no_longer(world: World, act: Any) -> None:
    Appointment.objects.filter(person=world.reporter).update(last_day=NEXT_MONTH)
    by = world.reporter if act is lay_down else world.approver
    words = {"by": by, "reason": "x", **WHEN}
    later = NEXT_MONTH + timedelta(days=1)

    assert codes_of(act, role_of(world.reporter), last=later, **words) == ["people.ends_before"]
    assert act(role_of(world.reporter), last=NEXT_MONTH, **words) == NEXT_MONTH
