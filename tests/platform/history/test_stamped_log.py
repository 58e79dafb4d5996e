"""What was signed of the log is stamped by an authority; what is wrong with that is found."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from esar.exchange.witnessing.keys import write_signing_key
from esar.exchange.witnessing.stamps import read_authority, stamped_at
from esar.operations.checkpoints import sign_if_due
from esar.platform.history import guards
from esar.platform.history.actions import record
from esar.platform.history.checkpoints import actions, doctor
from esar.platform.history.models import Checkpoint, Event, Stamp
from tests.exchange.witnessing.authority import Authority
from tests.exchange.witnessing.make import LOG_KEY
from tests.make import World
from tests.ports import free_ports

AT = datetime(2024, 6, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def authority(world: World, settings: Any, tmp_path: Path) -> Iterator[Authority]:
    """The site signs its log, and an authority stamps it."""
    key = tmp_path / "log.key"
    write_signing_key(key, LOG_KEY)
    settings.LOG_KEY = str(key)
    record("test.event", world.reporter, by=None, at=AT)
    authority = Authority(tmp_path / "authority")
    settings.STAMP_ROOTS = str(authority.roots)
    with authority.serving() as address:
        settings.STAMP_AUTHORITY = address.address
        yield authority


def findings(at: datetime = AT) -> list[str]:
    return [problem.code for problem in doctor.findings(at)]


@pytest.mark.each_database
def test_what_is_signed_is_stamped_and_public(authority: Authority, tmp_path: Path) -> None:
    assert findings() == ["doctor.not_stamped"]
    assert actions.sign_log(at=AT).problems == []

    stamp = Stamp.objects.get()
    roots = read_authority("https://tsa.example", authority.roots).roots
    assert stamped_at(stamp.answer, stamp.checkpoint.note, roots).year == datetime.now(UTC).year
    assert Event.objects.filter(verb="checkpoint.stamp", subject_id=str(stamp.pk)).count() == 1
    assert findings() == []
    page = Client().get("/log/").content.decode()
    public = Client().get(f"/log/checkpoints/{stamp.pk}.tsr")
    assert f'href="/log/checkpoints/{stamp.pk}.tsr"' in page
    assert public.content == base64.b64decode(stamp.answer)
    assert Client().get(f"/log/checkpoints/{stamp.pk + 1}.tsr").status_code == 404

    (tmp_path / "checkpoint").write_bytes(Client().get(f"/log/checkpoints/{stamp.pk}").content)
    (tmp_path / "stamp.tsr").write_bytes(public.content)
    check = ["openssl", "ts", "-verify", "-data", "checkpoint", "-in", "stamp.tsr", "-CAfile"]
    assert subprocess.run([*check, authority.roots], cwd=tmp_path, check=False).returncode == 0


def test_a_stamp_changed_in_the_database_is_found(authority: Authority) -> None:  # noqa: ARG001
    actions.sign_log(at=AT)
    actions.sign_log(at=AT)
    guards.remove(connection)
    first, second = Stamp.objects.order_by("pk")
    Stamp.objects.filter(pk=first.pk).update(answer=second.answer)

    assert findings() == ["doctor.stamp_false"]


def test_an_authority_that_is_away_keeps_no_checkpoint_from_being_made(
    authority: Authority,  # noqa: ARG001
    settings: Any,
) -> None:
    there = settings.STAMP_AUTHORITY
    settings.STAMP_AUTHORITY = f"http://127.0.0.1:{free_ports(1)[0]}/"
    assert sign_if_due(at=AT)
    assert (Checkpoint.objects.count(), Stamp.objects.count()) == (1, 0)
    settings.STAMP_AUTHORITY = there

    assert not sign_if_due(at=AT + timedelta(minutes=30))
    assert sign_if_due(at=AT + timedelta(hours=1))
    assert Stamp.objects.count() == 1
    assert not sign_if_due(at=AT + timedelta(hours=3))


def test_an_authority_that_stamps_no_more_is_found_after_26_hours(
    authority: Authority,  # noqa: ARG001
) -> None:
    actions.sign_log(at=AT)
    day = timedelta(hours=26)

    assert findings(AT + day) == []
    assert findings(AT + day + timedelta(seconds=1)) == ["doctor.not_stamped"]
