"""Many users at once over HTTP, in one process: their lines, and how long each answer took."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

KEPT = 20.0  # seconds after which an idle line is opened anew; the server keeps it for longer
CSRF = "a" * 32
Timed = tuple[float, float]  # when it was asked, how long it took; seconds


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]


@dataclass
class Times:
    """What was asked, by kind, and every answer that was not expected."""

    taken: dict[str, list[Timed]] = field(default_factory=dict)
    answers: dict[tuple[str, int], int] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)

    def keep(self, kind: str, path: str, asked: float, answer: Answer, good: Set[int]) -> None:
        self.taken.setdefault(kind, []).append((asked, time.perf_counter() - asked))
        key = (kind, answer.status)
        self.answers[key] = self.answers.get(key, 0) + 1
        if answer.status not in good:
            said = answer.body[:300].decode(errors="replace")
            self.unexpected.append(f"{kind}: {answer.status} at {path}: {said}")

    def all(self) -> list[Timed]:
        return [one for listed in self.taken.values() for one in listed]


class User:
    """One browser: a session, and one line that is kept open between requests."""

    def __init__(self, port: int, times: Times, session: str = "") -> None:
        self.port, self.times = port, times
        self.cookies = f"csrftoken={CSRF}; sessionid={session}"
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.used = 0.0

    async def get(self, kind: str, path: str) -> Answer:
        return await self.ask(kind, path, None, {200})

    async def ask(
        self, kind: str, path: str, body: bytes | None, good: Set[int], **headers: str
    ) -> Answer:
        """Send and wait; a `body` makes it a POST. `good` are the answers that are in order."""
        asked = time.perf_counter()
        await self._line()
        assert self.reader is not None
        assert self.writer is not None
        self.writer.write(b"".join(self._request(path, body, headers)))
        answer = await _read(self.reader)
        self.used = time.perf_counter()
        self.times.keep(kind, path, asked, answer, good)
        return answer

    async def _line(self) -> None:
        old = time.perf_counter() - self.used > KEPT
        if self.reader is None or self.reader.at_eof() or old:
            self.close()
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    def _request(self, path: str, body: bytes | None, headers: dict[str, str]) -> Iterator[bytes]:
        yield f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\n".encode()
        listed = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": self.cookies,
            "Accept-Encoding": "gzip",
            "User-Agent": "last-evening",
        }
        if body is not None:
            form = "application/x-www-form-urlencoded"
            listed |= {"X-CSRFToken": CSRF, "Content-Length": str(len(body)), "Content-Type": form}
        for name, value in (listed | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            yield f"{name}: {value}\r\n".encode()
        yield b"\r\n" + (body or b"")

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


async def _read(reader: asyncio.StreamReader) -> Answer:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(lines[0].split(" ", 2)[1])
    headers = {
        name.lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines[1:])
    }
    if headers.get("transfer-encoding") == "chunked":
        body = await _chunks(reader)
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return Answer(status, body, headers)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        found.append((await reader.readexactly(size + 2))[:-2])
    await reader.readexactly(2)
    return b"".join(found)


@dataclass(frozen=True)
class Summary:
    """How one kind of request went; latencies in seconds."""

    many: int
    a_second: float
    p50: float
    p95: float
    p99: float


def summary(timed: list[Timed]) -> Summary:
    """Requests a second are those between the first asked and the last answered."""
    taken = sorted(seconds for _, seconds in timed)
    whole = max(at + seconds for at, seconds in timed) - min(at for at, _ in timed)
    p50, p95, p99 = (
        taken[min(len(taken) * share // 100, len(taken) - 1)] for share in (50, 95, 99)
    )
    return Summary(len(taken), len(taken) / whole, p50, p95, p99)
