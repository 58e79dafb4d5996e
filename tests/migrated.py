"""Migrated, empty databases, made once for each state of the migrations and copied by each run.

No process of a run waits for all migrations. What those of this tree and of the libraries make is
kept in `build/test-databases/` under their digest, as a file of SQLite and as a script of
PostgreSQL; a changed migration makes another. `make databases` makes both before the tests ask for
them, quickly (tests/quick_states.py).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "test-databases"


@cache
def _digest() -> str:
    """Of every migration of ours, what of the history they call, and the libraries' lock."""
    sources = sorted((ROOT / "esar").glob("**/migrations/*.py"))
    sources += sorted((ROOT / "esar/platform/history").glob("*.py"))
    sources += [ROOT / "esar/kernel/chain.py", ROOT / "tests/quick_states.py"]
    sources += [ROOT / "requirements-dev.lock"]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.relative_to(ROOT)}\n".encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _a_folder() -> Iterator[Path]:
    """A folder of the same disk, so that what was made in it is put in its place at once."""
    with tempfile.TemporaryDirectory(prefix="making-", dir=KEPT) as folder:
        yield Path(folder)


def _migrate(var: Path, **environment: str) -> None:
    left_out = ("ESAR_DATABASE_URL", "ESAR_FILES_URL", "DJANGO_SETTINGS_MODULE")
    inherited = {name: text for name, text in os.environ.items() if name not in left_out}
    subprocess.run(
        [sys.executable, "-m", "tests.quick_states", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=inherited | {"ESAR_DEMO": "1", "ESAR_VAR": str(var)} | environment,
        check=True,
    )


def _ready(name: str, make: Callable[[Path], None]) -> Path:
    """The kept file of this name; processes that ask at once make it once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{_digest()}.{name}"
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            make(file)
    return file


def _make_sqlite(file: Path) -> None:
    with _a_folder() as folder:
        _migrate(folder)
        (folder / "esar.sqlite3").replace(file)


def copy_to(target: Path) -> None:
    """Put a migrated, empty database of SQLite at `target`."""
    shutil.copyfile(_ready("sqlite3", _make_sqlite), target)


def begin_again(database: sqlite3.Connection) -> None:
    """Put a migrated, empty database in the place of what was committed to an open one."""
    with closing(sqlite3.connect(_ready("sqlite3", _make_sqlite))) as source:
        source.backup(database)


def fill(url: str, binaries: Path) -> None:
    """Make the empty database of PostgreSQL at `url` a migrated one, by PostgreSQL's programs."""
    is_migrated = False

    def make(file: Path) -> None:
        nonlocal is_migrated
        with _a_folder() as folder:
            _migrate(folder, ESAR_DATABASE_URL=url)
            script = folder / "script.sql"
            dump = [str(binaries / "pg_dump"), "--no-owner", "--file", str(script)]
            subprocess.run([*dump, "--dbname", url], check=True)
            script.replace(file)
        is_migrated = True

    file = _ready(f"postgresql-{binaries.parent.name}.sql", make)
    if not is_migrated:
        load = [str(binaries / "psql"), "--no-psqlrc", "--quiet", "--single-transaction"]
        load += ["--set", "ON_ERROR_STOP=1", "--output", os.devnull, "--file", str(file)]
        subprocess.run([*load, url], check=True)


if __name__ == "__main__":
    _ready("sqlite3", _make_sqlite)
