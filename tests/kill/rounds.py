"""The rounds of one database: people work, something is killed, it comes back, all is looked at."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from random import Random

from django.db import connections

from esar.report.reports.models import Pack, Report
from tests import migrated
from tests.in_order import COMMANDS
from tests.kill.checks import Checker
from tests.kill.clients import Bell, Desk, Known, Thing, crew
from tests.kill.power import Disk
from tests.kill.prepare import Ground, prepared, results_to_release
from tests.kill.processes import ROOT, Postgres, Program, WebServer, Worker

IN_THE_MIDDLE_OF = ("submit", "upload", "import", "release")
MAX_SECONDS = 0.08  # between a request's setting out and the kill
OF_FILES = ("store", "scanner")  # they have to do with uploads only,
MAX_SECONDS_OF_FILES = 2.5  # and with what the worker does about them a moment later
COMMANDS_EVERY = 10  # rounds
SETS_OUT = 120  # seconds to wait for a request of that kind
GOES_ON = 300  # seconds until something is acknowledged after a start
SCANS = 300  # seconds until everything is scanned after a start
SETTLES = 600  # seconds that clients may take to finish their last request


@dataclass
class Played:
    """What happened, to be told in one line."""

    name: str
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
            f"{self.name}: {self.rounds} rounds in {self.seconds:.0f} s; killed: "
            f"{told(self.killed)}; acknowledged: {acknowledged} ({told(self.known.acknowledged)}); "
            f"cut off: {told(self.bell.cut)}; answered with 5xx: {told(self.bell.failed)}; "
            f"refused while the store was away: {told(self.bell.refused)}; "
            f"promises looked at: {self.looked_at}; doctor and audit run: {self.commands}; "
            f"packs left waiting: {self.waiting_packs}; findings: {len(self.findings)}"
        )


class Play:
    """A server, a worker and what is below them, with people at work on them.

    `below`: a database, a store and a scanner, as far as they are programs of their own. Without
    a store the evidence is on the disk, and the power is cut too.
    """

    def __init__(self, name: str, folder: Path, below: dict[str, Program]) -> None:
        self.played = Played(name)
        self.server = WebServer(os.environ, folder / "server.log")
        self.worker = Worker(os.environ, folder / "worker.log")
        self.below = below
        for one in below.values():
            one.start()
        postgres = below.get("database")
        if isinstance(postgres, Postgres):
            migrated.fill(postgres.url, postgres.binaries)
        else:
            migrated.copy_to(Path(connections["default"].settings_dict["NAME"]))
        self.ground: Ground = prepared()
        for pk, _, _ in self.ground.cycles:
            thing = Report.objects.get(pk=pk)
            self.played.known.reports[pk] = Thing((thing.state, thing.sent))
        self.checker = Checker(self.ground, self.played.known)
        connections.close_all()
        self.disk: Disk | None = None
        if "store" not in below:
            if isinstance(postgres, Postgres):
                postgres.stop()
            self.disk = Disk(folder / "disk", folder / "journal")

    @property
    def victims(self) -> dict[str, list[Program]]:
        """SQLite has no process of its own: it dies with everyone who writes in it.

        When the power is cut, everyone dies.
        """
        found: dict[str, list[Program]] = {name: [one] for name, one in self.below.items()}
        found |= {"server": [self.server], "worker": [self.worker]}
        if "database" not in self.below:
            found["server and worker"] = [self.server, self.worker]
        if self.disk is not None:
            found = {"power": list(chain(*found.values()))} | found
        return found

    def plans(self) -> list[tuple[str, str]]:
        """Each victim in turn, in the middle of everything once."""
        kinds = {}
        for victim in self.victims:
            kinds[victim] = list(IN_THE_MIDDLE_OF) if victim not in OF_FILES else ["upload"] * 4
            random.shuffle(kinds[victim])
        return [(victim, kinds[victim].pop()) for _ in IN_THE_MIDDLE_OF for victim in self.victims]

    def start(self) -> None:
        """Whatever does not live comes to life, from below."""
        for one in (*self.below.values(), self.server, self.worker):
            one.start()

    def end(self) -> None:
        for one in (self.worker, self.server, *self.below.values()):
            one.kill()

    def play(self, rounds: int) -> Played:
        began = time.monotonic()
        self.start()
        plans: list[tuple[str, str]] = []
        for number in range(1, rounds + 1):
            plans = plans or self.plans()
            self._round(number, *plans.pop(0))
            if number % COMMANDS_EVERY == 0 or number == rounds:
                self._settle(number)
                self._commands(number)
            self.played.rounds = number
            if sys.stderr.isatty():
                print(f"{self.played.name}: {number}/{rounds}", end="\r", file=sys.stderr)
        self.played.seconds = time.monotonic() - began
        self.played.looked_at = self.checker.looked_at
        self.played.waiting_packs = Pack.objects.filter(state="waiting").count()
        connections.close_all()
        return self.played

    def _round(self, number: int, victim: str, kind: str) -> None:
        waiting = results_to_release(self.ground, number)
        connections.close_all()
        is_scanned = "scanner" in self.below
        desk = Desk(self.server.port, self.ground, self.played.bell, is_scanned=is_scanned)
        clients = crew(desk, self.played.known, waiting, f"{number}")
        for one in clients:
            one.start()
        if kind != "release":  # there are but a few of those in a round
            time.sleep(random.uniform(0.1, 0.8))
        self.played.bell.wait_for(kind, SETS_OUT)
        most = MAX_SECONDS_OF_FILES if victim in OF_FILES else MAX_SECONDS
        time.sleep(random.uniform(0, most))
        for program in self.victims[victim]:
            program.kill()
        if victim == "power" and self.disk is not None:
            # Everything is lost that was not synced, or some of it.
            self.disk.cut(random.choice([None, Random(random.random())]))
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

    def _settle(self, number: int) -> None:
        """A worker that begins scans what waits, and removes what was infected."""
        if "scanner" not in self.below:
            return
        self.worker.kill()
        self.start()
        end = time.monotonic() + SCANS
        while (findings := list(self.checker.settled())) and time.monotonic() < end:
            time.sleep(0.2)
        self._found(number, "-", "-", findings)

    def _commands(self, number: int) -> None:
        """The doctor and the log's verification, as whoever runs the site asks them."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.in_order"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        self.played.commands += len(COMMANDS)
        if done.returncode:
            self._found(number, "-", "-", [f"out of order: {done.stdout}{done.stderr}"])
