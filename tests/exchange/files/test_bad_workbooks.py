"""Every broken file in `tests/bad_input/workbooks` is refused for what is wrong with it."""

from __future__ import annotations

import re
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from esar.exchange.files.reading import read_scorecards
from esar.kernel.problems import Place, Problem, Refused
from esar.kernel.wording import codes, problem_sentence
from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.scorecard import score

HOME = Path("tests/bad_input/workbooks")
EXPECTED: list[dict[str, Any]] = yaml.load(
    (HOME / "expected.yaml").read_text("utf-8"), yaml.CSafeLoader
)
MAX_SECONDS = 4.0  # of this process's own work: what else the machine does says nothing


@cache
def book(year: int) -> Rulebook:
    return read_rulebook(Path("rulebook"), year)


def problems_of(path: Path) -> list[Problem]:
    """What reading and then scoring the file refuses it for."""
    try:
        for card in read_scorecards(path):
            score(card, book(card.year))
    except Refused as refused:
        return list(refused.problems)
    return []


def as_written(problem: Problem) -> dict[str, object]:
    place = problem.place
    figures = {
        "code": problem.code,
        "line": place.line,
        "sheet": place.sheet,
        "row": place.row,
        "field": place.field,
    }
    return {key: value for key, value in figures.items() if value}


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_a_broken_file_is_refused_for_every_reason_and_no_other(case: dict[str, Any]) -> None:
    book(2567), book(2561)
    started = time.process_time()

    problems = problems_of(HOME / case["file"])

    assert time.process_time() - started < MAX_SECONDS
    assert [as_written(problem) for problem in problems] == case["problems"]
    assert {problem.place.file for problem in problems} == {case["file"]}
    assert case["thai"] in problem_sentence(problems[0], "th")
    assert case["english"] in problem_sentence(problems[0], "en")


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_every_problem_speaks_both_languages(case: dict[str, Any]) -> None:
    for problem in problems_of(HOME / case["file"]):
        for language in ("th", "en"):
            sentence = problem_sentence(problem, language)
            assert "{" not in sentence.replace("{…}", "")


def test_every_broken_file_is_expected() -> None:
    there = {path.name for path in HOME.iterdir()} - {"expected.yaml"}

    assert there == {case["file"] for case in EXPECTED}
    assert len(there) >= 32


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere.xlsx", "file.missing"), ("", "file.is_folder"), ("x" * 300, "file.unreadable")],
)
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, code: str) -> None:
    assert [problem.code for problem in problems_of(tmp_path / name)] == [code]


def test_a_file_beyond_twenty_million_bytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(20_000_001)

    assert problems_of(path) == [Problem("file.too_large", {"most": 20}, Place(file="large.csv"))]


def test_every_code_of_the_reader_has_a_sentence_and_every_sentence_a_use() -> None:
    readers = (Path("esar/kernel/figures.py"), *Path("esar/exchange/files").glob("*.py"))
    source = "".join(path.read_text("utf-8") for path in readers)
    used = set(re.findall(r'"(file\.[a-z0-9_]+)"', source))

    assert used == {code for code in codes() if code.startswith("file.")}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("lists.json", "[" + "[]," * 5_000_000 + "[]]", "file.too_many_values"),
        ("figures.json", '{"year": ' + "9" * 5_000_000 + "}", "file.too_many_digits"),
        ("objects.json", '{"kpis": [' + "{}," * 290_000 + "{}]}", "file.more_problems"),
        ("deep.json", '{"a":' * 200_000, "file.nested_too_deep"),
        ("lines.csv", "year,kind,body,round,id,score\n" + "x\n" * 5_000_000, "file.too_many_cells"),
        ("commas.csv", "year,kind,body,round,id,score\n" + "," * 9_000_000, "file.too_many_cells"),
        ("quote.csv", 'year,kind,body,round,id,score\n"' + "a" * 9_000_000, "file.bad_csv"),
    ],
    ids=lambda value: value[:12],
)
def test_a_hostile_text_is_refused_quickly(tmp_path: Path, name: str, text: str, code: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    started = time.process_time()

    problems = problems_of(path)

    assert code in {problem.code for problem in problems}
    assert len(problems) <= 501
    assert time.process_time() - started < MAX_SECONDS
