"""The log is signed with a key outside the database; what is done to it afterwards is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone

from esar.config.command import main
from esar.exchange.witnessing.checkpoints import Checkpoint as Signed
from esar.exchange.witnessing.checkpoints import read_checkpoint, signed
from esar.exchange.witnessing.keys import write_signing_key
from esar.exchange.witnessing.notes import LOG, SigningKey
from esar.exchange.witnessing.sending import Answer
from esar.kernel.problems import Problem
from esar.operations.checkpoints import sign_if_due
from esar.platform.history import guards
from esar.platform.history.actions import record
from esar.platform.history.checkpoints import actions, doctor, queries
from esar.platform.history.models import Checkpoint, Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person
from tests.exchange.witnessing.make import LOG_KEY, WITNESS_KEY
from tests.make import World
from tests.platform.history.make import write_anew

AT = datetime(2024, 6, 1, 3, 0, tzinfo=UTC)
WITNESS = f"https://witness.example {WITNESS_KEY.public}"


@pytest.fixture
def log(world: World, settings: Any, tmp_path: Path) -> World:
    """A log with a few events, and the key that signs it."""
    path = tmp_path / "log.key"
    write_signing_key(path, LOG_KEY)
    settings.LOG_KEY = str(path)
    grow(5)
    return world


def grow(count: int) -> None:
    somebody = Person.objects.order_by("pk")[0]
    for _ in range(count):
        record("test.event", somebody, by=None, at=AT)


def findings(at: datetime = AT) -> list[str]:
    return [problem.code for problem in doctor.findings(at)]


def esar(*arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(main, list(arguments))
    return answer.exit_code, answer.output


@pytest.mark.each_database
def test_the_log_is_signed_and_found_as_it_was_signed(log: World) -> None:  # noqa: ARG001
    size = Event.objects.count()
    signed_log = actions.sign_log(at=AT)
    grow(3)

    stored = Checkpoint.objects.get()
    assert read_checkpoint(stored.note, [LOG_KEY.public]) == Signed(
        LOG_KEY.name, size, queries.tree(size).root()
    )
    assert (stored.size, stored.at, stored.note) == (size, AT, str(signed_log.note))
    assert Event.objects.get(number=size + 1).verb == "checkpoint.sign"
    assert findings() == []


def test_a_chain_written_anew_with_every_head_is_found_and_never_signed(log: World) -> None:  # noqa: ARG001
    actions.sign_log(at=AT)
    write_anew()

    assert esar("audit", "verify")[0] == 0  # by itself it looks whole
    assert findings() == ["checkpoint.log_is_another"]
    status, output = esar("checkpoint")
    assert (status, "ประวัติถูกเขียนใหม่" in output, Checkpoint.objects.count()) == (2, True, 1)


def test_a_cut_tail_is_found_and_never_signed(log: World) -> None:  # noqa: ARG001
    actions.sign_log(at=AT)
    size = Checkpoint.objects.get().size
    guards.remove(connection)
    Event.objects.filter(number__gt=size - 2).delete()

    assert findings() == ["checkpoint.log_is_shorter"]
    assert esar("checkpoint")[0] == 2


def test_a_checkpoint_changed_in_the_database_is_found(log: World) -> None:  # noqa: ARG001
    actions.sign_log(at=AT)
    write_anew()
    size, root = Checkpoint.objects.get().size, queries.tree().root(Checkpoint.objects.get().size)
    forged = signed(Signed(LOG_KEY.name, size, root), SigningKey(LOG_KEY.name, LOG, b"f" * 32))
    Checkpoint.objects.update(note=str(forged))

    assert findings() == ["note.not_signed"]
    Checkpoint.objects.update(note="ปลอม")
    assert findings() == ["note.not_a_note"]


def test_a_checkpoint_kept_under_another_size_is_found(log: World) -> None:  # noqa: ARG001
    note = str(actions.sign_log(at=AT).note)
    grow(2)
    Checkpoint.objects.create(size=Event.objects.count(), at=AT, note=note)

    assert findings() == ["doctor.checkpoint_changed"]


def test_a_key_that_was_changed_still_bears_out_what_it_signed(
    log: World,  # noqa: ARG001
    settings: Any,
    tmp_path: Path,
) -> None:
    actions.sign_log(at=AT)
    path = tmp_path / "new.key"
    write_signing_key(path, SigningKey(LOG_KEY.name, LOG, b"n" * 32))
    settings.LOG_KEY = str(path)

    assert findings() == ["note.not_signed"]
    settings.LOG_PUBLIC_KEYS = str(LOG_KEY.public)
    assert findings() == []


def test_a_key_that_others_may_read_signs_nothing(log: World, settings: Any) -> None:  # noqa: ARG001
    Path(settings.LOG_KEY).chmod(0o644)

    assert (esar("checkpoint")[0], Checkpoint.objects.count()) == (2, 0)
    assert findings() == ["key.open_to_others"]


# --- Witnesses -----------------------------------------------------------------------------------


@pytest.fixture
def witness(log: World, settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:  # noqa: ARG001
    """A witness without network, told what to answer; the programs have a test of their own."""
    settings.WITNESSES = WITNESS
    answers: dict[str, Any] = {"at": AT, "problem": None}

    def cosign(note: Any, _log: Any, witnesses: Any, seen: Any) -> list[Answer]:
        answers["seen"] = seen
        signature = WITNESS_KEY.sign(note.text, int(answers["at"].timestamp()))
        if answers["problem"]:
            return [Answer(witnesses[0], problem=answers["problem"])]
        return [Answer(witnesses[0], signature)]

    monkeypatch.setattr(actions, "cosignatures", cosign)
    return answers


def test_what_a_witness_signed_is_kept_and_asked_for_by_its_size_next_time(
    witness: dict[str, Any],
) -> None:
    actions.sign_log(at=AT)
    first = Checkpoint.objects.get()
    assert witness["seen"] == {}
    actions.sign_log(at=AT)

    assert witness["seen"] == {WITNESS_KEY.name: first.size}
    assert queries.seen_by(WITNESS_KEY.public) == (
        Checkpoint.objects.latest("size").size,
        int(AT.timestamp()),
    )


def test_a_witness_that_has_signed_nothing_for_26_hours_is_a_finding(
    witness: dict[str, Any],
) -> None:
    assert findings() == ["doctor.never_cosigned"]
    actions.sign_log(at=AT)
    day = timedelta(hours=26)

    assert findings(AT + day) == []
    assert findings(AT + day + timedelta(seconds=1)) == ["doctor.not_cosigned"]
    witness["problem"] = Problem("checkpoint.silent", {"witness": "w", "address": "a", "why": "–"})
    actions.sign_log(at=AT + day)
    assert findings(AT + day + timedelta(seconds=1)) == ["doctor.not_cosigned"]


def test_the_worker_signs_each_day_and_again_while_a_witness_is_away(
    witness: dict[str, Any],
) -> None:
    hour, day = timedelta(hours=1), timedelta(hours=24)
    assert sign_if_due(at=AT)
    assert not sign_if_due(at=AT + day - hour)
    witness["problem"] = Problem("checkpoint.silent", {"witness": "w", "address": "a", "why": "–"})
    assert sign_if_due(at=AT + day)
    assert not sign_if_due(at=AT + day + hour / 2)
    assert sign_if_due(at=AT + day + hour)
    witness["problem"] = None
    assert sign_if_due(at=AT + day + 2 * hour)
    assert not sign_if_due(at=AT + day + 4 * hour)


def test_the_worker_signs_after_a_release(witness: dict[str, Any]) -> None:  # noqa: ARG001
    sign_if_due(at=AT)
    assert not sign_if_due(at=AT + timedelta(minutes=1))
    record("result.release", Person.objects.order_by("pk")[0], by=None, at=AT)

    assert sign_if_due(at=AT + timedelta(minutes=1))


def test_administrators_are_told_once_a_day_of_a_log_that_does_not_go_on(
    witness: dict[str, Any],
    log: World,
) -> None:
    witness["problem"] = Problem("checkpoint.forked", {"witness": "w", "answer": "–"})

    sign_if_due(at=AT)
    sign_if_due(at=AT + timedelta(hours=2))

    assert list(Notice.objects.values_list("person", "code")) == [
        (log.administrator.pk, "notice.log_not_continued")
    ]


def test_without_a_key_the_worker_signs_nothing(world: World) -> None:  # noqa: ARG001
    grow(1)

    assert (sign_if_due(at=timezone.now()), Checkpoint.objects.count()) == (False, 0)
    assert "ESAR_LOG_KEY" in esar("checkpoint")[1]


# --- The command, and a copy of the log ----------------------------------------------------------


def test_the_command_makes_a_key_and_says_its_public_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "key")
    new_key = esar("checkpoint", "--new-key", path, "--origin", "esar.example.go.th/log")
    monkeypatch.setenv("ESAR_LOG_KEY", path)

    assert new_key[0] == 0
    assert new_key[1].startswith("esar.example.go.th/log+")
    assert esar("checkpoint", "--show-key") == new_key
    assert esar("checkpoint", "--new-key", path)[0] == 2


def test_a_copy_is_verified_against_a_checkpoint_published_before(
    log: World,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    status, note = esar("checkpoint")
    assert status == 0
    published, copy, key = tmp_path / "checkpoint", tmp_path / "log.jsonl", tmp_path / "log.pub"
    published.write_text(note, "utf-8")
    key.write_text(f"{LOG_KEY.public}\n", "utf-8")
    trust = ["--checkpoint", str(published), "--key"]
    grow(2)
    esar("audit", "export", str(copy))

    assert esar("audit", "verify", str(copy), *trust, str(LOG_KEY.public))[0] == 0
    assert esar("audit", "verify", str(copy), *trust, str(key))[0] == 0
    assert esar("audit", "verify", *trust, str(key))[0] == 0
    assert esar("audit", "verify", str(copy), "--checkpoint", str(published))[0] == 2
    assert esar("audit", "verify", str(copy), *trust, str(WITNESS_KEY.public))[0] == 2
    assert esar("audit", "verify", str(copy), *trust, str(tmp_path / "none"))[0] == 2

    write_anew()
    esar("audit", "export", str(copy), "--force")
    assert esar("audit", "verify", str(copy))[0] == 0
    status, output = esar("audit", "verify", str(copy), *trust, str(key))
    assert (status, "were signed: the history was written anew" in output) == (1, True)
