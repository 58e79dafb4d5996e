"""A few rounds of each play within the suite; `make kill` plays a hundred."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_SECONDS = 1800  # on a machine that has much else to do
# (database, store, rounds): those of the first two cut the power, those of the third kill store
# and scanner.
PLAYS = (("sqlite", "disk", 1), ("postgresql", "disk", 1), ("sqlite", "s3", 2))
Playing = dict[tuple[str, str], "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def playing() -> Iterator[Playing]:
    """All plays at once, each in processes of its own."""
    left_out = (
        "ESAR_DATABASE_URL",
        "ESAR_VAR",
        "DJANGO_SETTINGS_MODULE",
        "PYTEST_XDIST_WORKER",
    )
    environment = {name: text for name, text in os.environ.items() if name not in left_out}
    words = [sys.executable, "-m", "tests.kill"]
    found = {
        (database, store): subprocess.Popen(
            [*words, "--database", database, "--store", store, "--rounds", str(rounds)],
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for database, store, rounds in PLAYS
    }
    yield found
    for one in found.values():
        one.terminate()  # it ends what it started; nothing to a process that has ended
        one.communicate(timeout=MAX_SECONDS)


@pytest.mark.parametrize(("database", "store", "rounds"), PLAYS)
def test_whoever_is_killed_nothing_acknowledged_is_lost_or_half_done(
    playing: Playing, database: str, store: str, rounds: int
) -> None:
    play = playing[database, store]
    said, _ = play.communicate(timeout=MAX_SECONDS)

    assert play.returncode == 0, said
    assert said.startswith(f"{database}, {store}: {rounds} rounds in "), said
    assert said.rstrip().endswith("findings: 0"), said
