"""The rounds of one database: people work, something is killed, it comes back, all is looked at."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from esar.report.reports.models import Pack, Report
from tests import migrated
from tests.kill.checks import Checker
from tests.kill.clients import Bell, Desk, Known, Thing, crew
from tests.kill.prepare import Ground, prepared, results_to_release
from tests.kill.processes import ROOT, Postgres, Program, WebServer, Worker

IN_THE_MIDDLE_OF = ("submit", "upload", "import", "release")
MAX_SECONDS = 0.08  # between a request's setting out and the kill
COMMANDS_EVERY = 10  # rounds
SETS_OUT = 120  # seconds to wait for a request of that kind
GOES_ON = 300  # seconds until something is acknowledged after a start
SETTLES = 600  # seconds that clients may take to finish their last request


@dataclass
class Played:
    """What happened, to be told in one line."""

    database: str
    rounds: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    known: Known = field(default_factory=Known)
    bell: Bell = field(default_factory=Bell)
    looked_at: int = 0
    commands: int = 0
    findings: list[str] = field(default_factory=list)
    waiting_packs: int = 0
    seconds: float = 0

    def __str__(self) -> str:
        def told(counts: Counter[str]) -> str:
            return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "0"

        acknowledged = sum(self.known.acknowledged.values())
        return (
            f"{self.database}: {self.rounds} rounds in {self.seconds:.0f} s; killed: "
            f"{told(self.killed)}; acknowledged: {acknowledged} ({told(self.known.acknowledged)}); "
            f"cut off: {told(self.bell.cut)}; answered with 5xx: {told(self.bell.failed)}; "
            f"promises looked at: {self.looked_at}; doctor and audit run: {self.commands}; "
            f"packs left waiting: {self.waiting_packs}; findings: {len(self.findings)}"
        )


class Play:
    """A server, a worker and a database, with people at work on them."""

    def __init__(self, database: str, folder: Path, postgres: Postgres | None) -> None:
        self.played = Played(database)
        self.server = WebServer(os.environ, folder / "server.log")
        self.worker = Worker(os.environ, folder / "worker.log")
        self.postgres = postgres
        if postgres is None:
            migrated.copy_to(Path(connections["default"].settings_dict["NAME"]))
        else:
            migrated.fill(postgres.url, postgres.binaries)
        call_command("migrate", verbosity=0)
        self.ground: Ground = prepared()
        for pk, _, _ in self.ground.cycles:
            thing = Report.objects.get(pk=pk)
            self.played.known.reports[pk] = Thing((thing.state, thing.sent))
        self.checker = Checker(self.ground, self.played.known)
        connections.close_all()

    @property
    def victims(self) -> dict[str, list[Program]]:
        """SQLite has no process of its own: it dies with everyone who writes in it."""
        found: dict[str, list[Program]] = {"server": [self.server], "worker": [self.worker]}
        if self.postgres is not None:
            return found | {"database": [self.postgres]}
        return found | {"server and worker": [self.server, self.worker]}

    def start(self) -> None:
        """Whatever does not live comes to life, from below."""
        for one in (self.postgres, self.server, self.worker):
            if one is not None:
                one.start()

    def end(self) -> None:
        for one in (self.worker, self.server, self.postgres):
            if one is not None:
                one.kill()

    def play(self, rounds: int) -> Played:
        began = time.monotonic()
        self.start()
        plans = list(product(self.victims, IN_THE_MIDDLE_OF))
        for number in range(1, rounds + 1):
            if (number - 1) % len(plans) == 0:
                random.shuffle(plans)
            self._round(number, *plans[(number - 1) % len(plans)])
            if number % COMMANDS_EVERY == 0 or number == rounds:
                self._commands(number)
            self.played.rounds = number
            if sys.stderr.isatty():
                print(f"{self.played.database}: {number}/{rounds}", end="\r", file=sys.stderr)
        self.played.seconds = time.monotonic() - began
        self.played.looked_at = self.checker.looked_at
        self.played.waiting_packs = Pack.objects.filter(state="waiting").count()
        connections.close_all()
        return self.played

    def _round(self, number: int, victim: str, kind: str) -> None:
        waiting = results_to_release(self.ground, number)
        connections.close_all()
        desk = Desk(self.server.port, self.ground, self.played.bell)
        clients = crew(desk, self.played.known, waiting, f"{number}")
        for one in clients:
            one.start()
        if kind != "release":  # there are but a few of those in a round
            time.sleep(random.uniform(0.1, 0.8))
        self.played.bell.wait_for(kind, SETS_OUT)
        time.sleep(random.uniform(0, MAX_SECONDS))
        for program in self.victims[victim]:
            program.kill()
        self.played.killed[victim] += 1
        self.start()
        if not self._work_goes_on():
            self._found(number, victim, kind, [f"nothing is acknowledged within {GOES_ON} s"])
        time.sleep(random.uniform(0.1, 0.5))
        desk.stop.set()
        for one in clients:
            one.join(SETTLES)
            if one.is_alive() or one.failure:
                said = f"{type(one).__name__}: {one.failure!r}"
                self._found(number, victim, kind, [said])
        self._found(number, victim, kind, self.checker.findings())
        connections.close_all()

    def _work_goes_on(self) -> bool:
        """Wait until something more is acknowledged, however slow the machine."""
        acknowledged = self.played.known.acknowledged
        before, end = acknowledged.total(), time.monotonic() + GOES_ON
        while acknowledged.total() == before:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def _found(self, number: int, victim: str, kind: str, said: list[str]) -> None:
        for one in said:
            line = f"round {number}, {victim} killed in the middle of {kind}: {one}"
            print(line, file=sys.stderr, flush=True)
            self.played.findings.append(line)

    def _commands(self, number: int) -> None:
        """`esar doctor` and `esar audit verify`, as whoever runs the site calls them."""
        for words in (["doctor"], ["audit", "verify"]):
            code = "from esar.config.command import main; main()"
            done = subprocess.run(
                [sys.executable, "-c", code, *words],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            self.played.commands += 1
            if done.returncode:
                self._found(
                    number, "-", "-", [f"esar {' '.join(words)}: {done.stdout}{done.stderr}"]
                )
