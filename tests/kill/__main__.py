"""`python -m tests.kill --rounds N --database sqlite|postgresql`; both, one after the other."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

DATABASES = ("sqlite", "postgresql")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--seed", type=int, default=None, help="of what is left to chance")
    given = parser.parse_args()
    if given.database == "both":
        words = [sys.executable, "-m", "tests.kill", "--rounds", str(given.rounds)]
        codes = [
            subprocess.run([*words, "--database", one], check=False).returncode for one in DATABASES
        ]
        return max(codes)
    random.seed(given.seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    return _one(given.database, given.rounds)


def _one(database: str, rounds: int) -> int:
    """Play on one database in a folder of its own. 0 when nothing was found."""
    from tests.kill.processes import Postgres

    folder = Path(tempfile.mkdtemp(prefix="esar-kill-"))
    folder.chmod(0o755)  # the database's own user goes through it
    postgres, found = None, True
    try:
        os.environ |= {
            "ESAR_DEMO": "1",
            "ESAR_VAR": str(folder / "var"),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        os.environ.pop("ESAR_DATABASE_URL", None)
        if database == "postgresql":
            (folder / "postgres").mkdir()
            postgres = Postgres(folder / "postgres")
            postgres.start()
            os.environ["ESAR_DATABASE_URL"] = postgres.url
        found = _played(database, rounds, folder, postgres)
    finally:
        if postgres is not None:
            postgres.kill()
        if found:
            print(f"kept to be looked at: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return int(found)


def _played(database: str, rounds: int, folder: Path, postgres: object) -> bool:
    """Whether anything was found."""
    import django

    django.setup()
    from tests.kill.rounds import Play

    play = Play(database, folder, postgres)  # type: ignore[arg-type]
    try:
        played = play.play(rounds)
    finally:
        play.end()
    print(played, flush=True)
    return bool(played.findings)


if __name__ == "__main__":
    sys.exit(main())
