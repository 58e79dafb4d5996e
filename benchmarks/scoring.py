"""The rate of scoring, and what one card costs at the command, beside an earlier commit.

`python -m benchmarks.scoring [--against COMMIT]` checks the commit out into a temporary folder,
lets both trees score every sample in turn, each in a process of its own, and prints both rates with
their ratio. Time is the CPU's own, of the fastest pass: whatever else the machine and its host do
only makes the others slower. The scores of both, as JSON with every step, are held against each
other byte by byte. Both score under the rulebooks of the earlier commit, so that only the software
differs; a year that is refused today is read as it stands today, and its scores then differ at
least in the rulebook's hash.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.readme import put

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
CARD = SAMPLES / "dit-2567.json"
HEADING = "## Scoring beside an earlier commit"
BEFORE = "611868d"  # the last commit before scoring was made faster
PARTS = ("esar", "rulebook")
PASSES = 15
STARTS = 9
COMMAND = "from esar.config.command import main; main()"


@dataclass(frozen=True)
class Tree:
    """A checkout whose scorer answers from a process of its own."""

    folder: Path
    scorer: subprocess.Popen[str]

    def ask(self, question: str) -> Any:
        assert self.scorer.stdin is not None
        assert self.scorer.stdout is not None
        print(question, file=self.scorer.stdin, flush=True)
        return json.loads(self.scorer.stdout.readline())

    def start_cost(self) -> float:
        """Seconds of CPU that `esar score` of one card takes, from its start to its end."""
        arguments = [sys.executable, "-c", COMMAND, "score", str(CARD)]
        child = subprocess.Popen(
            arguments,
            env=_environment(self.folder),
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0, arguments
        return usage.ru_utime + usage.ru_stime


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", metavar="COMMIT", default=BEFORE)
    parser.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.answer:
        answer(options.answer)
    else:
        compare(options.against)


def compare(commit: str) -> None:
    """Both trees in turn, so that a busy minute slows both."""
    with tempfile.TemporaryDirectory() as folder:
        check_out(commit, Path(folder))
        with (
            scorer_of(Path(folder), Path(folder)) as before,
            scorer_of(ROOT, Path(folder)) as after,
        ):
            trees = (before, after)
            rates = [[tree.ask("rate") for tree in trees] for _ in range(PASSES)]
            starts = [[tree.start_cost() for tree in trees] for _ in range(STARTS + 1)][1:]
            outputs = [tree.ask("scores") for tree in trees]
    lines = [
        HEADING,
        "",
        f"`python -m benchmarks.scoring` on {datetime.now(UTC).date().isoformat()}, in turn with "
        f"commit {commit}: seconds of CPU time, the fastest of {PASSES} passes over the samples "
        f"and of {STARTS} starts.",
        "",
        "| what | before | now | times as fast |",
        "| --- | ---: | ---: | ---: |",
        _row("KPIs scored a second, every step kept", rates, "{:,.0f}", more_is_faster=True),
        _row("`esar score` of one card, seconds", starts, "{:.3f}", more_is_faster=False),
        "",
        *_differences(*outputs),
        "",
    ]
    put("\n".join(lines))
    print("\n".join(lines))


def check_out(commit: str, folder: Path, parts: Sequence[str] = PARTS) -> None:
    """What scoring needs of a commit, or other parts, with its sentences compiled."""
    archive = subprocess.run(
        ["git", "archive", commit, *parts], cwd=ROOT, check=True, capture_output=True
    )
    tar = ["tar", "--extract", "--directory", str(folder)]
    subprocess.run(tar, input=archive.stdout, check=True)
    subprocess.run(
        [sys.executable, "-m", "esar.kernel.wording"],
        env=_environment(folder),
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def scorer_of(folder: Path, rules: Path) -> Iterator[Tree]:
    with subprocess.Popen(
        [sys.executable, __file__, "--answer", str(rules / "rulebook")],
        env=_environment(folder),
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as scorer:
        yield Tree(folder, scorer)
        assert scorer.stdin is not None
        scorer.stdin.close()


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(folder)}


def answer(rulebook: Path) -> None:
    """The scorer of the tree in the working directory, asked over stdin."""
    from esar.kernel.problems import Refused
    from esar.law.rules.reading import read_rulebook
    from esar.law.scoring.scorecard import score
    from esar.law.scoring.wire import score_as_json

    cards = list(_sample_cards(Refused))
    books = {}
    for year in {card.year for card in cards}:
        try:
            books[year] = read_rulebook(rulebook, year)
        except Refused:
            books[year] = read_rulebook(Path("rulebook"), year)
    kpis = sum(len(card.kpis) for card in cards)
    gc.collect()
    for question in sys.stdin:
        begun = time.process_time()
        scores = [score(card, books[card.year]) for card in cards]
        spent = time.process_time() - begun
        if question.strip() == "rate":
            print(json.dumps(kpis / spent), flush=True)
        else:
            texts = [json.dumps(score_as_json(result), ensure_ascii=False) for result in scores]
            print(json.dumps(texts), flush=True)


def _sample_cards(refused: type[Exception]) -> Iterator[Any]:
    """The scorecards of every sample that holds some; letters and lists are refused and left."""
    from esar.exchange.files.reading import read_scorecards

    for path in sorted(SAMPLES.iterdir()):
        try:
            yield from read_scorecards(path)
        except refused:
            continue


def _row(what: str, pairs: list[list[float]], form: str, *, more_is_faster: bool) -> str:
    fastest = max if more_is_faster else min
    before, after = (fastest(column) for column in zip(*pairs, strict=True))
    ratio = after / before if more_is_faster else before / after
    return f"| {what} | {form.format(before)} | {form.format(after)} | {ratio:.2f} |"


def _differences(before: list[str], after: list[str]) -> Iterator[str]:
    """How many scores are not byte for byte the same, and in which keys the first of them."""
    pairs = zip(before, after, strict=True)
    different = [(json.loads(old), json.loads(new)) for old, new in pairs if old != new]
    yield f"The JSON of {len(after)} scorecards, byte by byte: {len(different)} differ."
    for old, new in different[:5]:
        keys = [key for key in new if old.get(key) != new[key]]
        yield f"- {new['body']} {new['year']} {new['round']}: {', '.join(keys)}"


if __name__ == "__main__":
    main(sys.argv[1:])
