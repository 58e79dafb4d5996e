"""Which release of the program this is: its version, and the commit where that can be told.

The commit is `ESAR_COMMIT` where an image was built without its history, else what git says of the
source tree. A tree that was changed since says so, for it is no release that anyone could fetch.
"""

from __future__ import annotations

import os
import subprocess
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_DESCRIBE = (
    "git",
    "-C",
    str(_ROOT),
    "describe",
    "--always",
    "--dirty",
    "--abbrev=12",
    "--exclude=*",
)


@cache
def commit() -> str:
    """The commit, with "-dirty" where the tree differs from it; empty where nothing tells it."""
    if stated := os.environ.get("ESAR_COMMIT", "").strip():
        return stated
    if not (_ROOT / ".git").exists():  # installed: a repository around it would be another one
        return ""
    try:
        completed = subprocess.run(_DESCRIBE, capture_output=True, text=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return completed.stdout.strip()


@cache
def program() -> str:
    """The program by name, version and commit, as what it publishes names it."""
    name = f"open-esar {version('open-esar')}"
    return f"{name} ({commit()})" if commit() else name


def is_by_this_release(stated: str) -> bool:
    """Whether this very release wrote something. Without a commit nobody can tell."""
    return bool(commit()) and stated == program()
