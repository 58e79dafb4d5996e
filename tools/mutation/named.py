"""Named mutants: guards whose taking out a test must notice, each written down in named.toml.

    python -m tools.mutation named             all of them
    python -m tools.mutation named own body    those whose name has one of these words

Each is played in a copy of the tree, so that programs which the tests start see it too; there is a
copy for each processor. First the tests of all of them run as they are; a test that fails then
tells nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tools.mutation.results import NAMED, keep

LIST = Path(__file__).with_name("named.toml")
# What the tests only read, or make for themselves, is shared with the copy.
SHARED = (".venv", "build", "node_modules")
LEFT_OUT = (".git", "var", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")
NOTHING_FAILED, SOMETHING_FAILED = 0, 1  # as pytest ends


@dataclass(frozen=True)
class NamedMutant:
    """`before` stands once in the file; with `after` in its place one of the tests must fail."""

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    def take_out(self, root: Path) -> None:
        """Errors: ValueError where the file does not say `before` exactly once."""
        path = root / self.file
        text = path.read_text("utf-8")
        if text.count(self.before) != 1:
            raise ValueError(f"{self.name}: {self.file} has {text.count(self.before)} such places")
        path.write_text(text.replace(self.before, self.after), "utf-8")


def named_mutants(words: Iterable[str] = ()) -> list[NamedMutant]:
    """Those of the list whose name has one of the words; all where there are none."""
    rows = tomllib.loads(LIST.read_text("utf-8"))["mutant"]
    mutants = [NamedMutant(**row | {"tests": tuple(row["tests"])}) for row in rows]
    parts = tuple(words) or ("",)
    return [mutant for mutant in mutants if any(part in mutant.name for part in parts)]


def play(words: Sequence[str]) -> int:
    """0 when the tests pass as they are and notice every mutant."""
    mutants = named_mutants(words)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        roots = [Path(folder) / str(number) for number in range(os.cpu_count() or 1)]
        for root in roots:
            _copy(Path.cwd(), root)
        tests = sorted({test for mutant in mutants for test in mutant.tests})
        code, failures = _run(roots[0], tests, stop=False)
        if code != NOTHING_FAILED:
            print("\n".join([f"as it is, pytest ends with {code}:", *failures]))
            return 1
        print(f"{len(tests)} tests pass as they are, {len(mutants)} mutants", flush=True)
        survivors = [
            mutant.name
            for mutant, is_killed in zip(mutants, _played(mutants, roots), strict=True)
            if not is_killed
        ]
    if not words:
        keep(NAMED, killed=len(mutants) - len(survivors), survivors=survivors)
    print(f"{len(mutants) - len(survivors)} of {len(mutants)} named mutants killed")
    return 1 if survivors else 0


def _played(mutants: Sequence[NamedMutant], roots: Sequence[Path]) -> list[bool]:
    """Whether each is killed; as many at once as there are copies of the tree."""
    free: SimpleQueue[Path] = SimpleQueue()
    for root in roots:
        free.put(root)

    def is_killed(mutant: NamedMutant) -> bool:
        root = free.get()
        try:
            return _is_killed(mutant, root)
        finally:
            free.put(root)

    with ThreadPoolExecutor(len(roots)) as pool:
        return list(pool.map(is_killed, mutants))


def _is_killed(mutant: NamedMutant, root: Path) -> bool:
    mutant.take_out(root)
    code, failures = _run(root, mutant.tests, stop=True)
    shutil.copy2(mutant.file, root / mutant.file)
    is_killed = code == SOMETHING_FAILED and bool(failures)
    by = f" by {failures[0]}" if is_killed else f" (pytest ended with {code})"
    print(f"  {'killed' if is_killed else 'SURVIVED'}: {mutant.name}{by}", flush=True)
    return is_killed


def _copy(tree: Path, root: Path) -> None:
    leave_out = shutil.ignore_patterns(*LEFT_OUT, *SHARED)
    shutil.copytree(tree, root, ignore=leave_out, symlinks=True)
    for name in SHARED:
        if (tree / name).exists():
            (root / name).symlink_to((tree / name).resolve())


def _run(root: Path, tests: Iterable[str], *, stop: bool) -> tuple[int, list[str]]:
    """How pytest ended, and the tests that failed. Compiled files of a mutant are not kept."""
    options = ["-q", "--tb=no", "-rf", "-p", "no:cacheprovider", "-p", "no:xdist"]
    ended = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", *options, *(["-x"] if stop else []), *tests],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, re.findall(r"^FAILED (\S+)", ended.stdout, re.MULTILINE)
