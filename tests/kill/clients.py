"""People at work over HTTP. Each keeps what was acknowledged, and what is not known to be.

A promise is what an answer of 2xx, or the redirect after an action, said is done. After an answer
that never came the thing may be as it was or as it was to be: nothing in between.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import uuid4

from tests.clamd import EICAR
from tests.kill.prepare import ROUND, RULE, YEAR, Ground

TOKEN = "k" * 32
PAUSE = 0.02  # seconds between two requests of a person, at most
AFTER_A_BREAK = 0.2  # before looking again
# For an answer. Who is killed breaks the line at once: this long waits only who is slow, and a
# request given up too early would still be at work when the round is looked at.
MAX_SECONDS = 240
REFUSED = 422


class Unknown(Exception):
    """The answer never came, or the server said that it failed: it is done, or it is not."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    location: str

    @property
    def done(self) -> bool:
        """Whether it says that the action was done; being sent to sign in is not that."""
        if self.status == 302:
            return not self.location.startswith("/account/login")
        return 200 <= self.status < 300

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Bell:
    """Tells whoever kills that a request of some kind has just set out."""

    condition: threading.Condition = field(default_factory=threading.Condition)
    kinds: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)  # answers that never came, by kind
    failed: Counter[str] = field(default_factory=Counter)  # answers of 5xx
    refused: Counter[str] = field(default_factory=Counter)  # by a store that is away

    def ring(self, kind: str) -> None:
        with self.condition:
            self.kinds[kind] += 1
            self.condition.notify_all()

    def wait_for(self, kind: str, seconds: float) -> None:
        """Until the next request of a kind sets out."""
        with self.condition:
            before = self.kinds[kind]
            self.condition.wait_for(lambda: self.kinds[kind] > before, seconds)


class Browser:
    """Someone who is signed in."""

    def __init__(self, port: int, session: str, bell: Bell) -> None:
        self.port, self.bell = port, bell
        self.cookie = f"sessionid={session}; csrftoken={TOKEN}"

    def send(
        self, method: str, path: str, kind: str = "", body: bytes = b"", **headers: str
    ) -> Answer:
        """One request. Errors: Unknown."""
        given = {"Cookie": self.cookie, "X-CSRFToken": TOKEN, "Accept-Language": "en"} | headers
        line = HTTPConnection("127.0.0.1", self.port, timeout=MAX_SECONDS)
        try:
            if kind:
                self.bell.ring(kind)
            line.request(method, path, body, given)
            found = line.getresponse()
            answer = Answer(found.status, found.read(), found.getheader("Location") or "")
        except (OSError, HTTPException) as error:
            if kind and not isinstance(error, ConnectionRefusedError):
                self.bell.cut[kind] += 1
            raise Unknown(str(error)) from error
        finally:
            line.close()
        if answer.status >= 500:
            self.bell.failed[kind or method] += 1
            raise Unknown(str(answer.status))
        return answer

    def get(self, path: str) -> Answer:
        """A page; an address without its year leads to that with it, or with the thing's own."""
        answer = self.send("GET", path)
        for _ in range(2):
            if answer.status == 302:
                answer = self.send("GET", answer.location)
        return answer

    def tokens(self, path: str) -> dict[str, str]:
        """What the forms of a page carry of what it shows."""
        pairs = re.findall(r'name="(seen[-\d]*)" value="([^"]*)"', self.get(path).text)
        return {name: unescape(token) for name, token in pairs}

    def post(self, path: str, kind: str = "", headers: Any = None, **fields: Any) -> Answer:
        given = {"Content-Type": "application/x-www-form-urlencoded"} | (headers or {})
        return self.send("POST", path, kind, urlencode(fields, doseq=True).encode(), **given)

    def put_part(self, path: str, part: bytes) -> Answer:
        given = {"Content-Type": "application/octet-stream"}
        return self.send("POST", path, "upload", part, **given)

    def post_file(self, path: str, kind: str, name: str, content: bytes) -> Answer:
        edge = uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        body = head.encode() + b"Content-Type: text/csv\r\n\r\n" + content
        given = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self.send("POST", path, kind, body + f"\r\n--{edge}--\r\n".encode(), **given)


class Client(threading.Thread):
    """One person who goes on until told to stop; when the line breaks, looks again and goes on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(daemon=True)
        self.desk = desk
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.desk.stop.is_set():
                try:
                    self.step()
                    time.sleep(PAUSE * random.random())
                except Unknown:
                    self.after_break()
        except BaseException as error:  # shown by whoever waits for the thread
            self.failure = error

    def step(self) -> None:
        raise NotImplementedError

    def look_again(self) -> None:
        """What a person does before going on. Errors: Unknown."""

    def after_break(self) -> None:
        while not self.desk.stop.is_set():
            time.sleep(AFTER_A_BREAK)
            try:
                return self.look_again()
            except Unknown:
                continue


@dataclass
class Desk:
    """What all clients of a round share: where to, on what, and when to stop."""

    port: int
    ground: Ground
    bell: Bell
    is_scanned: bool = False  # by a virus scanner, whatever is uploaded
    stop: threading.Event = field(default_factory=threading.Event)

    def browser(self, name: str) -> Browser:
        return Browser(self.port, self.ground.sessions[name], self.bell)


@dataclass
class Thing:
    """What is known of one thing: as it surely is, and as it may be by now."""

    sure: Any
    maybe: Any = None

    def may_be(self, found: Any) -> bool:
        return found == self.sure or (self.maybe is not None and found == self.maybe)


@dataclass
class Known:
    """Everything that was acknowledged, over all rounds; `kept` counts promises looked at."""

    claims: dict[str, Thing] = field(default_factory=dict)  # number → (revision, actual)
    reports: dict[int, Thing] = field(default_factory=dict)  # id → (state, sent)
    files: dict[tuple[str, str], Thing] = field(default_factory=dict)  # KPI, sha256 → attached
    infected: set[str] = field(default_factory=set)  # sha256 of what was sent with a virus
    deliveries: dict[int, Thing] = field(default_factory=dict)  # id → state
    figures: dict[int, dict[int, str]] = field(default_factory=dict)  # delivery → body → value
    releases: dict[tuple[int, ...], Thing] = field(default_factory=dict)  # results → released
    packs: int = 0  # asked for
    turn: int = 0  # so that no figure comes twice
    acknowledged: Counter[str] = field(default_factory=Counter)


class Autosaver(Client):
    """Types figures into a draft; the page saves by itself."""

    def __init__(self, desk: Desk, known: Known) -> None:
        super().__init__(desk)
        self.known, self.browser = known, desk.browser("reporter")
        self.number, self.at = "1.1", 0

    def _path(self) -> str:
        return f"/reports/{self.desk.ground.draft}/kpis/{self.number}/"

    def step(self) -> None:
        self.at += 1
        self.number = f"1.{1 + self.at % 6}"
        thing = self.known.claims.setdefault(self.number, Thing((0, "")))
        if thing.maybe is not None:  # of an earlier round, which ended before it was looked at
            self.look_again()
        actual = thing.sure[1]
        while actual == thing.sure[1]:  # the same again is saved, and is no new revision
            actual = f"{random.randrange(1000, 9999) / 100:.2f}"
        thing.maybe = (thing.sure[0] + 1, actual)
        answer = self.browser.post(
            self._path(),
            "save",
            {"X-Autosave": "1"},
            revision=thing.sure[0],
            status="reported",
            actual=actual,
            did="x",
        )
        assert answer.done, (answer.status, answer.text)
        assert answer.json["revision"] == thing.maybe[0], answer.text
        thing.sure, thing.maybe = thing.maybe, None
        self.known.acknowledged["save"] += 1

    def look_again(self) -> None:
        """Open the page anew: it shows the revision that was kept."""
        page = self.browser.get(self._path()).text
        found = re.search(r'name="revision" value="(\d+)"', page)
        assert found, page
        thing = self.known.claims[self.number]
        if thing.maybe is not None and int(found[1]) == thing.maybe[0]:
            thing.sure = thing.maybe
        assert int(found[1]) == thing.sure[0], (found[1], thing)
        thing.maybe = None


class Cycle(Client):
    """A report goes round: proposed, submitted, returned, proposed …"""

    NEXT: ClassVar[dict[str, tuple[str, str, str, int]]] = {
        "draft": ("reporter", "propose", "proposed", 0),
        "proposed": ("approver", "submit", "submitted", 1),
        "submitted": ("assessor", "return", "draft", 0),
    }

    def __init__(self, desk: Desk, known: Known, report: int, assessment: int, code: str) -> None:
        super().__init__(desk)
        self.known, self.report, self.assessment, self.code = known, report, assessment, code
        self.browsers = {name: desk.browser(name) for name in ("reporter", "approver", "assessor")}

    def step(self) -> None:
        thing = self.known.reports[self.report]
        state, sent = thing.sure
        who, move, target, more = self.NEXT[state]
        page = f"/reports/{self.report}/"
        if move == "return":
            page = f"/assessments/{self.assessment}/"
        shows = page if move == "return" else f"{page}check/{move}/"
        seen = self.browsers[who].tokens(shows)
        thing.maybe = (target, sent + more)
        path = f"{page}move/{move}/"
        told = {"declared": "1", "acknowledged": "1", "reason": "โปรดตรวจอีกครั้ง"}
        answer = self.browsers[who].post(path, move, **told, **seen)
        assert answer.status == 302, (move, answer.status, answer.text[:3000])
        assert answer.done, answer.location
        thing.sure, thing.maybe = thing.maybe, None
        self.known.acknowledged[move] += 1

    def look_again(self) -> None:
        """The list says in which state it is and how often it was sent."""
        rows = (
            self.browsers["reporter"]
            .get("/reports/reports.csv?round=6m&year=2567")
            .text.splitlines()
        )
        thing = self.known.reports[self.report]
        found = next(row.split(",") for row in rows[1:] if row.split(",")[2] == self.code)
        seen = (found[4], int(found[5]))
        assert thing.may_be(seen), (seen, thing)
        thing.sure, thing.maybe = seen, None


class Uploader(Client):
    """Sends files in parts; goes on where the server says that it is. Takes old files off."""

    MOST = 6

    def __init__(self, desk: Desk, known: Known, number: str, seed: str) -> None:
        super().__init__(desk)
        self.known, self.number, self.browser = known, number, desk.browser("reporter")
        self.base = f"/reports/{desk.ground.files}/kpis/{number}/"
        self.seed, self.count = seed, 0

    def step(self) -> None:
        self.count += 1
        if len([key for key in self.known.files if key[0] == self.number]) > self.MOST:
            self._take_off()
        # Every third content is the other uploader's too, at about the same moment.
        own = "" if self.count % 3 == 0 else self.number
        line = f"หลักฐาน {self.seed} {self.count} {own}\n".encode()
        self._upload(f"f-{uuid4().hex}.txt", line * random.randrange(200, 3000))

    def _upload(self, name: str, content: bytes) -> bool:
        """Whether it was attached: what has a virus is refused where it was scanned meanwhile."""
        key = (self.number, hashlib.sha256(content).hexdigest())
        begun = self.browser.post(f"{self.base}uploads/", "begin", name=name, size=len(content))
        assert begun.status == 201, (begun.status, begun.text)
        thing = self.known.files.setdefault(key, Thing(False))
        thing.maybe = True
        path, received = f"{self.base}uploads/{begun.json['token']}/", 0
        size = len(content) // random.randrange(2, 5) + 1
        while received < len(content):
            try:
                part = content[received : received + size]
                answer = self.browser.put_part(f"{path}?offset={received}", part)
                if answer.status == REFUSED and not answer.json["over"]:  # the store is away
                    self.desk.bell.refused["upload"] += 1
                    raise Unknown(answer.text)
                if answer.status == REFUSED and key[1] in self.known.infected:
                    thing.maybe = None  # it was stored and scanned before the answer was lost
                    return False
                assert answer.status == 200, (answer.status, answer.text)
                received = answer.json["received"]
            except Unknown:
                received = self._received(path)
        thing.sure, thing.maybe = True, None
        self.known.acknowledged["upload"] += 1
        return True

    def _received(self, path: str) -> int:
        """A page that is opened anew asks how much has arrived. Errors: Unknown, when it ends."""
        while not self.desk.stop.is_set():
            time.sleep(AFTER_A_BREAK)
            try:
                answer = self.browser.get(path)
                assert answer.status == 200, (answer.status, answer.text)
                return int(answer.json["received"])
            except Unknown:
                continue
        raise Unknown("told to stop")

    def _take_off(self) -> None:
        """Look at the oldest file of the KPI, whether it is what was sent, and take it off."""
        page = self.browser.get(self.base).text
        found = re.search(
            rf'"/\d+/reports/{self.desk.ground.files}/evidence/(\d+)/" download', page
        )
        if found is None and self.desk.is_scanned:  # all of them wait for the scanner
            return
        assert found, page
        path = f"/reports/{self.desk.ground.files}/evidence/{found[1]}/"
        content = self.browser.get(path)
        if content.status == REFUSED:  # the store is away
            raise Unknown(content.text)
        sha256 = hashlib.sha256(content.body).hexdigest()
        thing = self.known.files[self.number, sha256]
        thing.sure, thing.maybe = True, False
        answer = self.browser.post(f"{path}remove/", "remove")
        assert answer.status == 302, (answer.status, answer.text[:3000])
        thing.sure, thing.maybe = False, None
        self.known.acknowledged["remove"] += 1


class Infector(Uploader):
    """Sends files with a virus, and tries to read them; takes old ones off."""

    MOST = 3

    def step(self) -> None:
        self.count += 1
        content = EICAR + f"\n{self.seed} {uuid4().hex}".encode()
        sha256 = hashlib.sha256(content).hexdigest()
        self.known.infected.add(sha256)
        if not self._upload(f"{sha256}.txt", content):
            return
        attached = self._attached()
        for path in attached.values():
            answer = self.browser.get(path)
            assert answer.status == REFUSED, (answer.status, answer.body)
            self.known.acknowledged["refusal"] += 1
        if len(attached) > self.MOST:
            self._take_off_first(*next(iter(attached.items())))

    def _attached(self) -> dict[str, str]:
        """Of each file on the KPI's page: sha256 → address."""
        page = self.browser.get(self.base).text
        found = {}
        for line in page.split("<li"):
            name = re.search(r"\b([0-9a-f]{64})\.txt", line)
            path = re.search(r'"/\d+(/reports/\d+/evidence/\d+/)remove/"', line)
            if name and path:
                found[name[1]] = path[1]
        assert found, page
        return found

    def _take_off_first(self, sha256: str, path: str) -> None:
        thing = self.known.files[self.number, sha256]
        thing.sure, thing.maybe = True, False
        answer = self.browser.post(f"{path}remove/", "remove")
        assert answer.status == 302, (answer.status, answer.text[:3000])
        thing.sure, thing.maybe = False, None
        self.known.acknowledged["remove"] += 1


class Importer(Client):
    """The owner of central data sends a file with a new figure for every body, and publishes it."""

    def __init__(self, desk: Desk, known: Known) -> None:
        super().__init__(desk)
        self.known, self.browser = known, desk.browser("owner")

    def step(self) -> None:
        self.known.turn += 1
        bodies = self.desk.ground.bodies
        figures = {pk: f"{(37 * self.known.turn + pk) % 100000 / 1000:.3f}" for pk, _ in bodies}
        rows = "\n".join(f"{code},{figures[pk]}" for pk, code in bodies)
        path = f"/central/sets/{YEAR}/{ROUND}/{RULE}/upload/"
        content = f"code,value\n{rows}\n".encode()
        answer = self.browser.post_file(path, "check", "values.csv", content)
        assert answer.status == 302, (answer.status, answer.text[:3000])
        found = re.fullmatch(r"/\d+/central/deliveries/(\d+)/", answer.location)
        assert found, answer.location
        pk = int(found[1])
        thing = self.known.deliveries[pk] = Thing("checking")
        self.known.figures[pk] = figures
        self.known.acknowledged["check"] += 1
        thing.maybe = "published"
        seen = self.browser.tokens(answer.location)
        answer = self.browser.post(f"{answer.location}publish/", "import", **seen)
        assert answer.status == 302, (answer.status, answer.text[:3000])
        assert answer.location.startswith(f"/central/sets/{YEAR}/"), answer.location
        thing.sure, thing.maybe = "published", None
        self.known.acknowledged["import"] += 1
        time.sleep(random.random() * 0.3)


class Releaser(Client):
    """The analyst releases the results of a group, one group after another."""

    def __init__(self, desk: Desk, known: Known, waiting: list[list[int]]) -> None:
        super().__init__(desk)
        self.known, self.waiting, self.browser = known, waiting, desk.browser("analyst")
        for group in waiting:
            known.releases[tuple(group)] = Thing(False)

    def step(self) -> None:
        if not self.waiting:
            time.sleep(PAUSE)
            return
        seen = self.browser.tokens("/release/")
        group = self.waiting.pop()
        thing = self.known.releases[tuple(group)]
        thing.maybe = True
        time.sleep(random.random() * 0.3)
        answer = self.browser.post("/release/now/", "release", result=group, **seen)
        assert answer.status == 302, (answer.status, answer.text[:3000])
        assert re.fullmatch(r"/\d+/release/", answer.location), answer.location
        thing.sure, thing.maybe = True, None
        self.known.acknowledged["release"] += 1


class Packer(Client):
    """Asks for the evidence as a zip, so that the worker has something to write."""

    def __init__(self, desk: Desk, known: Known) -> None:
        super().__init__(desk)
        self.known, self.browser = known, desk.browser("reporter")

    def step(self) -> None:
        answer = self.browser.post(f"/reports/{self.desk.ground.files}/pack/", "pack")
        assert answer.done, (answer.status, answer.location, answer.text[:3000])
        self.known.packs += 1
        self.known.acknowledged["pack"] += 1
        time.sleep(0.3)


def crew(desk: Desk, known: Known, waiting: list[list[int]], seed: str) -> list[Client]:
    """Everyone who works in a round."""
    made: list[Callable[[], Client]] = [
        lambda: Autosaver(desk, known),
        lambda: Uploader(desk, known, "1.1", seed),
        lambda: Uploader(desk, known, "1.2", seed),
        lambda: Importer(desk, known),
        lambda: Releaser(desk, known, waiting),
        lambda: Packer(desk, known),
    ]
    if desk.is_scanned:
        made.append(lambda: Infector(desk, known, "1.3", seed))
    cycles = [Cycle(desk, known, *one) for one in desk.ground.cycles]
    return [*(one() for one in made), *cycles]
