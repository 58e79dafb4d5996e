"""Files as people send them, read into the same scorecards whatever their form."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from esar.exchange.files import json_form
from esar.exchange.files.reading import read_scorecards
from esar.kernel.problems import Place, Refused
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.facts import Given, Items, Measured, Outputs, Plan, Scorecard, StepsDone
from esar.law.scoring.scorecard import score

SAMPLES = Path("samples")
HEAD = "year,kind,body,round,id,component,weight"


def read_text(tmp_path: Path, text: str, name: str = "card.csv") -> list[Scorecard]:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return read_scorecards(path)


def read_json(tmp_path: Path, value: Any) -> list[Scorecard]:
    return read_text(tmp_path, json.dumps(value, ensure_ascii=False), "card.json")


def card_of(*kpis: dict[str, Any]) -> dict[str, Any]:
    return {"year": 2567, "kind": "department", "body": "ก", "round": "12m", "kpis": list(kpis)}


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_every_form_of_the_sample_is_the_same_scorecard(suffix: str) -> None:
    expected = read_scorecards(SAMPLES / "dit-2567.json")

    assert read_scorecards(SAMPLES / f"dit-2567.{suffix}") == expected


def test_the_sample_scores_what_was_published() -> None:
    (card,) = read_scorecards(SAMPLES / "dit-2567.xlsx")

    assert score(card, read_rulebook(Path("rulebook"), 2567)).total == Decimal("99.94")


def test_thai_digits_and_thousands_are_read(tmp_path: Path) -> None:
    text = (
        f"{HEAD},target_1,target_2,target_3,actual\r\n"
        '๒๕๖๗,กรม,กรมการค้าภายใน,รอบ ๑๒ เดือน,๑,performance,๓๕%,"๑,๑๕๐.๔๐","1,202.17",1256.27,'
        '" ๑,๒๕๙.๘๖ "\r\n'
    )

    (card,) = read_text(tmp_path, text)

    assert (card.year, card.body_kind, card.round) == (2567, "department", "12m")
    targets = (Decimal("1150.40"), Decimal("1202.17"), Decimal("1256.27"))
    assert card.kpis[0].result == Measured("higher", targets, Decimal("1259.86"))
    assert card.kpis[0].weight == 35


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_of_a_csv_is_found(tmp_path: Path, separator: str) -> None:
    text = f"\ufeff{HEAD},score\n2567,province,จังหวัดลพบุรี,12m,1,performance,70,\n"

    (card,) = read_text(tmp_path, text.replace(",", separator))

    assert card.kpis[0].result == Given(None)


def test_rows_belong_to_the_scorecard_above_until_another_begins(tmp_path: Path) -> None:
    text = (
        f"{HEAD},score,received,note\n"
        "2567,department,ก,12m,1,performance,70,80,2024-10-31,x\n"
        ",,,,2.1,digital,20,90,,\n"
        "\n"
        ",,ข,,1,performance,70,81,,\n"
        "2567,department,ก,12m,2.2,pmqa,10,99,,x\n"
    )

    first, second = read_text(tmp_path, text)

    assert [kpi.id for kpi in first.kpis] == ["1", "2.1", "2.2"]
    assert (first.received, first.note) == (date(2024, 10, 31), "x")
    assert (second.body, second.received, second.note) == ("ข", None, "")
    assert second.kpis[0].place == Place(file="card.csv", row=5)


def test_items_join_their_kpi(tmp_path: Path) -> None:
    text = (
        f"{HEAD},target_1,target_2,target_3,actual,steps_done,item_of\n"
        "2567,department,ก,12m,1,performance,70,,,,,,\n"
        ",,,,a,,1,1,2,3,2.5,,1\n"
        ",,,,b,,2,1,2,3,,,1\n"
        ',,,,2.1,digital,20,,,,,"1,2",\n'
    )

    (card,) = read_text(tmp_path, text)

    items = card.kpis[0].result
    assert isinstance(items, Items)
    assert [(item.id, item.weight, item.result.actual) for item in items.items] == [
        ("a", 1, Decimal("2.5")),
        ("b", 2, None),
    ]
    assert card.kpis[1].result == StepsDone(frozenset({1, 2}))


def test_every_form_of_result_is_read_from_json(tmp_path: Path) -> None:
    item = {"id": "a", "weight": 1, "direction": "lower", "targets": [3, 2, 1], "actual": None}
    output = {"month": "2018-01", "done": None}
    (card,) = read_json(
        tmp_path,
        card_of(
            {"id": "1", "targets": [1.10, 2, 3]},
            {"id": "2", "score": None},
            {"id": "3", "steps_done": None},
            {"id": "4", "items": [item]},
            {"id": "5", "planned": "4", "achieved": None},
            {"id": "6", "activities": [{"id": "1", "start": "2017-10", "outputs": [output]}]},
            {"id": "7"},
        ),
    )

    results = [kpi.result for kpi in card.kpis]
    assert results[0] == Measured("higher", (Decimal("1.1"), Decimal(2), Decimal(3)), None)
    assert results[1:3] == [Given(None), StepsDone(None)]
    assert isinstance(results[3], Items)
    assert results[3].items[0].result.direction == "lower"
    assert results[4] == Outputs(4, None)
    assert isinstance(results[5], Plan)
    assert results[5].activities[0].outputs[0].month == date(2018, 1, 1)
    assert results[6] == Given(None)


def test_what_we_kept_is_read_as_it_is_and_what_is_sent_within_limits() -> None:
    name, decision = "ลดคดี\x0bอาญา", "ก" * 8000  # pasted from Word; as long as a panel may write
    kpi = {"id": "1.1", "name": name, "weight": "100", "score": "90", "not_applicable": decision}
    card = {"year": 2567, "kind": "department", "body": "กรม", "round": "12m", "kpis": [kpi]}
    text = json.dumps([card], ensure_ascii=False)

    (own_card,) = json_form.read(text, Place())
    assert (own_card.kpis[0].label, own_card.kpis[0].not_applicable) == (name, decision)
    with pytest.raises(Refused) as raised:
        json_form.read(text, Place(), is_sent=True)
    codes = [(problem.place.field, problem.code) for problem in raised.value.problems]
    assert codes == [
        ("[0].kpis[0].name", "file.control_character"),
        ("[0].kpis[0].not_applicable", "file.too_long"),
    ]


def test_a_list_of_scorecards_says_the_line_of_each(tmp_path: Path) -> None:
    cards = [card_of({"id": "1"}), card_of({"id": "1", "score": "x"})]
    text = "[\n" + ",\n".join(json.dumps(card) for card in cards) + "\n]"

    with pytest.raises(Refused) as refused:
        read_text(tmp_path, text, "cards.json")

    (problem,) = refused.value.problems
    assert problem.place == Place(file="cards.json", line=3, field="[1].kpis[0].score")


def workbook_of(rows: list[list[Any]]) -> Workbook:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return workbook


def test_instructions_may_stand_above_the_header_and_dates_in_cells(tmp_path: Path) -> None:
    rows = [
        ["คำชี้แจง"],
        [],
        ["ปีงบประมาณ (year)", "ประเภทหน่วยงาน", "body", "รอบ", "วันที่ส่ง", "id", "score"],
        [2567, "ส่วนราชการ", "ก", 12, date(2024, 10, 31), 2.1, 99.7],
    ]
    workbook = workbook_of(rows)
    path = tmp_path / "card.xlsx"
    workbook.save(path)

    (card,) = read_scorecards(path)

    assert (card.round, card.received, card.kpis[0].id) == ("12m", date(2024, 10, 31), "2.1")
    assert card.kpis[0].place == Place(file="card.xlsx", sheet="Sheet", row=4)


def test_a_per_cent_cell_is_read_as_it_is_shown(tmp_path: Path) -> None:
    workbook = workbook_of(
        [[*HEAD.split(","), "score"], [2567, "จังหวัด", "ก", "12m", "1", "p", 0.35, 9]]
    )
    sheet = workbook.active
    assert sheet is not None
    sheet["G2"].number_format = "0.00%"
    path = tmp_path / "card.xlsx"
    workbook.save(path)

    assert read_scorecards(path)[0].kpis[0].weight == 35


def test_a_formula_with_its_stored_value_is_read(tmp_path: Path, recalculate: Any) -> None:
    workbook = workbook_of(
        [
            [*HEAD.split(","), "score", "name"],
            [2567, "จังหวัด", "ก", "12m", "1", "p", "=7*5", "=0.1+0.2", '=""'],
        ]
    )
    path = tmp_path / "card.xlsx"
    workbook.save(path)

    (card,) = read_scorecards(recalculate(path))

    assert card.kpis[0].weight == 35
    assert card.kpis[0].result == Given(Decimal("0.3"))
    assert load_workbook(path)["Sheet"]["H2"].value == "=0.1+0.2"


def test_an_ods_is_read_like_the_xlsx_it_was_saved_from(tmp_path: Path, recalculate: Any) -> None:
    header = [*HEAD.split(","), "received", "name", "actual", "target_1", "target_2"]
    row = [2567, "จังหวัด", "ก", "12m", "1.10", "p", 0.35, date(2024, 10, 31), "a  b\nc", "=0.1+0.2"]
    workbook = workbook_of([["คำชี้แจง"], header, [*row, 0.125, -3], [], [None] * 4 + ["2.2"]])
    sheet = workbook.active
    assert sheet is not None
    sheet["G3"].number_format = sheet["K3"].number_format = "0.0%"
    workbook.save(tmp_path / "card.xlsx")

    (from_ods,) = read_scorecards(recalculate(tmp_path / "card.xlsx", "ods"))

    assert [from_ods] == read_scorecards(recalculate(tmp_path / "card.xlsx"))
    assert from_ods.kpis[0].weight == 35
    targets = (Decimal("12.5"), Decimal(-3))
    assert from_ods.kpis[0].result == Measured("higher", targets, Decimal("0.3"))
    assert (from_ods.kpis[0].label, from_ods.received) == ("a  b\nc", date(2024, 10, 31))
    assert from_ods.kpis[1].place == Place(file="card.ods", sheet="Sheet", row=5)
