"""Two who write the same at one moment: the second gets a sentence, keeps the words, and no 500."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.test import Client

from esar.platform.organisations import actions
from esar.platform.organisations.models import Appointment, Body, Person
from esar.platform.ui.refusals import collision
from tests.at_once import at_once
from tests.make import World

TYPED = {"email": "twin@example.go.th", "name": "ผู้รายงานแฝด", "role": "auditor"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def clash(error: Any) -> str | None:
    problem = collision(error)
    return problem.code if problem else None


@pytest.mark.django_db
@pytest.mark.each_database
def test_a_row_that_another_wrote_meanwhile_is_a_sentence_and_the_words_are_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def invite(**_: Any) -> None:
        with transaction.atomic():
            Body.objects.create(code=world.province.code, kind="other", name_th="ก", name_en="a")

    monkeypatch.setattr(actions, "invite", invite)
    page = signed_in(world.administrator).post("/people/invite/", TYPED)

    assert page.status_code == 409
    text = page.content.decode()
    assert "มีผู้บันทึกรายการเดียวกันในเวลาเดียวกันก่อนท่าน" in text
    assert [TYPED["email"] in text, TYPED["name"] in text] == [True, True]


@pytest.mark.django_db
@pytest.mark.each_database
def test_what_no_collision_explains_stays_an_error_of_ours(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def invite(**_: Any) -> None:
        with transaction.atomic():
            Body.objects.filter(pk=world.province.pk).update(name_th="")

    monkeypatch.setattr(actions, "invite", invite)

    with pytest.raises(IntegrityError):
        signed_in(world.administrator).post("/people/invite/", TYPED)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_BUSY", "form.busy"),
        ("40P01", "form.busy"),
        ("40001", "form.busy"),
        ("23503", None),
        ("SQLITE_FULL", None),
    ],
)
def test_a_lock_that_was_not_had_in_time_says_to_send_again(name: str, code: str | None) -> None:
    error = OperationalError("x")
    cause: Any = Exception()
    setattr(cause, "sqlite_errorname" if name.startswith("SQLITE") else "sqlstate", name)
    error.__cause__ = cause

    assert clash(error) == code
    assert clash(DatabaseError("x")) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.each_database
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write after the other")
def test_of_two_who_invite_the_same_person_at_once_both_are_answered(
    transactional_db: None,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, gate, create_user = World(), Barrier(2), Person.objects.create_user

    def create_together(*values: Any, **fields: Any) -> Any:
        gate.wait(30)
        return create_user(*values, **fields)

    clients = [signed_in(world.administrator) for _ in range(2)]
    monkeypatch.setattr(Person.objects, "create_user", create_together)
    answers: list[int] = []

    def send(client: Client) -> None:
        answers.append(client.post("/people/invite/", TYPED).status_code)

    assert at_once(*[lambda client=client: send(client) for client in clients]) == ["done"] * 2
    assert sorted(answers) == [302, 409]
    invited = Person.objects.get(email=TYPED["email"])
    assert Appointment.objects.filter(person=invited).count() == 1
