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


def codes(tmp_path: Path, value: list[dict[str, Any]]) -> list[str]:
    path = tmp_path / "sent.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    result = esar("score", str(path), "--json")
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
    ],
)
def test_a_day_that_cannot_be_the_receipts_is_refused(
    tmp_path: Path, received: str, expected: list[str]
) -> None:
    assert codes(tmp_path, [card | {"received": received} for card in cards()]) == expected


@pytest.mark.parametrize(
    "changes",
    [{}, {"body": " จังหวัด\u200bลพบุรี "}, {"body": "อีกชื่อหนึ่ง", "code": "th-16"}],
)
def test_one_body_twice_in_a_round_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    card = cards()[0] | {"body": "จังหวัดลพบุรี", "code": "TH-16"}

    assert codes(tmp_path, [card, card | changes]) == ["score.body_twice"]
