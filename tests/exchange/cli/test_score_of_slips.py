"""Slips that a person makes in a file are refused by the command in a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.cli.run import esar

SAMPLE = Path("samples/province-2554-demo.json")


def cards() -> list[dict[str, Any]]:
    value = json.loads(SAMPLE.read_text("utf-8"))
    return value if isinstance(value, list) else [value]


def codes(tmp_path: Path, value: list[dict[str, Any]], *options: str) -> list[str]:
    path = tmp_path / "sent.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    result = esar("score", str(path), "--json", *options)
    answer = json.loads(result.stdout)
    return [problem["code"] for problem in answer["problems"]] if result.exit_code else []


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2011-11-02", []),
        ("2011-09-30", []),
        ("2011-09-29", ["score.received_before_end"]),
        ("1954-11-02", ["score.received_before_end"]),
        ("2012-10-31", ["score.holidays_unknown"]),  # a year late at most, but not to be counted
        ("2012-11-01", ["score.received_long_after"]),
        ("2054-11-02", ["score.received_long_after"]),
        ("2554-11-02", ["file.buddhist_date"]),
        ("54-11-02", ["file.not_a_day"]),
        ("02/11/2011", ["file.not_a_day"]),
        ("2011-11-00", ["file.no_such_day"]),
        ("2012-02-30", ["file.no_such_day"]),
        ("2011-11-02T23:30:00+07:00", ["file.not_a_day"]),  # whose day?
        ("๒๐๑๑-๑๑-๐๒", []),
    ],
)
def test_a_day_that_cannot_be_the_receipts_is_refused(
    tmp_path: Path, received: str, expected: list[str]
) -> None:
    assert codes(tmp_path, [card | {"received": received} for card in cards()]) == expected


@pytest.mark.parametrize("received", ["1967-10-31", "2024-09-29", "2567-10-31"])
def test_a_year_that_takes_nothing_off_for_lateness_asks_for_a_true_day_too(
    tmp_path: Path, received: str
) -> None:
    kpi = {"id": "1.1", "component": "performance", "weight": 100, "score": 90}
    card = {"year": 2567, "kind": "department", "body": "ก", "round": "12m", "kpis": [kpi]}
    is_buddhist = received.startswith("25")

    assert codes(tmp_path, [card | {"received": received}])[:1] == [
        "file.buddhist_date" if is_buddhist else "score.received_before_end"
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"body": " จังหวัด\u200bลพบุรี "},
        {"body": "อีกชื่อหนึ่ง", "code": "th-16"},
        {"body": "อีกชื่อหนึ่ง", "code": "ＴＨ-๑๖"},
        {"body": "จังหวัด\u00adลพ\u200dบุรี", "code": "TH-99"},
        {"code": "", "round": "รอบ ๑๒ เดือน", "kind": "จังหวัด"},
        {"code": " TH-16\ufeff", "body": "จ.ลพบุรี"},
    ],
)
def test_one_body_twice_in_a_round_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    card = cards()[0] | {"body": "จังหวัดลพบุรี", "code": "TH-16"}

    assert codes(tmp_path, [card, card | changes]) == ["score.body_twice"]


def test_two_rounds_of_a_body_are_two_until_both_are_scored_as_one(tmp_path: Path) -> None:
    card = {key: value for key, value in cards()[0].items() if key != "received"}
    rounds = [card | {"round": "6m"}, card]

    assert "score.body_twice" not in codes(tmp_path, rounds)
    assert "score.body_twice" in codes(tmp_path, rounds, "--round", "12m")


NO_LETTERS = ("\x00", "\x07", "\x7f", "\ud800", "\ufdd0", "\uffff", "\U0010fffe")


@pytest.mark.parametrize("sign", NO_LETTERS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_no_letter_is_refused_in_its_place(
    tmp_path: Path, sign: str, language: str
) -> None:
    card = cards()[0]
    card["body"] += sign
    card["kpis"][0]["name"] = f"ก{sign}ข"
    path = tmp_path / "sent.json"
    path.write_text(json.dumps(card), encoding="utf-8")

    problems = json.loads(esar("score", str(path), "--json", "--lang", language).stdout)["problems"]
    assert [(problem["code"], problem["field"]) for problem in problems] == [
        ("file.control_character", "kpis[0].name"),
        ("file.control_character", "body"),
    ]


def score_in_earnest(path: Path) -> tuple[int, str]:
    """The exit code, and the first line that people are told, of the command as it is started."""
    command = [sys.executable, "-m", "esar.exchange.cli.main", "score", path, "--lang", "en"]
    answer = subprocess.run(command, capture_output=True, check=False)
    return answer.returncode, answer.stderr.decode("utf-8").partition("\n")[0]


def test_names_that_are_no_text_are_told_and_break_nothing(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    written_in_tis620 = Path(os.fsdecode(folder + "/ผล.json".encode("cp874")))
    with_half_a_letter = tmp_path / "sent.json"
    with_half_a_letter.write_text('{"\\ud800": 1, "kind": "\\udc00"}', encoding="utf-8")

    assert [score_in_earnest(path) for path in (written_in_tis620, with_half_a_letter)] == [
        (2, r"\udcbc\udcc5.json: There is no such file. Check its name and folder."),
        (
            2,
            "sent.json, field \\ud800: The key “\\ud800” is unknown. Known here: year, kind, "
            "body, round, code, note, received, due, province, kpis.",
        ),
    ]


def test_words_are_shown_as_they_are_written(tmp_path: Path) -> None:
    """No word between colons is drawn as a picture, and none in brackets taken for a colour."""
    card = cards()[0]
    card["kpis"][0]["name"], card["body"] = "ก :100: [red]ข", "จังหวัด :smile: [b]"
    card["note"] = ":warning: [i]หมายเหตุ"
    path = tmp_path / "sent.json"
    path.write_text(json.dumps(card), encoding="utf-8")

    output = esar("score", str(path)).output
    words = (card["kpis"][0]["name"], card["body"], card["note"])
    assert [word in output for word in words] == [True, True, True]
