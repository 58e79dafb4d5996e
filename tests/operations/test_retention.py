"""What is kept for a stated time is removed after it, each day, by the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from esar.config.check import read_keep_days
from esar.kernel.problems import Problem, Refused
from esar.operations.jobs import by_the_day, check_up
from esar.operations.retention import REMOVERS, forget_what_is_old
from esar.platform.notices.actions import tell
from esar.platform.notices.models import Notice
from esar.platform.security.actions import note
from esar.platform.security.models import SecurityEvent
from tests.make import AT, ON, World

pytestmark = pytest.mark.django_db


def test_every_kind_has_its_days(settings: Any) -> None:
    assert sorted(REMOVERS) == sorted(settings.KEEP_DAYS)


def test_the_worker_removes_what_is_old_once_a_day(world: World, settings: Any) -> None:
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"security": 10}
    note("signed_in", world.reporter, None)
    SecurityEvent.objects.update(at=timezone.now() - timedelta(days=11))
    note("signed_out", world.reporter, None)
    by_the_day(on=ON, at=AT)

    assert list(SecurityEvent.objects.values_list("kind", flat=True)) == ["signed_out"]


def test_lapsed_sessions_go_and_others_stay(world: World) -> None:
    lapsed, there = Client(), Client()
    for client, someone in ((lapsed, world.reporter), (there, world.approver)):
        client.force_login(someone)
        client.get("/desk/")
    key = lapsed.session.session_key
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(hours=1))
    removed = forget_what_is_old(at=timezone.now())

    assert removed["sessions"] == 1
    assert Session.objects.get().pk == there.session.session_key
    assert UserSession.objects.get().user == world.approver


def test_finished_tasks_go_and_those_that_wait_stay(world: World) -> None:  # noqa: ARG001
    check_up.enqueue()
    check_up.enqueue()
    old = DBTaskResult.objects.earliest("enqueued_at")
    long_ago = timezone.now() - timedelta(days=31)
    DBTaskResult.objects.filter(pk=old.pk).update(status="SUCCESSFUL", finished_at=long_ago)

    assert forget_what_is_old(at=timezone.now())["tasks"] == 1
    assert DBTaskResult.objects.count() == 1


def test_old_notices_go_when_they_were_read(world: World) -> None:
    for key, days in (("old", 800), ("new", 1)):
        at = timezone.now() - timedelta(days=days)
        for suffix in ("read", "unread"):
            tell([world.reporter], "notice.x", path="/", key=f"{key}-{suffix}", at=at)
    Notice.objects.filter(key__endswith="-read").update(read_at=timezone.now())
    forget_what_is_old(at=timezone.now())

    assert sorted(Notice.objects.values_list("key", flat=True)) == [
        "new-read",
        "new-unread",
        "old-unread",
    ]


def test_an_operator_says_otherwise_by_kind() -> None:
    assert read_keep_days("security=90, notices=1") == {
        "security": 90,
        "sessions": 0,
        "tasks": 30,
        "notices": 1,
    }


@pytest.mark.parametrize("pair", ["secrets=1", "security", "security=-1", "security=ten"])
def test_what_an_operator_cannot_have_meant_is_refused_with_its_sentence(pair: str) -> None:
    with pytest.raises(Refused) as refused:
        read_keep_days(pair)

    kinds = "security, sessions, tasks, notices"
    assert refused.value.problems == (
        Problem("settings.no_keep_days", {"pair": pair, "kinds": kinds}),
    )
