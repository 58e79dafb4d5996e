"""Slips that a person makes in a file are refused by the command in a sentence."""

from __future__ import annotations

import json
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
