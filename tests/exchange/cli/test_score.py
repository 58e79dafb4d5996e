"""`esar score` as a user types it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.cli.run import answer, esar

EXAMPLE = {
    "year": 2567,
    "kind": "department",
    "body": "กรมตัวอย่าง",
    "round": "12m",
    "kpis": [
        {
            "id": "1",
            "component": "performance",
            "weight": "35",
            "direction": "higher",
            "targets": ["98.72", "98.84", "98.90"],
            "actual": "98.94",
        },
        {
            "id": "2",
            "component": "performance",
            "weight": "35",
            "direction": "higher",
            "targets": ["1150.40", "1202.17", "1256.27"],
            "actual": "1259.86",
        },
        {"id": "2.1", "component": "digital", "weight": "20", "score": "99.80"},
        {"id": "2.2", "component": "pmqa", "weight": "10", "score": None},
    ],
}


def write(folder: Path, value: Any, name: str = "cards.json") -> str:
    path = folder / name
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_the_published_dit_figures_give_99_94_and_quality() -> None:
    (card,) = answer("score", "samples/dit-2567.json")

    assert (card["total"], card["grade"]["id"], card["grade"]["th"]) == (
        "99.94",
        "quality",
        "ระดับคุณภาพ",
    )
    assert [kpi["points"] for kpi in card["kpis"][:2]] == ["100.0000", "100.0000"]


def test_the_json_answer_holds_points_weighted_status_and_steps(tmp_path: Path) -> None:
    (card,) = answer("score", write(tmp_path, EXAMPLE))
    first, last = card["kpis"][0], card["kpis"][-1]

    assert {key: first[key] for key in ("id", "points", "weighted", "status")} == {
        "id": "1",
        "points": "100.0000",
        "weighted": "35.000000",
        "status": "reported",
    }
    assert (last["status"], last["weighted"]) == ("not_reported", "0.000000")
    assert [step["rule"] for step in first["steps"]] == ["ladder", "rounding.points", "total"]
    assert first["steps"][0]["cites"][0]["source"] == "opdc-minutes-5-2566"


def test_a_list_answers_in_the_order_of_the_input(tmp_path: Path) -> None:
    cards = [{**EXAMPLE, "body": name} for name in ("ข", "ก", "ค")]

    assert [one["body"] for one in answer("score", write(tmp_path, cards))] == ["ข", "ก", "ค"]


def test_the_twelve_activity_plan_is_100_per_cent_and_passes_round_one() -> None:
    (card,) = answer("score", "samples/legal-execution-2561.json")
    (kpi,) = card["kpis"]

    assert (card["total"], card["grade"]["id"], kpi["points"], kpi["passed"]) == (
        "100.00",
        "pass",
        "100.0000",
        True,
    )
    assert kpi["steps"][0]["formula"] == "4 × 100 ÷ 4"


def last_line(path: Path | str, *options: str) -> str:
    return esar("score", str(path), *options).stdout.splitlines()[-2]


def of_a_plan(outputs: list[dict[str, Any]]) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(Path("samples/legal-execution-2561.json").read_text("utf-8"))
    activity = {"id": "1", "name": "แผน", "type": "1", "start": "2017-10", "outputs": outputs}
    card["kpis"][0]["activities"] = [activity]
    return card


NOTHING_DUE = of_a_plan([{"month": "2018-05", "done": None}])
UNREPORTED = of_a_plan([{"month": "2018-01", "done": None}])
UNDONE = of_a_plan([{"month": "2018-01", "done": False}])


@pytest.mark.parametrize(
    ("card", "total", "line"),
    [
        (
            NOTHING_DUE,
            "–",
            "คะแนนรวม – จาก 100 · ไม่จัดระดับ เพราะยังไม่มีสิ่งใดถึงกำหนดในรอบ 6 เดือน",
        ),
        (UNREPORTED, "–", "คะแนนรวม – จาก 100 · ไม่รายงานผล"),
        (UNDONE, "0.00", "คะแนนรวม 0.00 จาก 100 · ไม่ผ่าน"),
    ],
)
def test_nothing_due_nothing_reported_and_zero_are_three_totals(
    card: dict[str, Any], total: str, line: str, tmp_path: Path
) -> None:
    (tmp_path / "card.json").write_text(json.dumps([card]), "utf-8")
    many = [card | {"body": f"จังหวัด {place}"} for place in range(30)]
    (tmp_path / "cards.json").write_text(json.dumps(many), "utf-8")

    assert last_line(tmp_path / "card.json") == line
    table = esar("score", str(tmp_path / "cards.json")).stdout
    assert re.findall(r"│ +([–0-9.]+) │", table) == [total] * 30


def test_a_round_that_is_not_graded_says_so() -> None:
    line = last_line("samples/dit-2567.json", "--round", "6m")
    assert line == "คะแนนรวม 70.00 จาก 70 · รอบ 6 เดือนไม่จัดระดับ"


def test_the_round_can_be_chosen_on_the_command_line() -> None:
    (card,) = answer("score", "samples/dit-2567.json", "--round", "6m")

    assert (card["total"], card["out_of"], card["grade"]) == ("70.00", "70", None)


def test_explain_prints_every_step_with_its_clause_in_thai_and_in_english() -> None:
    thai = esar("score", "samples/dit-2567.json", "--explain", "1").stdout
    english = esar("score", "samples/dit-2567.json", "--explain", "1", "--lang", "en").stdout

    assert "ถึงหรือดีกว่าค่าเป้าหมายขั้นสูง (98.90)" in thai
    assert "reaches or passes the High target (98.90)" in english
    assert "ข้อ 2.3.2 (1)" in thai


def test_an_unknown_kpi_to_explain_is_refused_with_the_known_ones() -> None:
    result = esar("score", "samples/dit-2567.json", "--explain", "9")

    assert (result.exit_code, "1, 2, 2.1, 2.2" in result.stderr) == (2, True)


def test_one_bad_scorecard_among_many_stops_all_and_writes_nothing(tmp_path: Path) -> None:
    bad = {**EXAMPLE, "body": "กรมที่ผิด", "kpis": EXAMPLE["kpis"][:1]}
    out = tmp_path / "out.xlsx"

    result = esar("score", write(tmp_path, [EXAMPLE, bad]), "--out", str(out))

    assert (result.exit_code, out.exists(), result.stdout) == (2, False, "")


def test_an_existing_file_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"mine")

    result = esar("score", "samples/dit-2567.json", "--out", str(out))

    assert (result.exit_code, out.read_bytes()) == (2, b"mine")


@pytest.mark.parametrize("sample", sorted(Path("samples").glob("*-demo.json")), ids=str)
def test_every_demo_sample_scores_and_says_that_it_is_demo_data(sample: Path) -> None:
    assert all("Demo data" in one["note"] for one in answer("score", str(sample)))


def test_the_national_year_has_every_body_and_is_what_the_generator_writes(tmp_path: Path) -> None:
    from esar.demo.sample_year import write as write_demo

    write_demo(tmp_path / "again.json")
    sample = Path("samples/national-2567-demo.json").read_bytes()
    kinds = [card["kind"] for card in json.loads(sample)]

    assert (tmp_path / "again.json").read_bytes() == sample
    assert (kinds.count("department"), kinds.count("province")) == (154, 76)
