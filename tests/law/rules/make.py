"""Rulebooks with a fault, for tests."""

from __future__ import annotations

import shutil
from pathlib import Path


def broken(folder: Path, year: int, file: str, old: str, new: str) -> Path:
    """A copy of a year's rulebook with one line of it written otherwise."""
    shutil.copytree(Path("rulebook") / str(year), folder / str(year))
    path = folder / str(year) / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder
