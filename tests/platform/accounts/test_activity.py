"""What a session's owner reads of its use is written once a minute, not with every page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.make import World


@pytest.fixture
def client(db: None) -> Client:  # noqa: ARG001
    browser = Client()
    browser.force_login(World().reporter)
    browser.get("/desk/")
    return browser


def writes(browser: Client, **headers: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/desk/", headers=headers).status_code == 200
    return [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_a_second_page_in_the_minute_writes_nothing(client: Client) -> None:
    assert writes(client) == []


def test_after_the_minute_the_use_is_written(client: Client) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    UserSession.objects.update(last_seen_at=long_ago)
    cache.clear()

    assert len(writes(client)) == 1
    assert UserSession.objects.get().last_seen_at > long_ago


def test_a_session_used_from_another_browser_is_written_at_once(client: Client) -> None:
    writes(client, user_agent="Another/1.0")

    assert UserSession.objects.get().user_agent == "Another/1.0"


class Full(Exception):
    """What SQLite says of a disk without room."""

    sqlite_errorname = "SQLITE_FULL"


def test_on_a_full_disk_a_page_is_read_though_its_use_is_not_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any, **_more: Any) -> None:
        raise OperationalError("database or disk is full") from Full()

    cache.clear()
    monkeypatch.setattr(QuerySet, "update", full)

    assert client.get("/desk/").status_code == 200


def test_a_visitor_whose_address_is_not_known_reads_the_public_pages(
    db: None,  # noqa: ARG001
) -> None:
    assert Client(REMOTE_ADDR="").get("/").status_code == 200
