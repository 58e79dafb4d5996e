"""Personal data: the notice, a copy of what is held about oneself, and asking for a correction."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import EmailField, GenericIPAddressField
from django.test import Client

from esar.kernel.problems import Refused
from esar.operations.retention import REMOVERS
from esar.platform.history.bound import UNBOUND, WHOLE
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person
from esar.platform.security.actions import note
from esar.platform.ui import clock
from esar.show.privacy.life import CORRECTION_LIFE
from esar.show.privacy.models import Correction
from esar.show.privacy.queries import (
    FIXED_DAYS,
    SECRET,
    copy_of,
    given_whole,
    links_to_people,
    record,
)
from tests.make import AT, ON, World, draft, person, press

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def window(someone: Person) -> Client:
    client = Client()
    client.force_login(someone)
    return client


# The notice


def test_the_notice_marks_what_nobody_has_stated(client: Client, settings: Any) -> None:
    settings.CONTROLLER = settings.PRIVACY_CONTACT = ""
    page = client.get("/privacy/").content.decode()

    assert page.count("⚑ ยังไม่ได้ระบุ") == 2


def test_what_the_operator_states_stands_there(client: Client, settings: Any) -> None:
    settings.CONTROLLER, settings.PRIVACY_CONTACT = "สำนักงาน ก.พ.ร.", "dpo@example.go.th"
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"security": 91}
    page = client.get("/privacy/").content.decode()

    assert "⚑ ยังไม่ได้ระบุ" not in page
    assert [word in page for word in ("สำนักงาน ก.พ.ร.", "dpo@example.go.th", "91 วัน")] == [True] * 3


def test_every_page_leads_to_it(client: Client) -> None:
    assert 'href="/privacy/"' in client.get("/").content.decode()


def test_each_kind_that_is_removed_stands_in_the_record_and_no_other_has_days() -> None:
    kept = {holding.kept for holding in record()}

    assert kept - {"account", "history"} == {*REMOVERS, *FIXED_DAYS}


def test_the_record_is_whole_in_both_languages() -> None:
    for holding in record():
        for words in (holding.data, holding.purpose, holding.basis, holding.recipients):
            assert sorted(words) == ["en", "th"], holding.id
            assert all(words.values()), holding.id


# A copy


def test_a_copy_has_what_is_held_about_oneself_and_nothing_of_others(world: World) -> None:
    for someone in (world.reporter, world.approver):
        note("signed_in", someone, None)
    answer = window(world.reporter).get("/account/copy.json")
    assert answer["Content-Disposition"] == 'attachment; filename="esar-my-data.json"'
    given = json.loads(answer.content)

    assert given["person"]["email"] == world.reporter.email
    [appointment] = given["tables"]["organisations_appointment"]
    assert (appointment["person_id"], appointment["role"]) == (world.reporter.pk, "reporter")
    assert [row["person_id"] for row in given["tables"]["security_securityevent"]] == [
        world.reporter.pk
    ]
    assert world.approver.email not in answer.content.decode()


def test_nothing_that_lets_somebody_in_is_in_it(world: World) -> None:
    Authenticator.objects.create(user=world.reporter, type="totp", data={"secret": "SESAME"})
    client = window(world.reporter)
    client.get("/desk/")
    text = client.get("/account/copy.json").content.decode()
    given = json.loads(text)

    assert [row["type"] for row in given["tables"]["mfa_authenticator"]] == ["totp"]
    secrets = ("SESAME", world.reporter.password, client.session.session_key)
    assert [secret in text for secret in secrets] == [False] * 3


def test_what_one_did_for_a_body_is_counted_and_stands_by_its_verb(world: World) -> None:
    draft(world)
    given = copy_of(world.reporter)

    tables = {table: rows for table, rows in given["tables"].items() if table not in given_whole()}
    assert all(isinstance(rows, int) for rows in tables.values())
    assert "scorecard.opened" in {event["verb"] for event in given["history"]}


def test_every_table_of_the_record_is_there_and_stands_in_it_once() -> None:
    tables = [table for holding in record() for table in holding.tables]

    assert set(tables) - {model._meta.db_table for model in apps.get_models()} == set()
    assert sorted(set(tables)) == sorted(tables)


def test_what_is_outside_the_history_stands_in_the_record() -> None:
    """Of what the history binds it is the history's row that tells, by the person who acted."""
    tables = {table for holding in record() for table in holding.tables}

    assert {table for table, columns in UNBOUND.items() if WHOLE in columns} - tables == set()


def test_wherever_somebody_can_be_reached_or_traced_stands_in_the_record() -> None:
    tables = {table for holding in record() for table in holding.tables}
    columns = [
        (model._meta.db_table, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, EmailField | GenericIPAddressField)
        or field.name in ("user_agent", "browser", "ip", "origin", "contact")
        or field.name.endswith("phone")
    ]

    assert [column for column in columns if column[0] not in tables] == []
    assert len(columns) >= 8


def test_every_table_that_is_given_whole_names_a_person() -> None:
    tables = {model._meta.db_table for model, _ in links_to_people()}

    assert given_whole() - tables == {"django_session", "organisations_person"}
    assert set(SECRET) - tables == {"organisations_person"}


def test_a_visitor_takes_no_copy(client: Client) -> None:
    assert client.get("/account/copy.json").status_code == 302


# A correction


def asked(by: Person) -> Correction:
    request = Correction(person=by, text="ชื่อสะกดผิด")
    return CORRECTION_LIFE.move(request, "begin", by=by, at=AT, on=ON).thing


def test_anybody_asks_and_an_administrator_answers(world: World) -> None:
    nobody = person("nobody")
    answer = window(nobody).post("/account/correction/", {"text": "ชื่อสะกดผิด"})
    correction = Correction.objects.get()
    assert answer["Location"] == f"/corrections/{correction.pk}/"
    told = Notice.objects.filter(code="notice.correction_begin")
    assert list(told.values_list("person", flat=True)) == [world.administrator.pk]

    administrator = window(world.administrator)
    press(administrator, f"/corrections/{correction.pk}/", "answer", reason="แก้แล้ว")
    correction.refresh_from_db()
    assert correction.state == "answered"
    told = Notice.objects.filter(code="notice.correction_answer")
    assert list(told.values_list("person", flat=True)) == [nobody.pk]
    assert "แก้แล้ว" in window(nobody).get(f"/corrections/{correction.pk}/").content.decode()


def test_nobody_asks_for_another(world: World) -> None:
    request = Correction(person=world.approver, text="x")
    with pytest.raises(Refused) as refusal:
        CORRECTION_LIFE.move(request, "begin", by=world.reporter, at=AT, on=ON)

    assert [problem.code for problem in refusal.value.problems] == ["access.wrong_role"]


def test_nobody_answers_themselves(world: World) -> None:
    request = asked(world.administrator)
    with pytest.raises(Refused) as refusal:
        CORRECTION_LIFE.move(request, "answer", by=world.administrator, at=AT, on=ON, reason="x")

    assert [problem.code for problem in refusal.value.problems] == ["access.own_work"]


def test_anothers_request_is_not_there(world: World) -> None:
    request = asked(world.reporter)

    assert window(world.approver).get(f"/corrections/{request.pk}/").status_code == 404
