"""Power loss: what a cut leaves, and what of ours outlives one.

The whole site is cut from its power in the rounds of `python -m tests.kill`.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

import pytest

from tests import migrated
from tests.kill.power import Disk, watching
from tests.kill.processes import Postgres

ROOT = Path(__file__).resolve().parents[2]
WORK = """
import os
from pathlib import Path

def put(path, content, *, sync, mode="wb"):
    with open(path, mode) as out:
        out.write(content)
        out.flush()
        if sync:
            os.fsync(out.fileno())

def sync_folder(path):
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
"""
SITE = """
import django
django.setup()
from django.core.files.base import ContentFile
from django.db import connection
from esar.platform.evidence.storage import drop, keep
from esar.platform.organisations.models import Body

def add(code):
    Body.objects.create(code=code, kind="other", name_th="x", name_en="x", source="test")
"""
DIE = "\nimport signal\nos.kill(os.getpid(), signal.SIGKILL)\n"


class Machine:
    """A folder whose power can be cut."""

    def __init__(self, folder: Path) -> None:
        self.disk, self.journal = folder / "disk", folder / "journal"
        self.disk.mkdir()
        self.environment = watching(self.disk, self.journal)

    def run(self, program: str, **environment: str) -> None:
        """Run it to the end that it makes for itself by SIGKILL."""
        left_out = ("ESAR_DATABASE_URL", "ESAR_FILES_URL", "PYTEST_XDIST_WORKER")
        inherited = {name: text for name, text in os.environ.items() if name not in left_out}
        done = subprocess.run(
            [sys.executable, "-c", f"import os\nos.chdir({str(self.disk)!r})\n{program}{DIE}"],
            env=inherited | self.environment | {"PYTHONPATH": str(ROOT)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.disk)): path.read_bytes()
            for path in self.disk.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_cut_leaves_what_was_synced_and_names_whose_folder_was(machine: Machine) -> None:
    for name in ("base", "over", "longer", "shorter", "shorter-synced", "gone", "still/gone"):
        place = machine.disk / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"before")
    (machine.disk / "names").mkdir()
    disk = Disk(machine.disk, machine.journal)

    machine.run(
        f"""{WORK}
put("synced", b"new", sync=True)
put("lost", b"new", sync=False)
put("over", b"AFTER", sync=False, mode="r+b")
put("longer", b"+", sync=True, mode="ab")
put("longer", b"++", sync=False, mode="ab")
os.truncate("shorter", 2)
with open("shorter-synced", "r+b") as file:
    file.truncate(3)
    os.fdatasync(file.fileno())
    os.pwrite(file.fileno(), b"X", 0)
put("moved", b"moved", sync=True)
os.rename("moved", "names/moved")
put("still/moved", b"moved", sync=True)
os.rename("still/moved", "still/moved-not")
put("names/unsynced", b"bytes", sync=False)
os.unlink("still/gone")
os.mkdir("nowhere")
put("nowhere/synced", b"new", sync=True)
sync_folder("names")
"""
    )
    disk.cut()

    assert machine.files() == {
        "base": b"before",
        "gone": b"before",
        "longer": b"before+",
        "names/moved": b"moved",
        "names/unsynced": b"",
        "over": b"before",
        "shorter": b"before",
        "shorter-synced": b"bef",
        "still/gone": b"before",
        "still/moved": b"moved",
        "synced": b"new",
    }
    machine.run(f"{WORK}os.unlink('gone')\nos.unlink('still/gone')\nsync_folder('.')\n")
    disk.cut()
    assert "gone" not in machine.files()
    assert "still/gone" in machine.files()


def test_by_chance_a_cut_leaves_some_sectors_and_some_names(machine: Machine) -> None:
    seen = set()
    for seed in range(24):
        (machine.disk / "file").write_bytes(b"a" * 1024)
        (machine.disk / "made").unlink(missing_ok=True)
        disk = Disk(machine.disk, machine.journal)
        machine.run(
            f"{WORK}put('file', b'b' * 1024, sync=False, mode='r+b')\nput('made', b'', sync=False)"
        )
        disk.cut(Random(seed))
        files = machine.files()
        seen.add((files["file"][::512], "made" in files))

    assert seen == {
        (sectors, is_made) for sectors in (b"aa", b"ab", b"ba", b"bb") for is_made in (False, True)
    }


@pytest.mark.parametrize(
    ("before", "is_there"),
    [("", True), ("connection.cursor().execute('PRAGMA synchronous=NORMAL')", False)],
    ids=["as-set", "synchronous-normal"],
)
def test_what_sqlite_acknowledged_outlives_a_cut_unless_it_syncs_less(
    machine: Machine, before: str, is_there: bool
) -> None:
    database = machine.disk / "esar.sqlite3"
    migrated.copy_to(database)
    site = {"ESAR_VAR": str(machine.disk), "DJANGO_SETTINGS_MODULE": "tests.kill.settings"}
    machine.run(f"{SITE}add('TH-A')", **site)  # so that it has its journal and its key
    disk = Disk(machine.disk, machine.journal)

    machine.run(f"{SITE}{before}\nadd('TH-B')", **site)
    disk.cut()

    with sqlite3.connect(database) as line:
        found = line.execute("SELECT code FROM organisations_body WHERE code LIKE 'TH-_'")
        assert {code for (code,) in found} == ({"TH-A", "TH-B"} if is_there else {"TH-A"})


@pytest.mark.parametrize(
    ("words", "is_there"), [((), "1"), (("fsync=off",), "")], ids=["as-set", "fsync-off"]
)
def test_what_postgresql_acknowledged_outlives_a_cut_unless_it_syncs_less(
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    is_there: str,
) -> None:
    # Not below pytest's own folder, through which the server's own user may not go.
    with tempfile.TemporaryDirectory(prefix="esar-power-") as name:
        Path(name).chmod(0o755)
        machine = Machine(Path(name))
        for key, text in machine.environment.items():
            monkeypatch.setenv(key, text)
        postgres = Postgres(Path(name), *words)
        psql = [str(postgres.binaries / "psql"), postgres.url, "-qAtc"]
        try:
            postgres.start()
            subprocess.run([*psql, "CREATE TABLE sent (number int)"], check=True)
            postgres.stop()
            disk = Disk(machine.disk, machine.journal)
            postgres.start()
            subprocess.run([*psql, "INSERT INTO sent VALUES (1)"], check=True)
            postgres.kill()
            disk.cut()
            postgres.start()
            found = subprocess.run(
                [*psql, "SELECT * FROM sent"], check=True, capture_output=True, text=True
            )
        finally:
            postgres.kill()

    assert found.stdout.strip() == is_there


def test_a_file_that_the_store_took_outlives_a_cut(machine: Machine) -> None:
    disk = Disk(machine.disk, machine.journal)
    site = {"ESAR_VAR": str(machine.disk), "DJANGO_SETTINGS_MODULE": "tests.kill.settings"}

    machine.run(f"{SITE}keep('files/ab/abc', ContentFile(b'evidence'))", **site)
    disk.cut()

    assert machine.files()["files/files/ab/abc"] == b"evidence"


def test_a_file_that_the_store_dropped_does_not_come_back_by_a_cut(machine: Machine) -> None:
    site = {"ESAR_VAR": str(machine.disk), "DJANGO_SETTINGS_MODULE": "tests.kill.settings"}
    machine.run(f"{SITE}keep('files/ab/abc', ContentFile(b'evidence'))", **site)
    disk = Disk(machine.disk, machine.journal)

    machine.run(f"{SITE}drop('files/ab/abc')", **site)
    disk.cut()

    assert "files/files/ab/abc" not in machine.files()
