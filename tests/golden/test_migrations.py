"""A migration that a database may have run already is never edited: a new one mends what is wrong.

`migrations.txt` holds the SHA-256 of each as it was released. At a release those that came since
are added, as `git ls-files "esar/*/migrations/0*.py" | xargs sha256sum` prints them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

RELEASED = [
    line.split()
    for line in Path(__file__).with_name("migrations.txt").read_text("utf-8").split("\n")
    if line
]


def test_no_released_migration_was_edited_or_taken_away() -> None:
    files = {str(path): path.read_bytes() for path in Path("esar").rglob("migrations/0*.py")}
    sha256s = {name: hashlib.sha256(text).hexdigest() for name, text in files.items()}

    assert len(RELEASED) > 50
    assert {name: sha256s.get(name) for _, name in RELEASED} == {
        name: sha256 for sha256, name in RELEASED
    }
