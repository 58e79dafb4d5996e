"""What is killed: server, worker, PostgreSQL, S3 store and scanner, each by its own process id."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.clamd import clamd_command, listens
from tests.ports import free_ports
from tests.postgres import _as_server, _binaries
from tests.weed import (
    BUCKET,
    KEY,
    SECRET,
    address_of,
    has_bucket,
    ports_to_use,
    remove_sockets,
    takes_objects,
    weed_command,
)

MAX_SECONDS = 300  # that anything takes to start or to be gone on a machine that has much to do
ANSWER_SECONDS = 60  # that the first page may take
ROOT = Path(__file__).resolve().parents[2]


def _family(pid: int) -> list[int]:
    """A process and all below it, as the kernel knows them now."""
    found = [pid]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text("ascii")
        except OSError:
            continue
        found += map(int, children.split())
    return found


def _is_gone(pid: int) -> bool:
    """Whether a process is no more, or only waits for its end to be noticed."""
    try:
        state = (
            Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
        )
    except OSError:
        return True
    return state in "ZX"


class Program:
    """One program of ours that can be killed without warning, and started again."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.command, self.environment, self.log = command, dict(environment), log
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, unless it lives, and wait until it can be used."""
        if self.lives:
            return
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        self.wait()

    def wait(self) -> None:
        """Until it can be used."""

    def kill(self) -> None:
        """SIGKILL for it and everything that it started: no one gets to say goodbye."""
        if self.process is None or not self.lives:
            return
        family = _family(self.process.pid)
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
        _until(lambda: all(map(_is_gone, family)), f"{self.command[0]} does not die")


def _until(is_so: object, otherwise: str) -> None:
    end = time.monotonic() + MAX_SECONDS
    while not is_so():  # type: ignore[operator]
        if time.monotonic() > end:
            raise RuntimeError(otherwise)
        time.sleep(0.02)


class WebServer(Program):
    """gunicorn: a master, two workers, four threads each."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self.port = free_ports(1)[0]
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "esar.config.wsgi",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            "2",
            "--threads",
            "4",
            "--preload",
            "--log-level",
            "warning",
            "--no-control-socket",
        ]
        super().__init__(command, environment, log)

    def wait(self) -> None:
        _until(self._answers, f"the server does not start: {self.log}")

    def _answers(self) -> bool:
        if not self.lives:
            raise RuntimeError(f"the server ended: {self.log}")
        line = HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            line.request("GET", "/account/login/")
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()


class Worker(Program):
    """The command that works in the background."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        super().__init__([sys.executable, "manage.py", "worker"], environment, log)


class Postgres(Program):
    """A server of our own with its default settings: what it acknowledges is on the disk.

    `settings`: others, as name=value. Its data lie in `folder`/disk/postgres.
    """

    def __init__(self, folder: Path, *settings: str) -> None:
        self.binaries = _binaries()
        data, self.sockets = folder / "disk" / "postgres", folder / "sockets"
        for place in (data, self.sockets):
            place.mkdir()
            if os.geteuid() == 0:
                shutil.chown(place, "postgres")
        initdb = [str(self.binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
        _as_server([*initdb, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"])
        command = [str(self.binaries / "postgres"), "-D", str(data), "-k", str(self.sockets)]
        for setting in ("listen_addresses=", *settings):
            command += ["-c", setting]
        if os.geteuid() == 0:
            user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
            command = ["setpriv", *user, *command]
        self.ready = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.sockets)]
        super().__init__(command, os.environ, folder / "postgres.log")

    @property
    def url(self) -> str:
        return f"postgres://postgres@/postgres?host={self.sockets}"

    def wait(self) -> None:
        _until(self._answers, f"PostgreSQL does not start: {self.log}")

    def _answers(self) -> bool:
        if not self.lives:
            raise RuntimeError(f"PostgreSQL ended: {self.log.read_text('utf-8', 'replace')}")
        return subprocess.run(self.ready, check=False).returncode == 0

    def stop(self) -> None:
        """As when it is shut down: all that it has is on the disk then."""
        if self.process is not None and self.lives:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(MAX_SECONDS)


class Store(Program):
    """An S3 server of our own (SeaweedFS)."""

    def __init__(self, folder: Path) -> None:
        self.ports = ports_to_use()
        self.address = address_of(self.ports)
        command = weed_command(folder, folder, self.ports, folder / "store")
        super().__init__(command, os.environ, folder / "store.log")

    @property
    def url(self) -> str:
        host = self.address.removeprefix("http://")
        return f"s3://{KEY}:{SECRET}@{host}/{BUCKET}"

    def wait(self) -> None:
        _until(self._answers, f"SeaweedFS does not start: {self.log}")

    def _answers(self) -> bool:
        if not self.lives:
            raise RuntimeError(f"SeaweedFS ended: {self.log}")
        return has_bucket(self.address) and takes_objects(self.address)

    def kill(self) -> None:
        super().kill()
        remove_sockets(self.ports)


class Scanner(Program):
    """clamd, with the one signature of the EICAR test file."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "clamd")
        command = clamd_command(folder, self.address)
        super().__init__(command, os.environ, folder / "clamd.log")

    def wait(self) -> None:
        _until(self._answers, f"clamd does not start: {self.log}")

    def _answers(self) -> bool:
        if not self.lives:
            raise RuntimeError(f"clamd ended: {self.log.read_text('utf-8', 'replace')}")
        return listens(self.address)
