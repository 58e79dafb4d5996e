"""Which statements each test asks of SQLite, so that PostgreSQL is asked each of them again.

All tests run on SQLite. On PostgreSQL as many run as between them ask every statement that SQLite
was asked, with the same errors: statements are alike whatever their values and how many there are.
What a test asks for itself counts only where it is refused or more than plain: rows of one table,
compared with values, are the same on both.
Both runs name one folder in `ESAR_STATEMENTS`: the first writes it, the second chooses by it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from heapq import heapify, heappop, heapreplace
from pathlib import Path
from time import monotonic
from typing import Any

from django.db import connection

MANY_VALUES = re.compile(
    r"\((?:%s|NULL)(?:, ?(?:%s|NULL))*\)(?:, ?\((?:%s|NULL)(?:, ?(?:%s|NULL))*\))*"
)
NAME = r'(?:"\w+"\.)?"\w+"'
COLUMNS = rf"{NAME}(?: AS \"\w+\")?(?:, {NAME}(?: AS \"\w+\")?)*"
CONDITION = rf"{NAME} (?:(?:=|<=|>=) (?:%s|{NAME})|IS (?:NOT )?NULL|IN \((?:%s(?:, )?)+\))"
PLAIN = re.compile(
    rf"(?:SELECT (?:COUNT\(\*\) AS \"__count\"|%s AS \"a\"|{COLUMNS}) FROM|DELETE FROM|UPDATE)"
    rf" \"\w+\"(?: SET \"\w+\" = (?:%s|NULL)(?:, \"\w+\" = (?:%s|NULL))*)?"
    rf"(?: WHERE \(?{CONDITION}(?: AND {CONDITION})*\)?)?"
    rf"(?: ORDER BY (?:{NAME}|\d+) (?:ASC|DESC)(?:, (?:{NAME}|\d+) (?:ASC|DESC))*)?"
    rf"(?: LIMIT \d+)?(?: RETURNING \"id\")?"
)
NOT_OF_A_TABLE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")
LEAST_SECONDS = 0.05
ROOT = Path(__file__).parents[1]
SITE, TESTS = f"{ROOT / 'esar'}{os.sep}", f"{ROOT / 'tests'}{os.sep}"
# These stand around every statement, whoever asks it.
AROUND = (f"{SITE}platform/history/database/", __file__, f"{TESTS}remembered.py")
Asked = dict[str, tuple[float, frozenset[str]]]
"""Of each test: how many seconds it took, and its statements."""


def folder() -> Path | None:
    name = os.environ.get("ESAR_STATEMENTS")
    return Path(name) if name else None


@lru_cache(maxsize=100_000)
def alike(sql: str) -> str:
    """The same for statements that differ only in how many values they are given."""
    return hashlib.sha256(MANY_VALUES.sub("(%s)", sql).encode()).hexdigest()[:16]


@lru_cache(maxsize=100_000)
def is_plain(sql: str) -> bool:
    """Whether a statement reads, changes or removes rows of one table by values, and no more."""
    return PLAIN.fullmatch(sql) is not None


def is_asked_by_a_test() -> bool:
    """Whether a test asks by itself, and not the site for it."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        file = frame.f_code.co_filename
        if file.startswith((SITE, TESTS)) and not file.startswith(AROUND):
            return file.startswith(TESTS)
        frame = frame.f_back
    return False


class Statements:
    """Keeps what every test of this process asked."""

    def __init__(self) -> None:
        self.asked: dict[str, tuple[float, list[str]]] = {}

    @contextmanager
    def of(self, test: str) -> Iterator[None]:
        """Everything that the connection is asked while the test runs, its world too."""
        shapes: set[str] = set()

        def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            error = ""
            try:
                return execute(sql, params, many, context)
            except Exception as failure:
                error = type(failure).__name__
                raise
            finally:
                if not sql.startswith(NOT_OF_A_TABLE):
                    shape = alike(sql) + error
                    is_its_own = shape not in shapes and not error and is_plain(sql)
                    if not (is_its_own and is_asked_by_a_test()):
                        shapes.add(shape)

        began = monotonic()
        connection.execute_wrappers.insert(0, listen)
        try:
            yield
        finally:  # by itself: a test may leave a wrapper of its own behind it
            connection.execute_wrappers.remove(listen)
        self.asked[test] = (monotonic() - began, sorted(shapes))

    def write(self, home: Path, process: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{process}.json").write_text(json.dumps(self.asked), "utf-8")


def begin(home: Path) -> None:
    """Forget an earlier run."""
    shutil.rmtree(home, ignore_errors=True)


def read(home: Path) -> Asked:
    """What the processes of the run on SQLite wrote; empty where there was none."""
    asked: Asked = {}
    for file in sorted(home.glob("*.json")):
        for test, (seconds, shapes) in json.loads(file.read_text("utf-8")).items():
            asked[test] = (seconds, frozenset(shapes))
    return asked


def enough(asked: Asked, tests: Iterable[str], always: Iterable[str]) -> set[str]:
    """Of `tests`, those that together ask all that all of them ask, the cheapest each time.

    Those of `always` are among them, those that SQLite was not asked, and those that alone ask
    something. One that the others leave nothing to ask is not.
    """
    candidates = sorted(tests)
    bound = {test for test in candidates if test not in asked} | set(always)
    asking = Counter(shape for test in candidates if test in asked for shape in asked[test][1])
    alone = {test for test in asked if any(asking[shape] == 1 for shape in asked[test][1])}
    chosen = bound | alone & set(candidates)
    left = set(asking).difference(*(asked[test][1] for test in chosen if test in asked))
    chosen |= _best(asked, [test for test in candidates if test not in chosen], left)
    return chosen - _spared(asked, chosen, bound)


def _best(asked: Asked, tests: list[str], left: set[str]) -> set[str]:
    """The tests that ask what is left, each time the one that asks most of it in a second.

    What one of them is worth only ever sinks, so that one whose worth was found anew and is still
    the greatest is the best, whatever the others have lost since theirs was.
    """
    best: set[str] = set()
    left = set(left)

    def worth(test: str) -> float:
        seconds, shapes = asked[test]
        return len(shapes & left) / max(seconds, LEAST_SECONDS)

    waiting = [(-worth(test), test) for test in tests]
    heapify(waiting)
    while left:
        _, test = waiting[0]
        now = (-worth(test), test)
        heapreplace(waiting, now)
        if waiting[0] == now:
            heappop(waiting)
            best.add(test)
            left -= asked[test][1]
    return best


def _spared(asked: Asked, chosen: set[str], bound: set[str]) -> set[str]:
    """Of the chosen, those whose every statement another of them asks, the dearest first."""
    asking = Counter(shape for test in chosen if test in asked for shape in asked[test][1])
    spared = set()
    for test in sorted(chosen - bound, key=lambda test: (-asked[test][0], test)):
        if all(asking[shape] > 1 for shape in asked[test][1]):
            spared.add(test)
            asking.subtract(asked[test][1])
    return spared
