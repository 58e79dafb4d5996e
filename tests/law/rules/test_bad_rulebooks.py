"""Each way to break a rulebook gets its own sentence, with the place, in both languages."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from esar.exchange.cli.main import main
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.facts import Given, Kpi, Scorecard
from esar.law.scoring.scorecard import score
from tests.law.scoring.make import measured

HERE = Path("tests/bad_input/rulebooks")
BROKEN: list[dict[str, Any]] = yaml.load(
    (HERE / "broken.yaml").read_text("utf-8"), yaml.CSafeLoader
)


def break_rulebook(case: dict[str, Any], folder: Path) -> None:
    """A copy of the good rulebook with the case's one mistake in it."""
    shutil.copytree(HERE / "good", folder, dirs_exist_ok=True)
    rules = folder / "2570" / "rules.yaml"
    text = rules.read_text("utf-8")
    match case["find"]:
        case "no-sources":
            (folder / "2570" / "sources.yaml").unlink()
        case "all":
            mistake = "[" * 100_000 if case["put"] == "brackets" else case["put"]
            rules.write_text(mistake, encoding=case.get("encoding", "utf-8"))
        case find:
            assert find in text, "the table breaks something that is there"
            rules.write_text(text.replace(find, case["put"], 1), encoding="utf-8")


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_a_broken_rulebook_is_refused_with_its_place(case: dict[str, Any], tmp_path: Path) -> None:
    break_rulebook(case, tmp_path)

    with pytest.raises(Refused) as refused:
        read_rulebook(tmp_path, 2570)
    problems = [problem for problem in refused.value.problems if problem.code == case["code"]]

    assert problems, refused.value
    first = problems[0]
    assert first.place.file.startswith("2570/") or case["code"] == "rules.no_total"
    assert case.get("line") in (None, first.place.line)
    assert case.get("entry") in (None, first.figures.get("entry"))
    assert case["th"] in problem_sentence(first, "th")
    assert case["en"] in problem_sentence(first, "en")


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_the_command_leaves_with_2_and_a_sentence(case: dict[str, Any], tmp_path: Path) -> None:
    break_rulebook(case, tmp_path)

    result = CliRunner().invoke(main, ["rules", "check", "--rulebook", str(tmp_path)])

    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert case["th"].split()[0] in result.output


def test_there_are_thirty_of_them() -> None:
    assert len(BROKEN) >= 30


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    break_rulebook(BROKEN[0], tmp_path)
    rules = tmp_path / "2570" / "rules.yaml"
    text = (
        rules.read_text("utf-8")
        .replace("scale: 100", "scale: lots")
        .replace("places: 1\n", "places: x\n")
    )
    rules.write_text(text, encoding="utf-8")

    with pytest.raises(Refused) as refused:
        read_rulebook(tmp_path, 2570)

    assert [problem.code for problem in refused.value.problems] == [
        "rules.duplicate_key",
        "rules.not_a_whole_number",
        "rules.not_a_decimal",
    ]


def test_a_made_up_year_needs_yaml_only() -> None:
    book = read_rulebook(HERE / "good", 2570)
    kpis = (
        Kpi("1", "performance", Decimal(60), measured("10 20 30 40", "25")),
        Kpi("2", "trust", Decimal(40), Given(None)),
    )
    result = score(Scorecard(2570, "department", "กรมสมมติ", "12m", kpis), book)

    # 60 + 20 × (25 − 20) ÷ (30 − 20) = 70; × 60 % = 42.0: bronze below 50.
    assert ([str(k.points) for k in result.kpis], str(result.total)) == (
        ["70.0000", "0.0000"],
        "42.0",
    )
    assert result.grade is not None
    assert result.grade.id == "bronze"
