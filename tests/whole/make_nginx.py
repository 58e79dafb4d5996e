"""Debian's nginx before the site, with the very example of docs/operators.md."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from tests.ports import free_ports
from tests.whole.make_served import ROOT, Answer, Site

HOST = "esar.example.go.th"
SECONDS_TO_START = 60
AROUND = """
daemon off; worker_processes 1; user root; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
access_log {folder}/nginx-access.log;
client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{example}
}}
"""


def example() -> str:
    """What operators are told to write."""
    text = (ROOT / "docs" / "operators.md").read_text("utf-8")
    blocks: list[str] = re.findall(r"```nginx\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 1
    return blocks[0]


def _placed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def configured(folder: Path, site: Site, plain: int, safe: int) -> str:
    """The example with the ports, the certificate and the site of this test."""
    text = _placed(example(), "listen 80;", f"listen 127.0.0.1:{plain};")
    text = _placed(text, "listen 443 ssl;", f"listen 127.0.0.1:{safe} ssl;")
    text = _placed(text, "/etc/esar/tls.crt", f"{folder}/tls.crt")
    text = _placed(text, "/etc/esar/tls.key", f"{folder}/tls.key")
    where = f"unix:{site.socket}" if site.socket else f"127.0.0.1:{site.port}"
    text = _placed(text, "server unix:/run/esar/site.socket;", f"server {where};")
    return AROUND.format(folder=folder, example=text)


@dataclass(frozen=True)
class Proxy:
    """Where nginx answers, with TLS and without."""

    plain: int
    safe: int

    def ask(
        self, path: str, body: bytes | None = None, *, source: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """One request over TLS from an address of this machine: all of 127.0.0.0/8 are its own."""
        line = HTTPSConnection(
            "127.0.0.1", self.safe, timeout=60, context=_trusting(), source_address=(source, 0)
        )
        return _answer(line, path, body, headers)

    def ask_plainly(self, path: str) -> Answer:
        return _answer(HTTPConnection("127.0.0.1", self.plain, timeout=60), path, None, {})


@cache
def _trusting() -> ssl.SSLContext:
    """Whoever answers is believed; made once, and without reading whom the machine trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _answer(line: HTTPConnection, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
    names = {"Host": HOST} | {name.replace("_", "-"): text for name, text in headers.items()}
    begin = time.monotonic()
    try:
        line.request("GET" if body is None else "POST", path, body, names)
        answer = line.getresponse()
        content = answer.read()
    finally:
        line.close()
    cookies = answer.headers.get_all("Set-Cookie") or []
    seconds = time.monotonic() - begin
    return Answer(answer.status, dict(answer.headers), content, seconds, cookies)


@contextmanager
def nginx_before(site: Site, folder: Path) -> Iterator[Proxy]:
    """It ends with the block. Errors: AssertionError when it does not start, with what it said."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    assert program, "nginx is not installed (Debian: nginx-light)"
    key = ["-keyout", f"{folder}/tls.key", "-out", f"{folder}/tls.crt", "-subj", f"/CN={HOST}"]
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *key]
    subprocess.run(request, check=True, capture_output=True)
    plain, safe = free_ports(2)
    config = folder / "nginx.conf"
    config.write_text(configured(folder, site, plain, safe), "utf-8")
    process = subprocess.Popen([program, "-c", str(config)], stderr=subprocess.PIPE)
    try:
        end = time.monotonic() + SECONDS_TO_START
        while not _listens(safe):
            if process.poll() is not None or time.monotonic() > end:
                _, errors = process.communicate()
                raise AssertionError(errors.decode("utf-8", "replace"))
            time.sleep(0.05)
        yield Proxy(plain, safe)
    finally:
        process.terminate()
        process.communicate()


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0
