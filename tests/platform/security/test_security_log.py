"""The log of security: who came in, what changed about a way in, and what was carried out."""

from __future__ import annotations

import logging
import os
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from esar.operations.reference import routes
from esar.platform.notices.actions import send_mail
from esar.platform.organisations.models import Person
from esar.platform.security.actions import forget, note
from esar.platform.security.middleware import AccessLogMiddleware, CarriedOutMiddleware
from esar.platform.security.models import SecurityEvent
from esar.platform.ui import clock
from esar.platform.ui.year_address import without_year
from tests.make import ON, World
from tests.platform.mail.make import mail_goes_out

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-passphrase-1"
FROM = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": "Browser/1.0"}


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def window(someone: Person) -> Client:
    client = Client(**FROM)
    client.force_login(someone)
    return client


def events() -> list[tuple[str, int | None, str]]:
    rows = SecurityEvent.objects.order_by("pk")
    return list(rows.values_list("kind", "person", "path"))


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


# Coming in


def test_signing_in_and_out_are_noted_with_where_from_and_by_which_browser(world: World) -> None:
    client = Client(**FROM)
    sign_in(client, world.reporter.email)
    client.post("/account/logout/")

    pk = world.reporter.pk
    assert events() == [("signed_in", pk, ""), ("signed_out", pk, "")]
    event = SecurityEvent.objects.earliest("pk")
    assert (event.origin, event.agent) == ("203.0.113.7", "Browser/1.0")


def test_a_wrong_password_is_noted_at_its_account(world: World) -> None:
    sign_in(Client(), world.reporter.email, "wrong")

    assert events() == [("failed", world.reporter.pk, "")]


def test_what_was_typed_and_is_no_account_is_not_kept(world: World) -> None:  # noqa: ARG001
    sign_in(Client(), "my-password-by-mistake@example.test", "wrong")

    assert events() == [("failed", None, "")]
    assert "mistake" not in str(SecurityEvent.objects.values().get())


def test_a_wrong_code_is_noted(world: World) -> None:
    Authenticator.objects.create(user=world.reporter, type="totp", data={"secret": "JBSWY3DP"})
    client = Client()
    sign_in(client, world.reporter.email)
    client.post("/account/2fa/authenticate/", {"code": "000000"})

    assert [kind for kind, *_ in events()] == ["second_step_failed"]


# What changes a way in


def test_a_changed_password_is_noted_and_mailed_whatever_was_chosen(world: World) -> None:
    client = Client()
    sign_in(client, world.reporter.email)
    words = {"oldpassword": PASSWORD, "password1": "another-long-one-2"}
    answer = client.post("/account/password/change/", words | {"password2": words["password1"]})
    assert answer.status_code == 302

    assert ("password", world.reporter.pk, "") in events()
    send_mail.func("at_once")
    mail_goes_out()
    assert [letter.to for letter in mail.outbox] == [[world.reporter.email]]
    assert "รหัสผ่านของท่านเปลี่ยนแล้ว" in mail.outbox[0].body


def test_a_second_step_that_is_taken_off_is_noted_and_mailed(world: World) -> None:
    Authenticator.objects.create(user=world.reporter, type="totp", data={"secret": "JBSWY3DP"})
    client = window(world.reporter)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.count() == 0

    assert ("second_step_off", world.reporter.pk, "") in events()
    send_mail.func("at_once")
    mail_goes_out()
    assert "การยืนยันขั้นที่สองของท่านถูกนำออกแล้ว" in mail.outbox[0].body


# What is carried out


@pytest.mark.any_database
def test_each_list_that_is_given_as_a_file_is_noted(world: World) -> None:
    """Every address of a list's file that needs nothing more than the kind."""
    paths = [
        path.replace("<table:kind>", "csv")
        for path, _, _ in routes()
        if re.findall("<[^>]+>", path) == ["<table:kind>"]
    ]
    assert len(paths) > 10
    client = window(world.administrator)
    given = [path for path in paths if client.get(path).status_code == 200]
    assert "/security/list.csv" in given

    pk = world.administrator.pk
    noted = [(verb, who, without_year(path)) for verb, who, path in events()]
    assert noted == [("exported", pk, path) for path in given]


def carried_out(person: Any, path: str, **headers: str) -> None:
    request = RequestFactory().get(path)
    request.user, request.resolver_match = person, resolve(path)
    CarriedOutMiddleware(lambda _: HttpResponse(headers=headers))(request)


def test_a_file_that_is_given_as_a_download_is_noted(world: World) -> None:
    carried_out(world.analyst, "/desk/", **{"Content-Disposition": 'attachment; filename="x.pdf"'})

    assert events() == [("downloaded", world.analyst.pk, "/desk/")]


def test_a_page_is_not(world: World) -> None:
    carried_out(world.analyst, "/desk/")

    assert events() == []


def test_ones_own_recovery_codes_are_not(world: World) -> None:
    attachment = {"Content-Disposition": 'attachment; filename="codes.txt"'}
    carried_out(world.analyst, "/account/2fa/recovery-codes/download/", **attachment)

    assert events() == []


def test_what_was_searched_for_is_not_kept(world: World) -> None:
    window(world.administrator).get("/security/list.csv?q=secret")

    assert events() == [("exported", world.administrator.pk, "/security/list.csv")]


# Who reads it


def test_each_sees_their_own_and_nobody_elses(world: World) -> None:
    for someone in (world.reporter, world.approver):
        note("signed_in", someone, None)
    page = window(world.reporter).get("/account/security/")
    assert [event.person for event in page.context["list"].page] == [world.reporter]

    assert b"/account/security/" in window(world.reporter).get("/account/").content


def test_administrators_see_all_and_may_ask_for_one_kind(world: World) -> None:
    note("signed_in", world.reporter, None)
    note("failed", None, None)
    client = window(world.administrator)
    assert len(client.get("/security/").context["list"].page) == 2
    rows = client.get("/security/list.csv?kind=failed").content.decode().splitlines()

    assert [row.split(",")[3] for row in rows] == ["kind", "failed"]


def test_what_is_older_than_it_is_kept_for_is_forgotten(world: World) -> None:
    note("signed_in", world.reporter, None)
    old = timezone.now() - timedelta(days=500)
    SecurityEvent.objects.update(at=old)
    note("signed_out", world.reporter, None)

    assert forget(before=old + timedelta(days=1)) == 1
    assert [kind for kind, *_ in events()] == ["signed_out"]


# A line for each request


def test_a_request_has_its_line_without_what_lets_in_and_without_what_was_searched_for(
    world: World, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ACCESS_LOG = True
    request = RequestFactory().get("/invitation/SECRET/?q=secret", REMOTE_ADDR="203.0.113.7")
    request.user, request.resolver_match = world.reporter, resolve("/invitation/SECRET/")
    logger = logging.getLogger("esar.access")
    logger.addHandler(caplog.handler)
    try:
        AccessLogMiddleware(lambda _: HttpResponse(status=422))(request)
    finally:
        logger.removeHandler(caplog.handler)

    line = re.sub(r"\d+ms$", "ms", caplog.messages[0])
    assert line == f"203.0.113.7 {world.reporter.pk} GET /invitation/…/ 422 ms"


def test_it_is_on_unless_it_is_switched_off() -> None:
    from esar.config import settings as production

    assert (production.ACCESS_LOG, "ESAR_ACCESS_LOG" in os.environ) == (True, False)
