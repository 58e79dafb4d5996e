"""Mutate permissions, states, lives and the arithmetic of days; every mutant must fail a test.

    python -m tools.mutation                 all groups
    python -m tools.mutation days letters    these groups
    python -m tools.mutation named [WORD]    the guards of named.toml, each by its own tests
    python -m tools.mutation --path PART     only the modules whose path has this part
    python -m tools.mutation --list          the groups and how many mutants each has

Survivors are printed, and kept by group in var/mutants.json. What no test can notice stands in
explained.toml with its reason, and does not count. Ends with 1 when fewer than 95 % are killed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

from tools.mutation import named
from tools.mutation.groups import GROUPS, Group
from tools.mutation.mutating import Mutant, mutants_of
from tools.mutation.results import keep

EXPLAINED = Path(__file__).with_name("explained.toml")
ENOUGH = 0.95


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP")
    parser.add_argument("--path", default="", help="part of a module's path")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--play", help=argparse.SUPPRESS)  # one group, in a process of its own
    options = parser.parse_args()
    if options.groups[:1] == ["named"]:
        return named.play(options.groups[1:])
    chosen = [group for group in GROUPS if not options.groups or group.name in options.groups]
    if unknown := set(options.groups) - {group.name for group in GROUPS}:
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    if options.list:
        for group in chosen:
            print(f"{len(mutants(group, options.path)):5}  {group.name}")
        return 0
    if options.play:
        return play(chosen[0], options.path, Path(options.play))
    counts = [
        report(group, outcomes(group, options.path), whole=not options.path) for group in chosen
    ]
    killed, counted = (sum(column) for column in zip(*counts, strict=True))
    print(f"{killed} of {counted} mutants killed ({100 * killed / max(counted, 1):.1f} %)")
    return 0 if killed >= ENOUGH * counted else 1


def mutants(group: Group, part: str) -> list[Mutant]:
    paths = sorted({path for pattern in group.modules for path in Path().glob(pattern)})
    return [mutant for path in paths if part in str(path) for mutant in mutants_of(path)]


def outcomes(group: Group, part: str) -> list[dict[str, str]]:
    """What became of each mutant of a group, played by a process of its own."""
    began = time.monotonic()
    print(f"{group.name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        results = Path(folder) / "results.json"
        command = [sys.executable, "-m", "tools.mutation", group.name, "--play", str(results)]
        environment = os.environ | {"ESAR_DEMO": "1", "ESAR_VAR": str(database_folder())}
        subprocess.run([*command, "--path", part], env=environment, check=False)
        played: list[dict[str, str]] = json.loads(results.read_text("utf-8"))
    killed = sum(outcome["outcome"] == "killed" for outcome in played)
    print(f"  {killed} of {len(played)} in {time.monotonic() - began:.0f} s", flush=True)
    return played


def database_folder() -> Path:
    """Where the tests' database waits from group to group; later runs migrate it on."""
    folder = Path("var/mutation").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def play(group: Group, part: str, results: Path) -> int:
    import pytest

    from tools.mutation.playing import Player

    player = Player(mutants(group, part))
    options = ["-q", "--reuse-db", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:logging"]
    pytest.main([*options, "--capture=fd", *group.tests], plugins=[player])
    played: list[dict[str, Any]] = [
        {"name": mutant.name, "place": str(mutant), "outcome": outcome}
        for mutant, outcome in player.outcomes.items()
    ]
    results.write_text(json.dumps(played), "utf-8")
    return 0


def report(group: Group, played: list[dict[str, str]], *, whole: bool) -> tuple[int, int]:
    """Print what survived of a group, and keep it where all of it was played: (killed, counted)."""
    reasons: dict[str, str] = tomllib.loads(EXPLAINED.read_text("utf-8"))["explained"]
    counted = [outcome for outcome in played if outcome["outcome"] != "unfit"]
    alive = [outcome for outcome in counted if outcome["outcome"] != "killed"]
    explained = [outcome["place"] for outcome in alive if outcome["name"] in reasons]
    survivors = [outcome["place"] for outcome in alive if outcome["name"] not in reasons]
    killed = len(counted) - len(alive)
    if whole:
        keep(group.name, killed=killed, survivors=survivors, explained=explained)
    print("\n".join([*survivors, f"  {len(explained)} explained"]), flush=True)
    return killed, killed + len(survivors)


if __name__ == "__main__":
    sys.exit(main())
