"""A migrated, empty SQLite file, made once for each state of the migrations and copied by each run.

Django renders the state of all models anew for most of the migrations: half a minute, for each
process of each run. What the migrations of this tree and of the libraries make is kept in
`build/test-databases/` under their digest; a changed migration makes another.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "test-databases"


def _digest() -> str:
    """Of every migration of ours, what they import of the history, and the libraries' lock."""
    sources = sorted((ROOT / "esar").glob("**/migrations/*.py"))
    sources += [ROOT / "esar/platform/history/guards.py", ROOT / "requirements-dev.lock"]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.relative_to(ROOT)}\n".encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(file: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="esar-migrated-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "esar.config.settings",
            "ESAR_DEMO": "1",
            "ESAR_VAR": folder,
        }
        environment.pop("ESAR_DATABASE_URL", None)
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        shutil.move(Path(folder, "esar.sqlite3"), file)


def copy_to(target: Path) -> None:
    """Put a migrated, empty database at `target`; processes that ask at once make it once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{_digest()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            _migrate(file)
    shutil.copyfile(file, target)
