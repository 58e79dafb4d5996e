"""`python -m tests.kill --rounds N`: every play, one after the other, or the one that is named.

A play has a database, and its evidence on the disk, or in an S3 store with a virus scanner.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.kill.processes import Program

DATABASES = ("sqlite", "postgresql")
STORES = ("disk", "s3")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--database", choices=DATABASES, help="both, where none is given")
    parser.add_argument("--store", choices=STORES, help="both, where none is given")
    parser.add_argument("--seed", type=int, default=None, help="of what is left to chance")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.database and given.store:
        random.seed(given.seed)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
        if given.folder is None:
            _begin_again(given.store)
        return _one(given.database, given.store, given.rounds, given.folder)
    codes = [
        subprocess.run(
            [
                *(sys.executable, "-m", "tests.kill", "--rounds", str(given.rounds)),
                *("--database", database, "--store", store),
                *(("--seed", str(given.seed)) if given.seed is not None else ()),
            ],
            check=False,
        ).returncode
        for database, store in product(DATABASES, STORES)
        if given.database in (None, database) and given.store in (None, store)
    ]
    return max(codes)


def _begin_again(store: str) -> None:
    """This very process, in a folder of its own; what is written below `disk` is watched."""
    from tests.kill.power import watching

    folder = Path(tempfile.mkdtemp(prefix="esar-kill-"))
    folder.chmod(0o755)  # the database's own user goes through it
    (folder / "disk").mkdir()
    (folder / "disk").chmod(0o755)
    command = [sys.executable, "-m", "tests.kill", *sys.argv[1:], "--folder", str(folder)]
    watched = watching(folder / "disk", folder / "journal") if store == "disk" else {}
    os.execve(sys.executable, command, os.environ | watched)


def _one(database: str, store: str, rounds: int, folder: Path) -> int:
    """Play in the folder. 0 when nothing was found."""
    from tests.kill.processes import Postgres, Scanner, Store

    below: dict[str, Program] = {}
    found = True
    try:
        os.environ |= {
            "ESAR_DEMO": "1",
            "ESAR_VAR": str(folder / "disk" / "var"),
            "DJANGO_SETTINGS_MODULE": "tests.kill.settings",
        }
        for name in ("ESAR_DATABASE_URL", "ESAR_FILES_URL", "ESAR_CLAMD"):
            os.environ.pop(name, None)
        if database == "postgresql":
            postgres = below["database"] = Postgres(folder)
            os.environ["ESAR_DATABASE_URL"] = postgres.url
        if store == "s3":
            s3, scanner = Store(folder), Scanner(folder)
            below |= {"store": s3, "scanner": scanner}
            os.environ |= {"ESAR_FILES_URL": s3.url, "ESAR_CLAMD": scanner.address}
        found = _played(f"{database}, {store}", rounds, folder, below)
    finally:
        for one in below.values():
            one.kill()
        if found:
            print(f"kept to be looked at: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return int(found)


def _played(name: str, rounds: int, folder: Path, below: dict[str, Program]) -> bool:
    """Whether anything was found."""
    import django

    django.setup()
    from tests.kill.rounds import Play

    play = Play(name, folder, below)
    try:
        played = play.play(rounds)
    finally:
        play.end()
    print(played, flush=True)
    return bool(played.findings)


if __name__ == "__main__":
    sys.exit(main())
