"""A real clamd of our own, with one signature of our own: it knows the EICAR test file."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In two parts, so that no scanner takes this source for the test file itself.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STAND" + b"ARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = "Local.Eicar.Test.UNOFFICIAL"
MAX_STREAM = 5_000_000  # bytes
_SECONDS_TO_START = 180  # on a machine that has much else to do


def clamd_program() -> str | None:
    """Where clamd is; it often lies where only root looks."""
    return shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def clamd_command(folder: Path, address: str) -> list[str]:
    """The command of a scanner on this socket; its signatures and settings are put into `folder`.

    Errors: AssertionError where clamd is not installed.
    """
    program = clamd_program()
    assert program, "clamd is not installed (Debian: clamav-daemon)"
    return [program, "--foreground", f"--config-file={_configured(folder, address)}"]


def listens(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(address) == 0


@contextmanager
def running_clamd(folder: Path) -> Iterator[str]:
    """The address of a scanner that answers; it ends with the block. `folder` keeps its log.

    Errors: AssertionError when it does not start, with what it said.
    """
    # A socket's path has at most 107 bytes, and pytest's folders are long.
    with tempfile.TemporaryDirectory(prefix="clamd-") as short:
        address = str(Path(short) / "socket")
        log = folder / "clamd.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                clamd_command(folder, address), stdout=output, stderr=subprocess.STDOUT
            )
        try:
            _wait(process, address, log)
            yield address
        finally:
            process.kill()
            process.wait()


def _configured(folder: Path, address: str) -> Path:
    database = folder / "signatures"
    database.mkdir(parents=True)
    (database / "local.ndb").write_text(f"Local.Eicar.Test:0:0:{EICAR.hex()}\n", "ascii")
    config = folder / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {database}\nLocalSocket {address}\nForeground yes\n"
        f"StreamMaxLength {MAX_STREAM}\nAlertExceedsMax yes\n"
        + ("User root\n" if os.getuid() == 0 else ""),
        "utf-8",
    )
    return config


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        if listens(address):
            return
        time.sleep(0.05)
    raise AssertionError(f"clamd did not start: {log.read_text('utf-8', 'replace')}")
