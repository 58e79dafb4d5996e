"""The site in earnest behind Debian's nginx, over TCP and over a unix socket.

Addresses of 127.0.0.0/8 are all this machine's own, so that nginx sees two hundred callers. How
many they are is asked over TCP; over the socket forty show that they are told apart there too.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from esar.platform.accounts.delays import SHORTEST
from esar.platform.organisations.models import Person
from esar.platform.ui.year_address import without_year
from tests import migrated
from tests.make import World
from tests.whole.make_nginx import HOST, Proxy, nginx_before
from tests.whole.make_served import TOKEN, Answer, Site, database_copied_to, served

PASSWORD = "a-long-passphrase-1"
ADMINISTRATOR = "administrator@example.test"
OWN, FORGER = "127.0.2.1", "127.0.2.2"
MOST_SECONDS = 600  # until somebody waits longer than two requests take
PAUSE = 0.5  # seconds, between two requests of a caller: nginx turns away who asks faster
CALLERS = {"tcp": 200, "unix socket": 40}
pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@dataclass(frozen=True)
class Stage:
    site: Site
    proxy: Proxy
    folder: Path
    callers: list[str]


@pytest.fixture(scope="module", params=list(CALLERS))
def stage(
    request: pytest.FixtureRequest,
    django_db_setup: None,  # noqa: ARG001 the database is there
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """One site for all tests here: it has a copy of the database."""
    if connection.vendor != "sqlite":
        pytest.skip("a process of its own has a copy of the SQLite file")
    folder: Path = tmp_path_factory.mktemp("nginx")
    with django_db_blocker.unblock():
        World()
        hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)  # as in earnest
        Person.objects.update(password=hashed)
        database_copied_to(folder)
        migrated.begin_again(connection.connection)
    on_socket = request.param == "unix socket"
    site = served(folder, on_socket=on_socket, ESAR_HOSTS=HOST, ESAR_ADDRESS=f"https://{HOST}")
    callers = [f"127.0.1.{number}" for number in range(1, CALLERS[request.param] + 1)]
    with site as site, nginx_before(site, folder) as proxy:
        yield Stage(site, proxy, folder, callers)


def sign_in(
    proxy: Proxy, email: str, password: str, source: str, device: str = "", **headers: str
) -> Answer:
    form = urlencode({"login": email, "password": password, "csrfmiddlewaretoken": TOKEN})
    cookies = f"csrftoken={TOKEN}; language=en" + (f"; esar_device={device}" if device else "")
    kind = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    more = kind | {"Origin": f"https://{HOST}"} | headers
    return proxy.ask("/account/login/", form.encode(), source=source, **more)


def cookies_of(answer: Answer) -> SimpleCookie:
    cookies = SimpleCookie()
    for line in answer.cookies:
        cookies.load(line)
    return cookies


def addresses_in_the_logs(stage: Stage, path: str, count: int) -> list[list[str]]:
    """From where a path was sent forms, by gunicorn's log and by the site's own, sorted.

    A line is written a moment after its answer, and may come behind that of the next request.
    """
    by_server, by_site = rf'^(\S+) .*"POST {path} ', rf"esar\.access (\S+) .*POST {path} "
    addresses: list[list[str]] = []
    for _ in range(600):
        text = stage.site.log.read_text("utf-8")
        addresses = [sorted(re.findall(line, text, re.MULTILINE)) for line in (by_server, by_site)]
        if min(map(len, addresses)) >= count:
            break
        time.sleep(0.1)
    return addresses


def addresses_of_sessions(stage: Stage) -> list[str]:
    with closing(sqlite3.connect(stage.folder / "esar.sqlite3")) as database:
        return [ip for [ip] in database.execute("SELECT ip FROM usersessions_usersession")]


def seconds_to_wait(answer: Answer) -> float:
    """How long an answer says to wait, at the least: the page gives it rounded up."""
    told = re.search(r"Try again in (\d+) (second|minute)", answer.text)
    if told is None:
        return 0
    count, unit = int(told[1]), told[2]
    return (count - 1) * 60 if unit == "minute" else count - 0.99


def test_callers_who_guess_keep_no_administrator_out_and_nobody_pretends_an_address(
    stage: Stage,
) -> None:
    first = sign_in(stage.proxy, ADMINISTRATOR, PASSWORD, OWN)
    assert (first.status, without_year(first.headers["Location"])) == (302, "/desk/")
    cookies = cookies_of(first)
    assert {"sessionid", "esar_device"} <= set(cookies)
    assert [name for name, cookie in cookies.items() if not cookie["secure"]] == []
    device = cookies["esar_device"].value
    callers = stage.callers
    for caller in callers:
        wrong = sign_in(stage.proxy, ADMINISTRATOR, "wrong", caller, X_Forwarded_For="198.51.100.1")
        assert wrong.status == 200

    again = sign_in(stage.proxy, ADMINISTRATOR, PASSWORD, OWN, device)
    assert (again.status, without_year(again.headers["Location"])) == (302, "/desk/")
    other = sign_in(stage.proxy, "reporter@example.test", PASSWORD, callers[-1])
    assert (other.status, without_year(other.headers["Location"])) == (302, "/desk/")
    logged, sessions = [OWN, *callers, OWN, callers[-1]], [OWN, OWN, callers[-1]]
    least, is_in_time, end = SHORTEST - 1, False, time.monotonic() + MOST_SECONDS
    while not is_in_time:  # however slow the machine, a wait becomes longer than two requests take
        began = time.monotonic()
        wrong = sign_in(stage.proxy, ADMINISTRATOR, "wrong", callers[0])
        assert (wrong.status, began < end) == (200, True)
        logged.append(callers[0])
        if seconds_to_wait(wrong) < least:
            time.sleep(PAUSE)
            continue
        stranger = sign_in(stage.proxy, ADMINISTRATOR, PASSWORD, FORGER, X_Forwarded_For=OWN)
        logged.append(FORGER)
        sessions += [FORGER] * (stranger.status == 302)
        is_in_time = time.monotonic() - began < seconds_to_wait(wrong)
        least *= 2
    assert seconds_to_wait(stranger) > 0
    expected = sorted(logged)
    assert addresses_in_the_logs(stage, "/account/login/", len(logged)) == [expected, expected]
    assert addresses_of_sessions(stage) == sessions


def test_whoever_comes_over_a_plain_line_is_led_to_a_safe_one(stage: Stage) -> None:
    answer = stage.proxy.ask_plainly("/rules/?year=2567")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/rules/?year=2567")
    past_the_proxy = stage.site.ask("/rules/", Host=HOST)
    assert (past_the_proxy.status, past_the_proxy.headers["Location"]) == (
        301,
        f"https://{HOST}/rules/",
    )
    page = stage.proxy.ask("/account/login/")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"

    assert page.status == 200
    assert cookies_of(page)["csrftoken"]["secure"] is True
