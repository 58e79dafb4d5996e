"""The site as it is run: gunicorn with its own settings, on a copy of what a test has made."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from esar.platform.organisations.models import Person
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
THREADS = 4  # as docs/operators.md starts it
TOKEN = "a" * 32
SECONDS_TO_START = 120  # on a machine that has much else to do
OWN = ("DJANGO_SETTINGS_MODULE", "ESAR_DEMO", "ESAR_DEBUG", "ESAR_DATABASE_URL", "ESAR_STATEMENTS")


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    cookies: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Site:
    """Where a site answers: on a port, or on a unix socket."""

    port: int
    socket: Path | None
    log: Path

    def ask(
        self, path: str, body: bytes | None = None, *, patience: float = 60, **headers: str
    ) -> Answer:
        """One request, a POST where there is a body."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=patience)
        names = {name.replace("_", "-"): text for name, text in headers.items()}
        begin = time.monotonic()
        try:
            if self.socket is not None:
                line.sock = socket.socket(socket.AF_UNIX)
                line.sock.settimeout(patience)
                line.sock.connect(str(self.socket))
            line.request("GET" if body is None else "POST", path, body, names)
            answer: HTTPResponse = line.getresponse()
            content = answer.read()
        finally:
            line.close()
        cookies = answer.headers.get_all("Set-Cookie") or []
        seconds = time.monotonic() - begin
        return Answer(answer.status, dict(answer.headers), content, seconds, cookies)


def session_of(person: Person) -> dict[str, str]:
    """The headers of a browser in which the person is signed in."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    cookie = f"sessionid={store.session_key}; csrftoken={TOKEN}"
    return {"Cookie": cookie, "X_CSRFToken": TOKEN}


def database_copied_to(folder: Path) -> None:
    """What the test has made, for a process of the site. SQLite only."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "esar.sqlite3")])


def environment(folder: Path, **changed: str) -> dict[str, str]:
    """Of a process of the site in earnest, with the secret of the tests, so that sessions hold."""
    inherited = {name: text for name, text in os.environ.items() if name not in OWN}
    return inherited | {"ESAR_VAR": str(folder), "ESAR_SECRET": settings.SECRET_KEY} | changed


@contextmanager
def served(folder: Path, *, on_socket: bool = False, **changed: str) -> Iterator[Site]:
    """A site on the database of `folder`; `changed` is its environment. It ends with the block."""
    _collect_static(folder)
    port, log = free_ports(1)[0], folder / "site.log"
    place = folder / "site.socket" if on_socket else None
    bind = f"unix:{place}" if place else f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "esar.config.wsgi", "--bind", bind]
    command += ["--threads", str(THREADS), "--access-logfile", "-", "--no-control-socket"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=environment(folder, **changed),
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    site = Site(port, place, log)
    try:
        _wait(site, process)
        yield site
    finally:
        process.terminate()
        process.wait()


def _collect_static(folder: Path) -> None:
    if not (folder / "static").exists():
        (folder / "static").symlink_to(_static())


@cache
def _static() -> Path:
    """The files of the pages, collected once for all sites of a process of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="esar-static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, env=environment(folder), cwd=ROOT, check=True)
    return folder / "static"


def _wait(site: Site, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            site.ask("/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the site did not start: {site.log.read_text('utf-8')[-2000:]}")
