"""A package may hold the checkpoint that its results are under; a replay names and checks it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from esar.exchange.packaging.build import build
from esar.exchange.packaging.replay import Report, replay_bytes
from esar.exchange.witnessing.checkpoints import Checkpoint
from esar.exchange.witnessing.notes import Key
from tests.exchange.cli.run import answer, esar
from tests.exchange.packaging.make import (
    EDITION,
    RULEBOOK,
    few_entries,
    few_files,
    rehashed,
    zipped,
)
from tests.exchange.witnessing.make import FORK, LOG_KEY, TREE, WITNESS_KEY, checkpoint

pytestmark = pytest.mark.any_database


@cache
def files() -> dict[str, bytes]:
    return dict(build(EDITION, few_entries(), RULEBOOK, str(checkpoint(12))))


def replayed(content: dict[str, bytes], key: Key | None = LOG_KEY.public) -> Report:
    return replay_bytes(zipped(content), "package.zip", key=key)


def codes(content: dict[str, bytes], key: Key | None = LOG_KEY.public) -> list[str]:
    return [problem.code for problem in replayed(content, key).problems]


def test_a_replay_names_the_checkpoint_and_checks_it_by_the_key() -> None:
    report = replayed(files())

    assert (report.identical, report.checkpoint) == (
        True,
        Checkpoint(LOG_KEY.name, 12, TREE.root(12)),
    )
    assert replayed(files(), None).identical


def test_the_package_without_one_is_as_it_was_and_lacks_it_only_for_a_key() -> None:
    changed = {name for name in files() if files()[name] != few_files().get(name)}
    plain = dict(few_files())

    assert changed == {"checkpoint.txt", "README.md", "datapackage.json"}
    assert (codes(plain, None), codes(plain)) == ([], ["package.no_checkpoint"])


def test_a_false_checkpoint_is_found() -> None:
    forged = str(checkpoint(12, FORK)).encode()  # by the right key
    other_text = files()["checkpoint.txt"].replace(b"\n12\n", b"\n13\n")

    assert codes(rehashed({**files(), "checkpoint.txt": forged})) == []  # only the log can tell
    assert codes(rehashed({**files(), "checkpoint.txt": other_text})) == ["note.false_signature"]
    assert codes(files(), WITNESS_KEY.public) == ["note.not_signed"]
    assert codes(rehashed({**files(), "checkpoint.txt": b"\xff"}), None) == ["note.not_a_note"]


def test_a_checkpoint_put_in_or_changed_afterwards_is_found_without_a_key() -> None:
    put_in = {**few_files(), "checkpoint.txt": files()["checkpoint.txt"]}
    other_text = files()["checkpoint.txt"].replace(b"\n12\n", b"\n13\n")

    assert codes(put_in, None) != []
    assert codes({**files(), "checkpoint.txt": other_text}, None) != []


def test_the_command_says_whose_checkpoint_it_is(tmp_path: Path) -> None:
    package = tmp_path / "package.zip"
    package.write_bytes(zipped(files()))
    key = str(LOG_KEY.public)

    with_key = esar("replay", str(package), "--lang", "en", "--key", key).stdout
    without = esar("replay", str(package), "--lang", "en").stdout
    wrong = esar("replay", str(package), "--lang", "en", "--key", "none")

    assert "of esar.example.go.th/log with 12 events is signed by the key given" in with_key
    assert "the signature was not checked. Give --key to check it." in without
    assert (wrong.exit_code, "This is no public key" in wrong.stderr) == (2, True)
    assert answer("replay", str(package), "--key", key)["checkpoint"] == {
        "origin": LOG_KEY.name,
        "size": 12,
        "root": json.loads(json.dumps(str(checkpoint(12)).splitlines()[2])),
        "signed_by": key,
    }
