"""`esar rules` as an official would ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from esar.law.rules.reading import years_in
from esar.law.rules.reference import reference
from tests.exchange.cli.run import answer, esar
from tests.law.scoring.make import book


def ids(*arguments: str) -> list[str]:
    return [rule["id"] for rule in answer("rules", "show", *arguments)]


def test_on_1_october_2560_the_groups_a_and_b_bind() -> None:
    output = esar("rules", "show", "2561", "4.2", "--on", "2017-10-01").stdout

    assert "กลุ่ม A" in output
    assert "15 กันยายน 2560" in output
    assert "4.2.topics" not in ids("2561", "4.2", "--on", "2017-10-01")


def test_on_1_november_2560_they_do_not_and_the_six_topics_do() -> None:
    output = esar("rules", "show", "2561", "4.2", "--on", "2017-11-01").stdout
    topics = book(2561).entries["4.2.topics"].versions[-1].value.topics

    assert "กลุ่ม A" not in output
    assert len(topics) == 6
    assert "15 พฤศจิกายน 2560" in output
    assert "11 ตุลาคม 2560" in output


def test_the_difference_of_the_two_days_is_told_in_words() -> None:
    changes = {
        change["id"]: change["what"]
        for change in answer("rules", "diff", "2561", "--on", "2017-10-01", "--on", "2017-11-01")
    }

    assert changes["4.2.groups"] == "ends"
    assert changes["4.2.topics"] == "begins"
    assert changes["4.2.plan-due"] == "differs"


def test_the_difference_of_two_years_shows_the_new_grades() -> None:
    changes = {change["id"]: change for change in answer("rules", "diff", "2567", "2568")}
    grades = json.dumps(changes["grades"], ensure_ascii=False)

    assert changes["satisfaction"]["what"] == "begins"
    assert "ระดับดีมาก" in grades
    assert "ระดับคุณภาพ" in grades


def test_a_year_does_not_differ_from_itself() -> None:
    assert answer("rules", "diff", "2567", "2567") == []


def test_assumptions_lists_each_with_its_reason() -> None:
    rows = answer("rules", "assumptions", "2567")

    assert {"rounding.points", "rounding.total"} <= {row["entry"] for row in rows}
    assert all(row["th"] and row["en"] for row in rows)


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "2599"],
        ["show", "2567", "nothing"],
        ["show", "2567", "--on", "2567-10-01"],
        ["show", "2567", "--on", "yesterday"],
        ["diff", "2567"],
        ["check", "--rulebook", "docs"],
    ],
)
def test_a_wrong_question_is_answered_with_2_and_a_sentence(arguments: list[str]) -> None:
    result = esar("rules", *arguments)

    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert result.stderr.strip()


def test_every_year_is_sound() -> None:
    assert [summary["year"] for summary in answer("rules", "check")] == [2554, 2561, 2567, 2568]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("year", years_in(Path("rulebook")))
def test_the_reference_in_docs_is_what_the_rulebook_says(year: int, language: str) -> None:
    """`make reference` writes it again."""
    document = Path(f"docs/reference/rules-{year}.{language}.md").read_text("utf-8")

    assert document == reference(book(year), language)


def test_the_json_of_a_rule_holds_its_day_and_clause() -> None:
    rules: list[dict[str, Any]] = answer("rules", "show", "2567", "grades")

    assert (rules[0]["since"], rules[0]["cites"][0]["source"]) == (
        "2023-10-01",
        "opdc-letter-2566-12",
    )
