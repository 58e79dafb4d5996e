"""Who guesses waits, longer each time; who owns the account still comes in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client

from esar.kernel.problems import Refused
from esar.platform.accounts import delays
from esar.platform.accounts.models import Guesses
from esar.platform.organisations.models import Person
from esar.platform.ui.language import COOKIE
from tests.make import World

RIGHT = "a-long-passphrase-1"
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


class Watch:
    """What time it is for the delays."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    watch = Watch()
    monkeypatch.setattr(delays, "now", watch)
    return watch


def sign_in(browser: Client, person: Person | str, password: str = "wrong", **extra: str) -> Any:
    login = person if isinstance(person, str) else person.email
    return browser.post("/account/login/", {"login": login, "password": password}, **extra)


def is_in(answer: Any) -> bool:
    return bool(answer.status_code == 302)


def sentences(answer: Any) -> list[str]:
    return list(answer.context["form"].non_field_errors())


def wrong_guesses(account: Person | str, times: int, **extra: str) -> None:
    for _ in range(times):
        sign_in(Client(), account, **extra)


def in_english() -> Client:
    browser = Client()
    browser.cookies[COOKIE] = "en"
    return browser


WAIT = (
    "Several wrong attempts were made on this account. Try again in {wait}. A browser that has "
    "signed in to it before is not held up, nor is the link that “Forgotten password” mails."
)


def test_the_wait_begins_with_the_fifth_wrong_guess_and_doubles_up_to_a_quarter_of_an_hour() -> (
    None
):
    assert [delays.wait(count) for count in range(1, 15)] == [
        *[0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    ]


def test_whoever_must_wait_reads_how_long(world: World, watch: Watch) -> None:
    wrong_guesses(world.reporter, 5)
    assert sentences(sign_in(in_english(), world.reporter, RIGHT)) == [
        WAIT.format(wait="5 seconds")
    ]
    watch.forward(seconds=4)
    assert sentences(sign_in(in_english(), world.reporter, RIGHT)) == [WAIT.format(wait="1 second")]
    watch.forward(seconds=1)
    wrong_guesses(world.reporter, 1)
    for _ in range(6):
        watch.forward(seconds=900)
        wrong_guesses(world.reporter, 1)
    assert sentences(sign_in(in_english(), world.reporter, RIGHT)) == [
        WAIT.format(wait="11 minutes")
    ]
    watch.forward(seconds=640)
    assert is_in(sign_in(Client(), world.reporter, RIGHT))


def test_what_is_refused_for_the_wait_is_no_guess_and_makes_it_no_longer(
    world: World, watch: Watch
) -> None:
    wrong_guesses(world.reporter, 12)
    assert Guesses.objects.get().count == 5
    watch.forward(seconds=5)
    assert is_in(sign_in(Client(), world.reporter, RIGHT))


def test_a_right_password_forgets_the_wrong_guesses_and_so_does_a_day(
    world: World, watch: Watch
) -> None:
    wrong_guesses(world.reporter, 4)
    assert is_in(sign_in(Client(), world.reporter, RIGHT))
    assert list(Guesses.objects.all()) == []
    wrong_guesses(world.reporter, 4)
    watch.forward(days=1, seconds=1)
    wrong_guesses(world.reporter, 4)
    assert is_in(sign_in(Client(), world.reporter, RIGHT))


def test_guesses_hold_up_no_other_account_and_no_address(world: World) -> None:
    wrong_guesses(world.reporter, 16, REMOTE_ADDR="203.0.113.7")
    for number in range(20):
        wrong_guesses(f"nobody{number}@example.test", 1, REMOTE_ADDR="203.0.113.7")

    assert is_in(sign_in(Client(REMOTE_ADDR="203.0.113.7"), world.administrator, RIGHT))


def test_many_addresses_do_not_keep_out_the_owner_in_a_browser_that_was_in_before(
    world: World, watch: Watch
) -> None:
    own = Client()
    assert is_in(sign_in(own, world.administrator, RIGHT))
    own.post("/account/logout/")
    for number in range(20):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), world.administrator)
        watch.forward(seconds=900)
    watch.forward(seconds=-900)

    assert not is_in(sign_in(Client(), world.administrator, RIGHT))
    assert is_in(sign_in(own, world.administrator, RIGHT))


def test_a_browser_that_was_in_before_guesses_no_faster(world: World) -> None:
    own = Client()
    sign_in(own, world.administrator, RIGHT)
    own.post("/account/logout/")
    for _ in range(5):
        sign_in(own, world.administrator)

    assert not is_in(sign_in(own, world.administrator, RIGHT))
    assert is_in(sign_in(Client(), world.administrator, RIGHT))


def test_a_browser_that_was_in_as_another_is_a_stranger_to_the_account(world: World) -> None:
    foreign = Client()
    sign_in(foreign, world.reporter, RIGHT)
    foreign.post("/account/logout/")
    wrong_guesses(world.administrator, 5)

    assert not is_in(sign_in(foreign, world.administrator, RIGHT))


def test_a_cookie_that_somebody_made_makes_no_browser_known(world: World) -> None:
    wrong_guesses(world.administrator, 5)
    forger = Client()
    forger.cookies["esar_device"] = '{"id": "x", "accounts": ["administrator@example.test"]}'

    assert not is_in(sign_in(forger, world.administrator, RIGHT))


def test_an_account_that_there_is_none_of_answers_as_one_that_there_is(world: World) -> None:
    answers = {}
    for login in (world.reporter.email, "nobody@example.test"):
        answers[login] = [sentences(sign_in(in_english(), login)) for _ in range(7)]

    assert answers[world.reporter.email] == answers["nobody@example.test"]


def test_a_wrong_guess_of_an_account_that_there_is_none_of_costs_as_much(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *password: hashes.append("hash") or encode(self, *password),
    )
    costs = {}
    Person.objects.filter(pk=world.approver.pk).update(is_active=False)
    for login in (world.reporter.email, world.approver.email, "nobody@example.test"):
        sign_in(Client(), login)
        costs[login] = len(hashes)
        hashes.clear()

    assert set(costs.values()) == {1}, costs


def test_wrong_second_steps_wait_as_wrong_passwords_do(world: World, watch: Watch) -> None:
    browser = in_english()
    with_second_step(world.analyst)
    sign_in(browser, world.analyst, RIGHT)
    for _ in range(5):
        browser.post("/account/2fa/authenticate/", {"code": "000000"})
    waiting = browser.post("/account/2fa/authenticate/", {"code": "000000"})

    assert list(waiting.context["form"].errors["code"]) == [WAIT.format(wait="5 seconds")]
    watch.forward(seconds=5)
    wrong = browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert list(wrong.context["form"].errors["code"]) != [WAIT.format(wait="5 seconds")]
    assert Guesses.objects.get().count == 6


def with_second_step(person: Person) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(person, generate_totp_secret())


def test_links_for_a_new_password_are_slowed_down_alike_for_every_address(world: World) -> None:
    answers: dict[str, list[Any]] = {}
    for email in (world.reporter.email, "nobody@example.test"):
        requests = [
            in_english().post("/account/password/reset/", {"email": email}) for _ in range(6)
        ]
        answers[email] = [answer.get("Location", "") for answer in requests]
        answers[email].append(list(requests[-1].context["form"].errors["email"]))

    assert answers["nobody@example.test"] == [
        *["/account/password/reset/done/"] * 5,
        "",
        ["A link was asked for several times. Ask again in 5 seconds, and look into your mail."],
    ]
    assert answers[world.reporter.email] == answers["nobody@example.test"]


def test_what_is_long_past_is_removed(db: None, watch: Watch) -> None:  # noqa: ARG001
    for _ in range(5):
        delays.begin("password", "old@example.test")
    watch.forward(hours=23)
    delays.begin("password", "new@example.test")
    watch.forward(hours=2)
    delays.forget_guesses()

    assert Guesses.objects.count() == 1


@pytest.mark.each_database
@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_the_same_moment_no_more_are_looked_at_than_one_after_another() -> None:
    looked_at, refused = [], []

    def guess() -> None:
        try:
            looked_at.append(delays.begin("password", "someone@example.test"))
        except Refused:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(looked_at), len(refused)) == (5, 7)
