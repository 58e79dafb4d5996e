"""The tests of a group against its mutants: loaded once, then one forked process a mutant.

A plugin of pytest. It takes the place of pytest's own loop: each test runs once as it is, and is
asked which of the group's functions it runs. Then each mutant gets a process of its own, with a
copy of the database, in which the tests that run the changed function run until one fails. Tests
with real commits are left out: they would empty what the others share.
"""

from __future__ import annotations

import ast
import gc
import importlib
import os
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import types
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings
from django.db import connection

from tests.remembered import MEMORIES
from tools.mutation.mutating import Mutant

SECONDS = 15.0  # of the processor, for the tests of one mutant as they are
LONGEST = 8.0  # a test that takes longer is left out
AT_ONCE = 2  # processes
PATIENCE = 4.0  # times what the tests take as they are, before a mutant counts as hanging
KILLED, SURVIVED, UNFIT = 1, 0, 3


class Player:
    """Plays the mutants and keeps what became of each."""

    def __init__(self, mutants: list[Mutant]) -> None:
        self.mutants = mutants
        self.outcomes: dict[Mutant, str] = {}
        self.seconds: dict[pytest.Item, float] = {}
        self.runs: dict[str, set[pytest.Item]] = defaultdict(set)
        self.kills: Counter[str] = Counter()  # test → how many it has killed
        self.running: pytest.Item
        self.root = Path.cwd()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if not _commits(item)]
        print(f"  {len(items)} tests, {len(self.mutants)} mutants", flush=True)
        gc.unfreeze()  # the tests freeze what they have loaded; mutants look for its functions
        self._listen()
        for place, item in enumerate(items):
            self._run_as_it_is(item, items[(place + 1) % len(items)])
        _rest_the_database()
        waiting = list(self.mutants)
        at_work: dict[int, tuple[Mutant, Path, Path]] = {}
        while waiting or at_work:
            while waiting and len(at_work) < AT_ONCE:
                mutant = waiting.pop(0)
                at_work |= self._begin(mutant)
            if at_work:
                self._end(at_work)
        return True

    def _listen(self) -> None:
        """Have every function of the modules say, when it runs, that it runs."""
        for path in sorted({mutant.path for mutant in self.mutants}):
            tree = ast.parse(Path(path).read_text("utf-8"))
            names = list(_say_that_they_run(tree))
            module = _module(path)
            vars(module)["__runs__"] = lambda name, path=path: self.runs[f"{path}::{name}"].add(
                self.running
            )
            compiled = compile(ast.fix_missing_locations(tree), str(self.root / path), "exec")
            for name in names:
                _change_function(name, compiled)

    # --- As it is ---------------------------------------------------------------------------

    def _run_as_it_is(self, item: pytest.Item, following: pytest.Item) -> None:
        self.running = item
        MEMORIES.clear()  # else a builder of an earlier test hides what this one rests on
        began = time.process_time()
        reports = runtestprotocol(item, log=False, nextitem=following)
        failures = [report for report in reports if report.failed]
        if failures:
            print(f"  fails as it is, so it tells nothing: {item.nodeid}", flush=True)
            for tests in self.runs.values():
                tests.discard(item)
            return
        if not any(report.skipped for report in reports):
            self.seconds[item] = time.process_time() - began

    def _tests_for(self, mutant: Mutant) -> list[pytest.Item]:
        """Those that run the function, those that killed before it first, then the short ones."""
        tests = self.runs[f"{mutant.path}::{mutant.function}"] if mutant.function else self.seconds
        if mutant.function and "." not in mutant.function and not tests:
            tests = self.seconds  # the name of a class: a table in its body
        fit = [item for item in tests if self.seconds.get(item, LONGEST) < LONGEST]
        fit.sort(key=lambda item: (-self.kills[item.nodeid], self.seconds[item]))
        chosen, seconds = [], 0.0
        for item in fit:
            if seconds > SECONDS:
                break
            chosen.append(item)
            seconds += self.seconds[item]
        return chosen

    # --- With a mutant ----------------------------------------------------------------------

    def _begin(self, mutant: Mutant) -> dict[int, tuple[Mutant, Path, Path]]:
        tests = self._tests_for(mutant)
        if not tests:
            self.outcomes[mutant] = "no test runs it"
            return {}
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        note = folder / "killed-by"
        process = os.fork()
        if process == 0:
            try:
                _play(mutant, tests, folder, note, sum(self.seconds[item] for item in tests))
            finally:
                os._exit(UNFIT)
        return {process: (mutant, folder, note)}

    def _end(self, at_work: dict[int, tuple[Mutant, Path, Path]]) -> None:
        process, status = os.wait()
        mutant, folder, note = at_work.pop(process)
        if os.WIFSIGNALED(status):
            self.outcomes[mutant] = "killed"  # it hangs, or takes far too long
        else:
            code = os.WEXITSTATUS(status)
            names = {KILLED: "killed", SURVIVED: "survived"}
            self.outcomes[mutant] = names.get(code, "unfit")
            if note.exists():
                self.kills[note.read_text("utf-8")] += 1
        if self.outcomes[mutant] != "killed":
            print(f"  {self.outcomes[mutant]}: {mutant}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)


def _commits(item: pytest.Item) -> bool:
    """Whether a test commits for others to see, or needs a server or a browser."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    return bool(
        (marker and marker.kwargs.get("transaction"))
        or names & {"transactional_db", "live_server", "browser"}
    )


def _play(
    mutant: Mutant, tests: list[pytest.Item], folder: Path, note: Path, seconds: float
) -> None:
    """In a process of its own: become the mutant, run until a test fails, and end."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    allowed = int(seconds * PATIENCE) + 10
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed + 5))
    signal.alarm(allowed * 20)  # what waits for ever uses no processor
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    _own_database(folder)
    MEMORIES.clear()  # they were made before the mutant was
    if not become(mutant):
        os._exit(UNFIT)
    for place, item in enumerate(tests):
        reports = runtestprotocol(item, log=False, nextitem=tests[(place + 1) % len(tests)])
        if any(report.failed for report in reports):
            note.write_text(item.nodeid, "utf-8")
            os._exit(KILLED)
    os._exit(SURVIVED)


def _rest_the_database() -> None:
    """Everything in the one file, and no connection to it: each process has a copy of its own."""
    connection.close()
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _own_database(folder: Path) -> None:
    shutil.copy(str(connection.settings_dict["NAME"]), folder / "database.sqlite3")
    connection.settings_dict["NAME"] = str(folder / "database.sqlite3")
    settings.VAR = folder


# --- Becoming a mutant --------------------------------------------------------------------------


def become(mutant: Mutant) -> bool:
    """Change the loaded module into the mutant, in place. False where that cannot be."""
    module = _module(mutant.path)
    compiled = compile(mutant.tree, str(Path.cwd() / mutant.path), "exec")
    if any(code.co_qualname == mutant.function for code in _codes(compiled)):
        return _change_function(mutant.function, compiled)
    return _change_tables(module, compiled)


def _module(path: str) -> types.ModuleType:
    return importlib.import_module(path.removesuffix(".py").replace("/", "."))


def _say_that_they_run(tree: ast.AST, around: str = "") -> Iterator[str]:
    """Begin each outermost function with a call that names it. Their names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _say_that_they_run(node, f"{around}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            name = f"{around}{node.name}"
            node.body.insert(0, ast.parse(f"__runs__({name!r})").body[0])
            yield name


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _codes(constant)


def _change_function(name: str, compiled: types.CodeType) -> bool:
    """Give every function object of that name its new code: whoever holds it, calls the mutant."""
    changed = next(code for code in _codes(compiled) if code.co_qualname == name)
    is_changed = False
    for function in gc.get_objects():
        if type(function) is types.FunctionType:  # isinstance() would wake lazy objects
            code = function.__code__
            place = (code.co_qualname, code.co_filename, code.co_freevars)
            if place == (name, changed.co_filename, changed.co_freevars):
                function.__code__ = changed
                is_changed = True
    return is_changed


def _change_tables(module: types.ModuleType, compiled: types.CodeType) -> bool:
    """Give every table its new rows: dictionaries in place, other constants wherever they are."""
    from esar.platform.lifecycle.life import Life

    lives = dict(Life._every)
    fresh: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    try:
        exec(compiled, fresh)
    finally:
        Life._every.clear()
        Life._every.update(lives)
    for name, new in fresh.items():
        old = vars(module).get(name)
        if isinstance(new, type):
            if getattr(new, "__module__", "") == module.__name__:
                _change_class(old, new)
        elif isinstance(old, dict) and name not in ("__builtins__",):
            old.clear()
            old.update(new)
        elif isinstance(new, tuple | frozenset | set | int | str) and new != old:
            _change_everywhere(name, old, new)
    return True


def _change_class(old: Any, new: Any) -> None:
    for name, value in vars(new).items():
        plain = isinstance(value, tuple | frozenset | bool | int | str | dict)
        if plain and not name.startswith("__") and vars(old).get(name) != value:
            setattr(old, name, value)


def _change_everywhere(name: str, old: object, new: object) -> None:
    for module in list(sys.modules.values()):
        is_of_the_product = getattr(module, "__name__", "").startswith(("esar.", "tests."))
        if is_of_the_product and vars(module).get(name) is old:
            setattr(module, name, new)
