"""What is typed on the command line is read as the same thing in a file is, or refused alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.cli.run import answer, esar

DIT = "samples/dit-2567.json"


def score_of(tmp_path: Path, **fields: Any) -> Any:
    """DIT's scorecard with other fields in its second KPI, which is in ล้านบาท, as answered."""
    card = json.loads(Path(DIT).read_text("utf-8"))
    card["kpis"][1].update(fields)
    path = tmp_path / "card.json"
    path.write_text(json.dumps(card, ensure_ascii=False), encoding="utf-8")
    return json.loads(esar("score", str(path), "--json").stdout)


@pytest.mark.parametrize("typed", ["12m", "12", "๑๒", "รอบ 12 เดือน", " 12M "])
def test_a_round_may_be_typed_as_it_may_stand_in_a_file(typed: str) -> None:
    assert answer("score", DIT, "--round", typed) == answer("score", DIT)


@pytest.mark.parametrize("typed", ["", "  "])
def test_a_round_without_a_word_is_refused_and_not_passed_over(typed: str) -> None:
    result = esar("score", DIT, "--round", typed)

    assert (result.exit_code, "6m | 9m | 12m" in result.stderr) == (2, True)


@pytest.mark.parametrize("typed", ["๒.๑", "2 . 1", "2.1\u200b"])
def test_a_kpi_is_found_by_its_number_however_it_is_typed(typed: str) -> None:
    explained = esar("score", DIT, "--explain", typed)

    assert (explained.exit_code, explained.stdout) == (
        0,
        esar("score", DIT, "--explain", "2.1").stdout,
    )


@pytest.mark.parametrize("typed", ["๔.๒", "4. 2"])
def test_a_rule_is_found_by_its_number_however_it_is_typed(typed: str) -> None:
    assert answer("rules", "show", "2561", typed) == answer("rules", "show", "2561", "4.2")


@pytest.mark.parametrize("words", ["ท\u0e49\u0e31งปี", "ทั้ง\u200bปี", "ทั้งปี ", "Year", "ｙｅａｒ"])
def test_whose_targets_a_kpi_is_held_to_is_read_as_it_looks(tmp_path: Path, words: str) -> None:
    assert score_of(tmp_path, held_to=words) == score_of(tmp_path, held_to="year")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"actual": "1259.86%"}, "kpis[1].actual"),
        ({"targets": ["1150.40", "1202.17 %", "1256.27"]}, "kpis[1].targets[1]"),
    ],
)
def test_a_per_cent_sign_in_another_unit_is_refused_as_in_a_form(
    tmp_path: Path, fields: dict[str, Any], place: str
) -> None:
    (problem,) = score_of(tmp_path, **fields)["problems"]

    assert (problem["code"], problem["field"]) == ("form.no_per_cent", place)


@pytest.mark.parametrize("unit", ["ร้อยละ", "% ของแผน", ""])
def test_a_per_cent_sign_in_per_cent_or_where_no_unit_is_told_is_taken(
    tmp_path: Path, unit: str
) -> None:
    (card,) = score_of(tmp_path, unit=unit, actual="1202.17 %")

    assert card["kpis"][1]["points"] == "75.0000"


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"actual": ["ก"]}, '["ก"]'),
        ({"actual": {"ค่า": None}}, '{"ค่า": null}'),
        ({"not_applicable": True}, "true"),
    ],
)
def test_what_is_no_figure_and_no_text_is_shown_as_it_stands_in_the_file(
    tmp_path: Path, fields: dict[str, Any], value: str
) -> None:
    (problem,) = score_of(tmp_path, **fields)["problems"]

    assert problem["en"].startswith(f"card.json, field {problem['field']}: ")
    assert value in problem["en"]


@pytest.mark.parametrize("command", [("rules", "show"), ("rules", "document"), ("template",)])
@pytest.mark.parametrize("year", ["2024", "๒๐๒๔"])
def test_a_gregorian_year_is_answered_with_the_buddhist(
    command: tuple[str, ...], year: str
) -> None:
    (problem,) = json.loads(esar(*command, year, "--json").stdout)["problems"]

    assert (problem["code"], problem["en"]) == (
        "file.gregorian_year",
        "2024 is a Gregorian year; fiscal years are Buddhist. Did you mean 2567?",
    )


@pytest.mark.parametrize("year", ["1", "2400", "2700", "9999", "-2567"])
def test_holidays_of_what_is_no_fiscal_year_are_refused(year: str) -> None:
    (problem,) = json.loads(esar("rules", "holidays", "--json", "--", year).stdout)["problems"]

    assert problem["code"] == "file.not_a_year"


@pytest.mark.parametrize("arguments", [("rules", "show", "2599"), ("template", "2599")])
def test_no_refusal_speaks_of_scoring_where_nothing_was_to_be_scored(
    arguments: tuple[str, ...],
) -> None:
    assert esar(*arguments).stderr.endswith("พบ 1 ข้อที่ต้องแก้ ยังไม่ได้ดำเนินการใด\n")


def test_a_document_is_written_over_nothing_unless_that_is_said(tmp_path: Path) -> None:
    there = tmp_path / "rules.md"
    there.write_text("mine")

    refused = esar("rules", "document", "2567", "--out", str(there))
    assert (refused.exit_code, there.read_text()) == (2, "mine")

    assert esar("rules", "document", "2567", "--out", str(there), "--force").exit_code == 0
    assert there.read_text("utf-8").startswith("# หลักเกณฑ์การประเมิน")
