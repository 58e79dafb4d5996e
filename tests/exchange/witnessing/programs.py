"""Witnesses as programs of their own, which can be killed without warning."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from esar.exchange.witnessing.keys import write_signing_key
from esar.exchange.witnessing.notes import WITNESS, Key, SigningKey
from esar.exchange.witnessing.sending import WitnessAddress
from esar.exchange.witnessing.witness import Witness
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[3]
MAX_SECONDS = 60  # for a program to start on a machine that has much else to do
CODE = "from esar.exchange.cli.main import main; main(prog_name='esar')"


class WitnessProgram:
    """`esar witness serve` in a folder of its own, with a key of its own."""

    def __init__(self, folder: Path, name: str, seed: bytes) -> None:
        folder.mkdir()
        self.witness = Witness(folder)
        self.key = SigningKey(name, WITNESS, seed * 32)
        write_signing_key(self.witness.key_file, self.key)
        self.port = free_ports(1)[0]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def where(self) -> WitnessAddress:
        return WitnessAddress(f"http://127.0.0.1:{self.port}", self.key.public)

    def knows(self, log: Key) -> WitnessProgram:
        self.witness.add(log.name, log)
        return self

    def begin(self) -> None:
        """Begin to start; `start` waits until it answers too."""
        command = ["witness", "serve", "--folder", str(self.witness.folder)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE, *command, "--port", str(self.port)],
            cwd=self.witness.folder,
            env={"PYTHONPATH": str(ROOT)},  # no settings, no database
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start(self) -> WitnessProgram:
        if self.process is None:
            self.begin()
        end = time.monotonic() + MAX_SECONDS
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.where.address}/", timeout=5).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"{self.where.address} does not answer")

    def kill(self) -> None:
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
