"""Who must sign in with a second step and has none is led to set it up, and can do nothing else."""

from __future__ import annotations

import re
from itertools import cycle
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import translation

from esar.operations.reference import routes
from esar.platform.organisations.models import NEEDS_SECOND_STEP, Person, Role
from esar.platform.organisations.queries import held, owes_second_step
from esar.platform.ui.doors import EVERYONE, LIBRARY, door_of
from tests.make import ON, World
from tests.whole.make_addresses import filled

OWING = sorted(map(str, NEEDS_SECOND_STEP))
SET_UP = "/account/2fa/"


@pytest.fixture(autouse=True)
def _duty(settings: Any) -> None:
    settings.SECOND_STEP_DUTY = True


def window(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def with_app(person: Person) -> Person:
    """The person as they are read anew, with an authenticator app."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return Person.objects.get(pk=person.pk)


def test_the_duty_is_of_these_roles() -> None:
    assert OWING == ["administrator", "analyst", "assessor"]


@pytest.mark.any_database
def test_without_it_every_address_leads_to_where_it_is_set_up(world: World) -> None:
    """Every address that asks who is there; only the library's own stay open.

    The roles read them by turns, and write by turns, all of them together: what holds them back
    stands before every view and asks for the role and the method, never for the address.
    """
    clients, wrong = cycle([window(world.by_role[role]) for role in OWING]), []
    for path, name, view in routes():
        door = door_of(view, name)
        if door is None or door[0] == EVERYONE or view.__module__.startswith(LIBRARY):
            continue
        read = next(clients).get(filled(path))
        if (read.status_code, read.get("Location")) != (302, SET_UP):
            wrong.append(("read", path, read.status_code))
        wrote = next(clients).post(filled(path), {"reason": "คำที่พิมพ์"})
        if wrote.status_code != 403:
            wrong.append(("wrote", path, wrote.status_code))
    assert wrong == []


def test_what_was_typed_is_not_lost_and_the_sentence_says_where_to_go(world: World) -> None:
    page = window(world.analyst).post("/demo-day/", {"reason": "คำที่พิมพ์"}).content.decode()

    assert "ต้องยืนยันตัวตนสองขั้นตอน" in page
    assert f'href="{SET_UP}"' in page


@pytest.mark.parametrize("role", OWING)
def test_at_the_open_addresses_they_are_nobody_in_particular(world: World, role: str) -> None:
    assert held(Person.objects.get(pk=world.by_role[role].pk), ON) == ()


@pytest.mark.parametrize("role", sorted(set(Role.values) - set(OWING)))
def test_other_roles_work_without_it(world: World, role: str) -> None:
    assert owes_second_step(world.by_role[role], ON) is False
    assert window(world.by_role[role]).get("/desk/").status_code == 200


def test_a_role_that_was_lent_asks_for_it_too(world: World) -> None:
    from esar.platform.organisations.models import Appointment, Delegation

    lent = Appointment.objects.get(person=world.administrator)
    Delegation.objects.create(
        appointment=lent, taker=world.approver, first_day=ON, last_day=ON, reason="ลา"
    )

    assert owes_second_step(Person.objects.get(pk=world.approver.pk), ON) is True


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_with_it_they_work(world: World, kind: str) -> None:
    Authenticator.objects.create(user=world.analyst, type=kind, data={})

    assert window(world.analyst).get("/desk/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(world: World) -> None:
    kind = Authenticator.Type.RECOVERY_CODES
    Authenticator.objects.create(user=world.analyst, type=kind, data={})

    assert window(world.analyst).get("/desk/")["Location"] == SET_UP


def test_the_page_where_it_is_set_up_says_why_one_is_there(world: World) -> None:
    page = window(world.analyst).get(SET_UP).content.decode()

    assert "บทบาทของท่านต้องยืนยันตัวตนสองขั้นตอน" in page
    assert re.findall(r'href="/account/2fa/(\w+)/(\w+)/"', page) == [
        ("totp", "activate"),
        ("webauthn", "add"),
    ]


def test_it_can_be_set_up_from_there_and_then_the_desk_opens(world: World) -> None:
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    Person.objects.filter(pk=world.analyst.pk).update(is_demo=False)
    client = Client()
    data = {"login": world.analyst.email, "password": "a-long-passphrase-1"}
    entered = client.post("/account/login/", data)
    assert (entered.status_code, entered["Location"]) == (302, "/desk/")
    assert client.get("/desk/")["Location"] == SET_UP

    again = "/account/reauthenticate/?next=/account/2fa/totp/activate/"
    client.post(again, {"password": "a-long-passphrase-1"})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_in_a_demo_nobody_has_the_duty(world: World, settings: Any) -> None:
    settings.SECOND_STEP_DUTY = False

    assert window(world.administrator).get("/desk/").status_code == 200


@pytest.mark.parametrize(
    "answer", ["", "x", "{}", "[]", '{"id": 1}', '{"id": "eA", "rawId": "eA"}']
)
def test_what_is_no_answer_of_a_passkey_is_a_sentence(world: World, answer: str) -> None:
    client = Client()
    login = {"login": world.analyst.email, "password": "a-long-passphrase-1"}
    client.post("/account/login/", login)
    client.post("/account/reauthenticate/", {"password": "a-long-passphrase-1"})
    client.get("/account/2fa/webauthn/add/")
    page = client.post("/account/2fa/webauthn/add/", {"name": "x", "credential": answer})

    assert (page.status_code, Authenticator.objects.count()) == (200, 0)
    assert 'role="alert"' in page.content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "th",
            "รหัสนี้ไม่ถูกต้องหรือหมดเวลาแล้ว โปรดพิมพ์รหัสที่แอปแสดงอยู่ขณะนี้ "
            "หากยังไม่ผ่าน โปรดตรวจว่านาฬิกาของโทรศัพท์ตรง",
        ),
        (
            "en",
            "The code is wrong or has run out. Type the one that the app shows now; "
            "if that is not taken either, see that the clock of your phone is right.",
        ),
    ],
)
def test_a_wrong_code_is_told_with_what_to_type(language: str, sentence: str) -> None:
    with translation.override(language):
        assert get_adapter().validation_error("incorrect_code").messages == [sentence]
