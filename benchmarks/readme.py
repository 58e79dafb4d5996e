"""benchmarks/README.md: each benchmark puts its own sections there and leaves the others."""

from __future__ import annotations

import re
from pathlib import Path

FILE = Path(__file__).with_name("README.md")


def put(text: str) -> None:
    """Put sections into the file, each in place of the one of its heading, or at the end.

    What stands above the first heading is a section too.
    """
    sections = _sections(FILE.read_text("utf-8")) | _sections(text)
    FILE.write_text("\n\n".join(sections.values()) + "\n", encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    parts = [part.strip() for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)]
    return {_heading(part): part for part in parts if part}


def _heading(section: str) -> str:
    return section.partition("\n")[0] if section.startswith("## ") else ""
