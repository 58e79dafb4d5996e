"""Broken CSV and JSON files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.bad_input.good import CARD, HOME, KEYS, ROWS


def table(changes: dict[tuple[int, str], Any] | None = None) -> str:
    """The good table as CSV; data rows count from 2."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(KEYS)
    for number, fields in enumerate(ROWS, start=2):
        writer.writerow([(changes or {}).get((number, key), fields.get(key, "")) for key in KEYS])
    return written.getvalue()


def write_csv() -> None:
    good = table()
    files = {
        "tis620.csv": good.encode("cp874"),
        "latin1.csv": good.encode("utf-8").replace(
            "กรมการค้าภายใน".encode(), b"caf\xe9 \x80\x81\x82"
        ),
        "utf16.csv": good.encode("utf-16"),
        "nul-bytes.csv": good.replace("PMQA", "PM\0QA").encode(),
        "unbalanced-quotes.csv": good.replace("PMQA 4.0", '"PMQA 4.0').encode(),
        "row-too-long.csv": good.replace("ตัวชี้วัดที่ 2", "สินค้า, บริการ, อื่น ๆ").encode(),
        "header-only.csv": (good.splitlines()[0] + "\r\n").encode(),
        "thousands-in-indian-style.csv": table({(3, "actual"): "1,25,986"}).encode(),
        "decimal-comma.csv": table({(2, "actual"): "98,94"}).encode(),
        "blank.csv": b" \r\n\r\n",
    }
    for name, data in files.items():
        (HOME / name).write_bytes(data)


def card(name: str, change: Callable[[dict[str, Any]], object]) -> None:
    changed = deepcopy(CARD)
    change(changed)
    text = json.dumps(changed, ensure_ascii=False, indent=1)
    (HOME / name).write_text(text + "\n", encoding="utf-8")


def kpi(name: str, at: int, **fields: Any) -> None:
    card(name, lambda whole: whole["kpis"][at].update(fields))


def write_json_kpis() -> None:
    kpi("targets-do-not-rise.json", 0, targets=["80", "80", "95"])
    kpi("targets-do-not-fall.json", 0, direction="lower")
    kpi("two-targets.json", 0, targets=["80", "90"])
    kpi("unknown-component.json", 0, component="innovation")
    kpi("negative-weight.json", 0, weight="-70")
    kpi("score-above-100.json", 1, score="100.01")
    kpi("two-forms.json", 0, score="90")
    kpi("boolean.json", 1, score=True)
    kpi("targets-not-a-list.json", 0, targets="80,90,95")
    kpi("unknown-key-in-kpi.json", 0, wieght="70")
    kpi("too-many-digits.json", 0, actual="9" * 40)
    kpi("tiny-decimals.json", 0, actual="0." + "0" * 300 + "1")
    card("step-four-of-three.json", _fourth_step)
    card("nobody-left-to-take-the-weight.json", _all_left_out)


def _all_left_out(whole: dict[str, Any]) -> None:
    for kpi in whole["kpis"]:
        kpi["not_applicable"] = "มติที่ประชุม"


def _fourth_step(whole: dict[str, Any]) -> None:
    whole["kpis"][0] = {
        "id": "1",
        "component": "performance",
        "weight": "70",
        "steps_done": [1, 2, 4],
    }


def write_json() -> None:
    card("gregorian-year.json", lambda whole: whole.update(year=2024))
    card("unknown-key.json", lambda whole: whole.update(rounds="12m"))
    card("no-kpis.json", lambda whole: whole.pop("kpis"))
    card("empty-kpis.json", lambda whole: whole.update(kpis=[]))
    card("kpis-not-a-list.json", lambda whole: whole.update(kpis={"id": "1"}))
    text = json.dumps(CARD, ensure_ascii=False)
    files = {
        "nan.json": text.replace('"92"', "NaN"),
        "infinity.json": text.replace('"92"', "-Infinity"),
        "exponent.json": text.replace('"92"', "9e1000000000"),
        "duplicate-key.json": text.replace('"year": 2567', '"year": 2567, "year": 2566'),
        "nested-100000-deep.json": "[" * 100_000 + "]" * 100_000,
        "not-an-object.json": '[1, "two"]',
        "empty-list.json": "[]",
        "cut-short.json": text[:-9],
        "more-achieved-than-planned.json": PLAN % '"planned": 4, "achieved": 5',
        "buddhist-month.json": PLAN % ACTIVITY,
        "items-twice.json": PLAN % ITEMS,
    }
    for name, content in files.items():
        (HOME / name).write_text(content + "\n", encoding="utf-8")
    (HOME / "tis620.json").write_bytes(text.encode("cp874"))


PLAN = (
    '{"year": 2561, "kind": "province", "body": "จังหวัดลพบุรี", "round": "12m", '
    '"kpis": [{"id": "4.2", "component": "innovation", %s}]}'
)
ACTIVITY = (
    '"activities": [{"id": "1", "start": "2560-10", "outputs": [{"month": "2018-13", "done": 1}]}]'
)
_ITEM = '{"id": "a", "weight": "1", "targets": ["1", "2", "3"], "actual": "2"}'
ITEMS = f'"items": [{_ITEM}, {_ITEM}]'
