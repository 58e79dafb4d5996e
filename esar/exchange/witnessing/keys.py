"""Where a private key lies: in a file of its own that nobody else may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from esar.exchange.witnessing.notes import SigningKey, read_signing_key
from esar.kernel.problems import Problem, Refused

OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def write_signing_key(path: Path, key: SigningKey) -> None:
    """A new file that only its owner may read. Errors: Refused when something is there already."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(key.as_file())
            out.flush()
            os.fsync(handle)
    except FileExistsError:
        raise Refused([Problem("key.file_exists", {"path": path})]) from None
    except OSError as error:
        figures = {"path": path, "why": error.strerror or str(error)}
        raise Refused([Problem("key.cannot_write", figures)]) from None


def load_signing_key(path: Path) -> SigningKey:
    """Errors: Refused when it is not there, others may read it, or it is no key."""
    try:
        mode = path.stat().st_mode
        text = path.read_text("utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Refused([Problem("key.cannot_read", {"path": path, "why": why})]) from None
    if mode & OF_OTHERS:
        figures = {"path": path, "mode": f"{stat.S_IMODE(mode):04o}"}
        raise Refused([Problem("key.open_to_others", figures)])
    return read_signing_key(text)


def text_of_key(text: str) -> str:
    """A public key as it was given: itself, or the name of a file that holds it.

    Errors: OSError, ValueError when it names a file that cannot be read.
    """
    return text if "+" in text else Path(text).read_text("utf-8").strip()
