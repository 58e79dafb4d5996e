"""A PostgreSQL of the tests' own: `python -m tests.postgres -- COMMAND` runs it beside one.

Debian's server in a new folder, on a socket, with nothing kept: started, used, stopped, removed.
In it is a migrated, empty database, of which every process of the tests begins with a copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import migrated

TEMPLATE = "migrated"
# What the template holds lies in it a second time, out of the program's sight: a test with real
# commits ends with it, whatever guards and references say.
BEGIN_AGAIN = """
CREATE SCHEMA kept;
DO $$
DECLARE name text; has_rows boolean;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO has_rows;
    IF has_rows THEN
      EXECUTE format('CREATE TABLE kept.%I AS TABLE %I', name, name);
    END IF;
  END LOOP;
END $$;
CREATE FUNCTION kept.begin_again() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text; has_rows boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO has_rows;
    IF has_rows THEN
      EXECUTE format('DELETE FROM public.%I', name);
    END IF;
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
    EXECUTE format('INSERT INTO public.%I TABLE kept.%I', name, name);
  END LOOP;
END $$;
"""
SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def _binaries() -> Path:
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
    )
    if not folders:
        sys.exit("ไม่พบ PostgreSQL / PostgreSQL is missing: apt-get install postgresql")
    return folders[-1]


def _as_server(command: list[str]) -> None:
    """Run as the user `postgres` when we are root: the server refuses root."""
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def server(settings: str = SETTINGS) -> Iterator[str]:
    """The address of a fresh database, as ESAR_DATABASE_URL takes it."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="esar-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    _as_server([*initdb, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"])
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-s"]
    _as_server([*control, "-l", str(folder / "log"), "-o", f"{settings} -k {folder}", "start"])
    try:
        create = [str(binaries / "createdb"), "-h", str(folder), "-U", "postgres", TEMPLATE]
        subprocess.run(create, check=True)
        url = f"postgres://postgres@/{TEMPLATE}?host={folder}"
        migrated.fill(url, binaries)
        keep = [str(binaries / "psql"), "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"]
        subprocess.run([*keep, "--command", BEGIN_AGAIN, url], check=True)
        yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        _as_server([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    command = arguments[arguments.index("--") + 1 :]
    with server() as url:
        environment = {**os.environ, "ESAR_DATABASE_URL": url, "ESAR_TEST_TEMPLATE": TEMPLATE}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv))
