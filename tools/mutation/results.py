"""What became of the mutants, in `var/mutants.json`: each group as it was played last.

The groups take hours together, so each may be played by itself; the named mutants are one more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RESULTS = Path("var/mutants.json")
NAMED = "named"


def keep(
    group: str, *, killed: int, survivors: Sequence[str], explained: Sequence[str] = ()
) -> None:
    """Write down what became of one group; the others stay as they were. Explained do not count."""
    groups: dict[str, dict[str, Any]] = read(RESULTS)
    groups[group] = {
        "killed": killed,
        "all": killed + len(survivors),
        "survivors": list(survivors),
        "explained": list(explained),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    text = json.dumps(dict(sorted(groups.items())), ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n", "utf-8")


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Group → killed, all, survivors, explained; empty where none was played."""
    if not path.exists():
        return {}
    groups: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return groups
