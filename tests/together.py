"""Which tests one process runs one after the other, and in which order the processes take them.

The tests of a file stay together, so that the worlds they begin with, and what is made once for a
file, are made in one process only. Those with real commits come after the others, and behind both
those that ask no database (pytest-django sorts them so), hence a file may be several pieces. What
takes longest begins first, so that no process is left alone with it at the end; what is played by
programs of its own begins before all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from xdist.scheduler import LoadScopeScheduling

APART = ("tests/kill/", "tests/golden/")  # played by programs of their own
LONGEST = (
    *APART,
    "tests/whole/test_unseen.py",
    "tests/whole/test_doors.py",
    "tests/whole/",
    "tests/exchange/",
    "tests/browser/test_year.py",
    "tests/browser/test_path.py",
    "tests/browser/test_agreement.py",
    "tests/browser/test_round_2567.py",
    "tests/browser/test_work_pages.py",
    "tests/browser/test_pages.py",
)
ONE_BY_ONE = "tests/browser/"  # each begins with an empty database anyway


def turn(test: str) -> int:
    """When a test begins, of those that may begin."""
    places = [place for place, start in enumerate(LONGEST) if test.startswith(start)]
    return min(places, default=len(LONGEST))


def is_apart(test: str) -> bool:
    """Whether a test begins before all, wherever its asking no database would put it."""
    return test.startswith(APART)


def pieces(tests: Iterable[str]) -> dict[str, str]:
    """Of each test the piece of work that it belongs to: those of a file that follow each other."""
    runs: Counter[str] = Counter()
    piece_of: dict[str, str] = {}
    file_before = ""
    for test in tests:
        file = test.partition("::")[0]
        runs[file] += file != file_before
        file_before = file
        piece_of[test] = test if test.startswith(ONE_BY_ONE) else f"{file} {runs[file]}"
    return piece_of


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Gives the processes the pieces in the order of the tests."""

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self.piece_of: dict[str, str] = {}

    def schedule(self) -> None:
        if not self.piece_of:
            self.piece_of = pieces(next(iter(self.registered_collections.values())))
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return self.piece_of[nodeid]
