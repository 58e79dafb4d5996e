"""Asks a virus scanner that speaks clamd's protocol (INSTREAM), over a socket."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass
from typing import Protocol

from esar.kernel import outgoing

_CHUNK = 65_536
_MAX_REPLY = 4096


class ScannerDown(Exception):
    """No verdict: the scanner was not reached, was too slow, or answered what is no answer."""


class TooLargeToScan(ScannerDown):
    """No verdict: the scanner takes no file as large as this one (its StreamMaxLength)."""


@dataclass(frozen=True)
class Clean:
    """Nothing was found."""


@dataclass(frozen=True)
class Infected:
    """Something was found; `signature` is the scanner's name for it."""

    signature: str


class Readable(Protocol):
    """What can be read from its beginning to its end, part by part."""

    def seek(self, offset: int, /) -> object: ...

    def read(self, size: int, /) -> bytes: ...


def scan(file: Readable, address: str) -> Clean | Infected:
    """The scanner's verdict on the whole file, which is left at its end.

    `address`: the path of a unix socket (`/…` or
    `unix:/…`), or `host:port` (`tcp:host:port`).
    Errors: ScannerDown; never Clean without the scanner's own word for it.
    """
    file.seek(0)
    try:
        with _connected(address, outgoing.SECONDS) as line:
            # It may hang up in the middle, and have said why.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                megabytes = _send(line, file) / 1024**2
                line.settimeout(outgoing.SECONDS + megabytes * outgoing.SECONDS_OF_A_MEGABYTE)
            reply = _reply(line)
    except (OSError, ValueError) as error:
        raise ScannerDown(f"{address}: {error}") from None
    return _verdict(reply)


def _connected(address: str, timeout: float) -> socket.socket:
    kind, _, rest = address.partition(":")
    path = rest if kind == "unix" else address
    if not path.startswith("/"):
        host, _, port = address.removeprefix("tcp:").rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(timeout)
    try:
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, file: Readable) -> int:
    """How many bytes the file has."""
    size = 0
    line.sendall(b"zINSTREAM\0")
    while chunk := file.read(_CHUNK):
        line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        size += len(chunk)
    line.sendall(bytes(4))
    return size


def _reply(line: socket.socket) -> str:
    reply = b""
    while b"\0" not in reply and len(reply) < _MAX_REPLY:
        if not (more := line.recv(_MAX_REPLY)):
            break
        reply += more
    return reply.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(reply: str) -> Clean | Infected:
    if reply == "stream: OK":
        return Clean()
    if reply.startswith("stream: ") and reply.endswith(" FOUND"):
        return Infected(reply.removeprefix("stream: ").removesuffix(" FOUND"))
    if "size limit exceeded" in reply:
        raise TooLargeToScan(reply)
    raise ScannerDown(f"no answer that we know: {reply[:200]!r}")
