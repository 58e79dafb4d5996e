"""The last evening before reports are due: 230 bodies × 8 people save, upload and send in at once.

Over HTTP, against PostgreSQL with two application processes. Each body's six reporters open their
KPI, save it again and again, some of them the same KPI at the same moment, and upload a file in
parts; when all is saved one looks at all answers and proposes, and both approvers look and send in
at once. Then the database and the store are read: whatever was acknowledged must be there. `make
bench` runs it and writes its figures, as ratios to a bare Django view served in the same run, to
benchmarks/README.md; with a number of bodies behind its name it plays with so many, and writes
nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.crowd import Answer, Summary, Times, User, summary
from benchmarks.readme import put
from tests import postgres

DUE, ROUND, YEAR = date(2024, 4, 30), "6m", 2567
WORKERS, THREADS, PORT, BARE_PORT = 2, 4, 8765, 8766
REPORTERS, SAVES, BARE_EACH = 6, 3, 6
FILE_BYTES, PARTS, SHARED = 60_000, 2, 8  # every 8th reporter sends the file that others send too
HEADING = "## The last evening"
BARE = "django.core.wsgi:get_wsgi_application()"  # nothing of ours is made ready
TEXT = "ดำเนินการตามแผนครบทุกกิจกรรม และติดตามผลทุกเดือน (สาธิต) " * 4


@dataclass
class Said:
    """What the server acknowledged: (KPI, revision) → value; KPI → (file's name, sha256)."""

    saves: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    files: list[tuple[str, str, str]] = field(default_factory=list)
    submits: int = 0


@dataclass
class Party:
    """The people of one body on this evening, and what they were told."""

    report: int
    numbers: list[str]
    reporters: list[User]
    approvers: list[User]
    place: int
    said: Said = field(default_factory=Said)
    values: Iterator[int] = field(default_factory=lambda: iter(()))

    def path(self, number: str = "") -> str:
        return f"/reports/{self.report}/" + (f"kpis/{number}/" if number else "")


ONE_WINS = frozenset({302, 422})


async def evening(parties: list[Party]) -> None:
    await asyncio.gather(*(_body(party) for party in parties))


async def _body(party: Party) -> None:
    approvers = [user.get("open a report", party.path()) for user in party.approvers]
    opened = asyncio.gather(*approvers)
    revisions = await asyncio.gather(*(_reporter(party, k) for k in range(REPORTERS)))
    await opened
    late = _save(party, party.reporters[1], party.numbers[1], revisions[1], kind="save too late")
    first = party.reporters[0]
    proposed, _ = await asyncio.gather(_move(party, first, "propose"), late)
    if proposed.status == 422:  # what was saved too late came before it, and is not what was shown
        await _move(party, first, "propose", {302})
    answers = await asyncio.gather(*(_move(party, user, "submit") for user in party.approvers))
    party.said.submits = sum(answer.status == 302 for answer in answers)


async def _move(party: Party, user: User, name: str, good: Set[int] = ONE_WINS) -> Answer:
    """Look at all answers, and propose or send in what was shown, with the declaration."""
    address = f"{party.path()}check/{name}/"
    page = await user.ask(f"look before {name}", address, None, {200, 302})
    if page.status == 302:  # another has done it meanwhile
        return replace(page, status=422)
    seen = page.body.split(b'name="seen" value="')[1].split(b'"')[0].decode()
    form = urlencode({"seen": seen, "declared": "1", "acknowledged": "1"}).encode()
    return await user.ask(name, f"{party.path()}move/{name}/", form, good)


async def _reporter(party: Party, k: int) -> int:
    """One reporter's evening; gives the revision of the first KPI of theirs.

    Who has no KPI of their own takes another's, and meets them there.
    """
    user, mine = party.reporters[k], party.numbers[k::REPORTERS]
    first = 0
    for number in mine or party.numbers[k % len(party.numbers) :][:1]:
        revision = await _open(party, user, number)
        for _ in range(SAVES if mine else 1):
            known = await _save(party, user, number, revision, kind="save")
            revision = await _open(party, user, number) if known is None else known
        stale = await _save(party, user, number, revision - 1, kind="save what is old")
        assert stale is None
        first = first or revision
    await _upload(party, user, (mine or party.numbers)[0], k)
    return first


async def _open(party: Party, user: User, number: str) -> int:
    """The page of a KPI; the revision that stands in it."""
    answer = await user.get("open a KPI", party.path(number))
    return int(answer.body.split(b'name="revision" value="')[1].split(b'"')[0])


ANSWERS = {"save": {200, 409}, "save what is old": {409}, "save too late": {200, 409, 422}}


async def _save(party: Party, user: User, number: str, revision: int, *, kind: str) -> int | None:
    """Save by itself, as the page does; the new revision when it was acknowledged."""
    value = f"{next(party.values) / 100:.2f}"
    said = {
        "revision": max(revision, 0),
        "status": "reported",
        "actual": value,
        "why": "",
        "did": TEXT,
        "factors": TEXT,
        "obstacles": "",
        "suggestions": "",
    }
    body = urlencode(said).encode()
    answer = await user.ask(kind, party.path(number), body, ANSWERS[kind], X_Autosave="1")
    if answer.status != 200:
        return None
    kept = int(json.loads(answer.body)["revision"])
    party.said.saves.setdefault((number, kept), []).append(value)
    return kept


async def _upload(party: Party, user: User, number: str, k: int) -> None:
    own = (party.place * REPORTERS + k) % SHARED != 0
    content = pdf(f"{party.report}-{k}" if own else "shared")
    name = f"evidence-{party.report}-{k}.pdf"
    begin = urlencode({"name": name, "size": len(content)}).encode()
    answer = await user.ask("begin an upload", f"{party.path(number)}uploads/", begin, {201})
    if answer.status != 201:
        return
    address = f"{party.path(number)}uploads/{json.loads(answer.body)['token']}/"
    step, answer = -(-len(content) // PARTS), Answer(0, b"", {})
    for offset in range(0, len(content), step):
        kind = "send a part" if offset + step < len(content) else "send the last part"
        answer = await user.ask(
            kind,
            f"{address}?offset={offset}",
            content[offset : offset + step],
            {200},
            Content_Type="application/octet-stream",
        )
    if answer.status == 200 and json.loads(answer.body)["done"]:
        party.said.files.append((number, name, hashlib.sha256(content).hexdigest()))


def pdf(words: str) -> bytes:
    """A PDF of one empty page, with `words` and filling in a comment."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, part)
    data += b"% " + words.encode() + b" " + b"." * (FILE_BYTES - len(words)) + b"\n"
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 4\n0000000000 65535 f \n" + rows
    return data + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)


async def bare(users: int, each: int, pk: int) -> Times:
    """As many users at once, asking for the bare view and nothing else."""
    times = Times()

    async def one() -> None:
        user = User(BARE_PORT, times)
        for _ in range(each):
            await user.get("bare", f"/bodies/{pk}/")
        user.close()

    await asyncio.gather(*(one() for _ in range(users)))
    return times


@contextmanager
def served(port: int, settings: str) -> Iterator[None]:
    """The same server as `make run`, with two processes."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        BARE if settings == "benchmarks.bare" else "esar.config.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "-w",
        str(WORKERS),
        "--threads",
        str(THREADS),
        "--keep-alive",
        "75",
        "--log-level",
        "warning",
    ]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    process = subprocess.Popen(command, env=environment)
    try:
        for _ in range(150):
            time.sleep(0.2)
            if _answers(port, settings):
                break
        else:
            sys.exit(f"gunicorn does not answer on port {port}")
        yield
    finally:
        process.terminate()
        process.wait(60)


def _answers(port: int, settings: str) -> bool:
    page = "healthz" if settings == "esar.config.settings" else "bodies/1/"
    try:
        with urlopen(f"http://127.0.0.1:{port}/{page}", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError as error:
        return getattr(error, "code", 0) in (404, 500)


def prepare() -> None:
    """A nation with everything in force, on the evening of the day that reports are due."""
    import django

    django.setup()
    from django.core.management import call_command

    from esar.demo.year import DAY
    from esar.platform.ui import clock

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_national", in_force=True, day=DAY)
    clock.pretend(DUE)


def gather(times: Times) -> list[Party]:
    """Every body's report with its people, signed in."""
    from esar.platform.organisations.models import Appointment, Role
    from esar.report.reports.content import sheet_of
    from esar.report.reports.models import Report

    people: dict[int, dict[str, list[Any]]] = {}
    held = Appointment.objects.filter(person__email__startswith="person", body__isnull=False)
    for one in held.select_related("person").order_by("pk"):
        people.setdefault(one.body_id, {}).setdefault(one.role, []).append(one.person)
    sessions = _sessions(
        [one for by in people.values() for listed in by.values() for one in listed]
    )
    parties = []
    for report in Report.objects.filter(round_id=ROUND).select_related("scorecard__body"):
        mine = {
            role: [User(PORT, times, sessions[one.pk]) for one in listed]
            for role, listed in people[report.scorecard.body_id].items()
        }
        numbers = [line.number for line in sheet_of(report).due]
        place = len(parties)
        parties.append(
            Party(
                report.pk,
                numbers,
                mine[Role.REPORTER],
                mine[Role.APPROVER],
                place,
                # Each saving says another value: the same one again would be no new revision.
                values=iter(Random(place).sample(range(1, 10_000), 500)),
            )
        )
    return parties


def _sessions(people: list[Any]) -> dict[int, str]:
    """Person id → the key of a session made for them; no password is asked."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    store, ends = SessionStore(), datetime.now(UTC) + timedelta(days=900)
    rows = []
    for person in people:
        held = {
            SESSION_KEY: str(person.pk),
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        }
        key = f"{person.pk:032d}"
        rows.append(Session(session_key=key, session_data=store.encode(held), expire_date=ends))
    Session.objects.bulk_create(rows)
    return {person.pk: row.session_key for person, row in zip(people, rows, strict=True)}


async def _play(parties: list[Party]) -> None:
    await evening(parties)
    for party in parties:
        for user in (*party.reporters, *party.approvers):
            user.close()


def main() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 10_000)), hard))
    # as PostgreSQL is installed: what is committed is on the disk
    postgres.SETTINGS = "-c listen_addresses='' -c shared_buffers=256MB"
    with tempfile.TemporaryDirectory() as folder, postgres.server() as url:
        os.environ |= {
            "ESAR_VAR": folder,
            "ESAR_DATABASE_URL": url,
            "ESAR_DEMO": "1",
            "ESAR_HOSTS": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "esar.config.settings",
        }
        prepare()
        lost = measure(*sys.argv[1:])
    sys.exit(1 if lost else 0)


def measure(bodies: str = "") -> list[str]:
    """Play, check, write. What was lost, or answered as it must not be."""
    from django.db import connections

    from benchmarks.lost import checked
    from esar.platform.organisations.models import Body

    times = Times()
    parties = gather(times)[: int(bodies) if bodies else None]
    users = sum(len(party.reporters) + len(party.approvers) for party in parties)
    pk = Body.objects.order_by("pk")[0].pk
    connections.close_all()
    bares = Times()
    for place in range(2):  # before and after, for the machine may be another by then
        with served(BARE_PORT, "benchmarks.bare"):
            bares.taken[f"{place}"] = asyncio.run(bare(users, BARE_EACH, pk)).all()
        if place == 0:
            with served(PORT, "esar.config.settings"):
                asyncio.run(_play(parties))
    counts, lost = checked(parties)
    text = report(users, times, bares, counts, lost)
    if not bodies:
        put(text)
    print(text)
    for one in [*lost[:20], *times.unexpected[:20]]:
        print(one)
    return lost + times.unexpected


def report(users: int, times: Times, bares: Times, counts: dict[str, int], lost: list[str]) -> str:
    both = [summary(listed) for listed in bares.taken.values()]
    base = Summary(*(sum(each) / len(both) for each in zip(*map(_row, both), strict=True)))  # type: ignore[arg-type]
    whole = summary(times.all())
    refused = sum(many for (_, status), many in times.answers.items() if status in (409, 422))
    lines = [
        HEADING,
        "",
        f"Written by `benchmarks/last_evening.py`, taken {datetime.now(UTC).date().isoformat()}: "
        f"{counts['reports']} bodies × {users // counts['reports']} people = {users:,} users at "
        f"once, none of whom ever waits before the next request, on PostgreSQL (every commit on "
        f"the disk) with {WORKERS} application processes of {THREADS} threads. Users, server and "
        f"database share {os.cpu_count()} processors. Each kind beside a Django view without "
        "middleware that asks one query, with as many users in the same run; quote the ratios.",
        "",
        "| request | number | a second | p50 s | p95 s | p99 s | a second, bare = 1 "
        "| p50 | p95 | p99 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        _line("the bare view", base, base),
        _line("**the evening, all requests**", whole, base),
        *(_line(kind, summary(timed), base) for kind, timed in times.taken.items()),
        "",
        f"Answers of 500 or more, and others that must not be: {len(times.unexpected)}. "
        f"Refused as they must be (two at the same KPI, an old text, a second press): {refused}. "
        f"Acknowledged and then missing or different: {len(lost)}. Found there and compared: "
        + ", ".join(f"{many:,} {what}" for what, many in counts.items())
        + ".",
        "",
    ]
    return "\n".join(lines)


def _row(one: Summary) -> tuple[float, ...]:
    return (one.many, one.a_second, one.p50, one.p95, one.p99)


def _line(kind: str, one: Summary, base: Summary) -> str:
    shares = [here / there for here, there in zip(_row(one)[1:], _row(base)[1:], strict=True)]
    return (
        f"| {kind} | {one.many:,.0f} | {one.a_second:,.1f} | {one.p50:.2f} | {one.p95:.2f} | "
        f"{one.p99:.2f} | {shares[0]:.3f} | " + " | ".join(f"{x:.1f}" for x in shares[1:]) + " |"
    )


if __name__ == "__main__":
    main()
