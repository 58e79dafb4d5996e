"""A few rounds on each database within the suite; `make kill` plays a hundred."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 2
MAX_SECONDS = 1800  # on a machine that has much else to do
Playing = dict[str, "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def playing() -> Iterator[Playing]:
    """Both databases at once, each in processes of its own."""
    left_out = (
        "ESAR_DATABASE_URL",
        "ESAR_VAR",
        "DJANGO_SETTINGS_MODULE",
        "PYTEST_XDIST_WORKER",
    )
    environment = {name: text for name, text in os.environ.items() if name not in left_out}
    words = [sys.executable, "-m", "tests.kill", "--rounds", str(ROUNDS), "--database"]
    found = {
        database: subprocess.Popen(
            [*words, database],
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for database in ("sqlite", "postgresql")
    }
    yield found
    for one in found.values():
        one.terminate()  # it ends what it started; nothing to a process that has ended
        one.communicate(timeout=MAX_SECONDS)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whoever_is_killed_nothing_acknowledged_is_lost_or_half_done(
    playing: Playing, database: str
) -> None:
    said, _ = playing[database].communicate(timeout=MAX_SECONDS)

    assert playing[database].returncode == 0, said
    assert said.startswith(f"{database}: {ROUNDS} rounds in "), said
    assert said.rstrip().endswith("findings: 0"), said
