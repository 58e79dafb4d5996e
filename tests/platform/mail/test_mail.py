"""All mail waits in the database until a mail server has taken it; no request asks one."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends import locmem
from django.test import Client
from django.utils import timezone

from esar.kernel import outgoing
from esar.platform.mail.actions import forget_given_up, keep, pause, send_due
from esar.platform.mail.models import WaitingMail
from esar.platform.mail.queries import Waiting, due, waiting
from tests.make import World
from tests.platform.mail.make import mail_goes_out, silent_server

AT = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def kept(to: str, *, at: datetime = AT) -> None:
    keep(EmailMessage("เรื่อง", "เนื้อความ", to=[to]), at=at)


def broken_by(monkeypatch: pytest.MonkeyPatch, errors: dict[str, Exception]) -> None:
    """A mail server that refuses some, by address."""
    send = locmem.EmailBackend.send_messages

    def fail(self: Any, messages: list[EmailMessage]) -> int:
        for message in messages:
            if error := errors.get(message.to[0]):
                raise error
        return send(self, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", fail)


def to_whom() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def test_a_mail_waits_until_the_worker_sends_it_and_is_as_it_was_written() -> None:
    written = EmailMultiAlternatives(
        "เรื่อง", "เนื้อความ", "from@example.test", ["to@example.test"], cc=["cc@example.test"]
    )
    written.attach_alternative("<p>เนื้อความ</p>", "text/html")
    written.send()
    assert (len(mail.outbox), WaitingMail.objects.count()) == (0, 1)

    assert [mail_goes_out(), mail_goes_out()] == [1, 0]
    received: Any = mail.outbox[0]
    assert (received.subject, received.body, received.from_email, received.recipients()) == (
        "เรื่อง",
        "เนื้อความ",
        "from@example.test",
        ["to@example.test", "cc@example.test"],
    )
    assert [tuple(part) for part in received.alternatives] == [("<p>เนื้อความ</p>", "text/html")]
    assert not WaitingMail.objects.exists()


def test_what_waits_is_read_by_nobody_who_has_the_database_alone() -> None:
    EmailMessage("เรื่อง", "https://x.test/invitation/secret", to=["to@example.test"]).send()
    sealed = bytes(WaitingMail.objects.get().sealed)

    assert [part in sealed for part in (b"secret", b"example")] == [False, False]


def test_a_server_that_is_away_is_asked_once_and_all_mail_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in "abc":
        kept(f"{name}@example.test")
    with monkeypatch.context() as broken:
        away = SMTPServerDisconnected("Connection unexpectedly closed")
        broken_by(broken, {f"{name}@example.test": away for name in "abc"})
        assert send_due(at=AT) == 0
    assert list(WaitingMail.objects.order_by("pk").values_list("tries", flat=True)) == [1, 0, 0]

    assert send_due(at=AT) == 2
    assert send_due(at=AT + timedelta(seconds=59)) == 0
    assert send_due(at=AT + timedelta(minutes=1)) == 1
    assert to_whom() == ["b@example.test", "c@example.test", "a@example.test"]


def test_an_address_that_is_refused_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        kept(f"{name}@example.test")
    refusals = {"a@example.test": SMTPRecipientsRefused({"a@example.test": (550, b"no")})}
    with monkeypatch.context() as broken:
        broken_by(broken, refusals | {"b@example.test": ValueError("header")})
        assert send_due(at=AT) == 1

    assert to_whom() == ["c@example.test"]
    assert [answer.partition(":")[0] for answer in answers()] == [
        "SMTPRecipientsRefused",
        "ValueError",
    ]


def answers() -> list[str]:
    return list(WaitingMail.objects.order_by("pk").values_list("answer", flat=True))


def test_the_pause_between_tries_grows_to_an_hour() -> None:
    minutes = [pause(tries) // timedelta(minutes=1) for tries in range(1, 10)]

    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_two_workers_that_see_the_same_mail_send_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kept("a@example.test")
    seen_by_both = list(due(AT))
    monkeypatch.setattr("esar.platform.mail.actions.due", lambda _at: seen_by_both)

    assert [send_due(at=AT), send_due(at=AT)] == [1, 0]
    assert to_whom() == ["a@example.test"]


def test_after_a_week_a_mail_is_given_up_and_after_a_month_it_is_gone() -> None:
    kept("a@example.test")
    assert send_due(at=AT + timedelta(days=7)) == 0
    assert waiting(AT + timedelta(days=7)) == Waiting(0, None, "", 1)
    assert [forget_given_up(at=AT + timedelta(days=days)) for days in (30, 31)] == [0, 1]


def test_a_silent_mail_server_loses_nothing_and_mail_goes_out_when_it_is_back(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMAIL_TIMEOUT", 0.2)
    kept("a@example.test")
    kept("b@example.test")
    transport = settings.MAIL_TRANSPORT
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    with silent_server() as (host, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
        begun = time.monotonic()
        assert send_due(at=AT) == 0
        assert time.monotonic() - begun < outgoing.SECONDS
    settings.MAIL_TRANSPORT = transport

    assert waiting(AT).count == 2
    assert answers() == ["SMTPServerDisconnected: Connection unexpectedly closed: timed out", ""]
    assert send_due(at=AT + timedelta(minutes=1)) == 2
    assert sorted(to_whom()) == ["a@example.test", "b@example.test"]


def invited(world: World) -> Any:
    client = Client()
    client.force_login(world.administrator)
    form = {"email": "new@example.test", "name": "คนใหม่", "role": "auditor"}
    return client.post("/people/invite/", form)


def test_no_request_asks_a_mail_server(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_given: Any, **_more: Any) -> Any:
        raise AssertionError("a request sent mail")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", never)
    assert invited(world).status_code == 302
    answer = Client().post("/account/password/reset/", {"email": world.reporter.email})

    assert (answer.status_code, WaitingMail.objects.count()) == (302, 2)


def test_a_link_for_a_new_password_comes_by_the_worker_and_signs_in(world: World) -> None:
    Client().post("/account/password/reset/", {"email": world.reporter.email})
    assert mail_goes_out() == 1
    message: Any = mail.outbox[0]
    assert message.to == [world.reporter.email]
    path = message.body.partition("http://127.0.0.1:8000")[2].split()[0]
    browser = Client()
    form = browser.get(browser.get(path)["Location"])
    password = "another-long-passphrase"
    fields = {"password1": password, "password2": password}
    browser.post(form.context["action_url"], fields)

    assert browser.get("/desk/").status_code == 200
    assert "esar_device" in browser.cookies


def test_an_address_without_account_costs_a_mail_that_goes_to_nobody(world: World) -> None:
    answers = [
        Client().post("/account/password/reset/", {"email": email})
        for email in ("nobody@example.test", world.reporter.email)
    ]
    assert [answer["Location"] for answer in answers] == ["/account/password/reset/done/"] * 2
    assert WaitingMail.objects.count() == 2
    mail_goes_out()

    assert to_whom() == [world.reporter.email]
    assert not WaitingMail.objects.exists()


def test_the_age_of_the_oldest_mail_is_shown_to_administrators(world: World) -> None:
    client = Client()
    client.force_login(world.administrator)
    assert "ไม่มีอีเมลที่รอส่ง" in client.get("/check-ups/").content.decode()
    kept("a@example.test", at=timezone.now() - timedelta(hours=2))
    WaitingMail.objects.update(answer="TimeoutError: timed out")
    page = client.get("/check-ups/").content.decode()

    assert "อีเมล 1 ฉบับรอส่ง" in page
    assert "TimeoutError: timed out" in page


def test_the_doctor_tells_mail_that_waits_for_long() -> None:
    from esar.operations.doctor import notes

    kept("a@example.test", at=AT - timedelta(minutes=9))
    assert codes(notes(AT)) == []
    kept("a@example.test", at=AT - timedelta(minutes=11))
    kept("a@example.test", at=AT - timedelta(days=8))
    assert codes(notes(AT)) == ["doctor.mail_waits", "doctor.mail_given_up"]


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems if "mail" in problem.code]
