"""The site, its package and two witnesses, each a program: who writes the history anew is found."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from esar.config.command import main
from esar.exchange.packaging.replay import replay_bytes
from esar.exchange.witnessing.keys import write_signing_key
from esar.exchange.witnessing.notes import read_note
from esar.kernel.problems import Problem
from esar.kernel.wording import problem_sentence
from esar.platform.history.actions import record
from esar.platform.history.checkpoints.actions import SignedLog, sign_log
from esar.platform.history.models import Checkpoint
from tests.exchange.witnessing.make import LOG_KEY
from tests.exchange.witnessing.programs import WitnessProgram
from tests.judge.results.make import released
from tests.make import AT, World
from tests.platform.history.make import write_anew


def codes(signed_log: SignedLog) -> list[str]:
    return [problem.code for problem in signed_log.problems]


def sentences(problems: list[Problem]) -> list[str]:
    return [problem_sentence(problem, "en").partition(" (")[0] for problem in problems]


@pytest.mark.any_database
def test_a_history_written_anew_is_found_by_witnesses_and_by_a_package_published_before(
    world: World, settings: Any, tmp_path: Path
) -> None:
    key = tmp_path / "log.key"
    write_signing_key(key, LOG_KEY)
    settings.LOG_KEY = str(key)
    first, second = (
        WitnessProgram(tmp_path / name, f"{name}.example/w", name[:1].encode()).knows(
            LOG_KEY.public
        )
        for name in ("first", "second")
    )
    try:
        first.begin()
        second.begin()
        addresses = [program.start().where for program in (first, second)]
        settings.WITNESSES = ", ".join(f"{where.address} {where.key}" for where in addresses)
        released(world)
        assert codes(sign_log(at=AT)) == []
        package = Client().get("/results/2567/data/package.zip").content
        second.kill()
        record("test.event", world.reporter, by=None, at=AT)
        assert codes(sign_log(at=AT)) == ["checkpoint.silent"]
        second.start()
        assert codes(sign_log(at=AT)) == []
        newest = read_note(Client().get("/log/checkpoint").content.decode())
        assert [bool(newest.seen_at(where.key)) for where in addresses] == [True, True]

        write_anew()  # no trigger, every hash and every head new
        Checkpoint.objects.all().delete()  # and nothing here says what was signed

        refused = sign_log(at=AT)
        assert codes(refused) == ["checkpoint.forked", "checkpoint.forked"]
        assert sentences(refused.problems)[0].startswith(
            "The witness first.example/w did not sign: this log does not go on from what it has"
        )
    finally:
        first.kill()
        second.kill()
    assert replay_bytes(package, "package.zip", key=LOG_KEY.public).identical
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        [name] = [name for name in files.namelist() if name.endswith("checkpoint.txt")]
        (tmp_path / "checkpoint").write_bytes(files.read(name))
    copy = str(tmp_path / "log.jsonl")
    runner = CliRunner()
    runner.invoke(main, ["audit", "export", copy])
    alone = runner.invoke(main, ["audit", "verify", copy])
    trust = ["--checkpoint", str(tmp_path / "checkpoint"), "--key", str(LOG_KEY.public)]
    held_against_it = runner.invoke(main, ["audit", "verify", copy, *trust])
    assert (alone.exit_code, held_against_it.exit_code) == (0, 1)
