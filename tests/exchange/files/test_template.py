"""The empty workbook: what it shows, and that it can be read back once it is filled."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from esar.exchange.files.columns import key_of
from esar.exchange.files.reading import read_scorecards
from esar.exchange.files.template import INSTRUCTIONS, KPIS, write_template
from esar.kernel.problems import Refused
from esar.law.rules.reading import read_rulebook, years_in
from esar.law.scoring.facts import Given, Measured

RULEBOOK = Path("rulebook")
EVERY_FORM = [
    (year, kind)
    for year in years_in(RULEBOOK)
    for kind in read_rulebook(RULEBOOK, year).body_kinds()
]


def write(year: int, kind: str, path: Path) -> dict[str, int]:
    """Write the template; the number of each column, and of the header's row under ""."""
    write_template(read_rulebook(RULEBOOK, year), kind, path)
    sheet = load_workbook(path)[KPIS]
    row = next(row for row in range(1, 21) if key_of(str(sheet.cell(row, 1).value)) == "year")
    columns = {key_of(str(cell.value)) or "?": cell.column for cell in sheet[row] if cell.value}
    return columns | {"": row}


def fill(path: Path, at: dict[str, int], rows: dict[int, dict[str, Any]]) -> None:
    workbook = load_workbook(path)
    for number, fields in rows.items():
        for key, value in fields.items():
            workbook[KPIS].cell(at[""] + number, at[key]).value = value
    workbook.save(path)


@pytest.mark.parametrize(("year", "kind"), EVERY_FORM)
def test_an_untouched_form_lacks_only_the_body(tmp_path: Path, year: int, kind: str) -> None:
    path = tmp_path / "form.xlsx"
    at = write(year, kind, path)

    with pytest.raises(Refused) as refused:
        read_scorecards(path)
    fill(path, at, {1: {"body": "กรมทดสอบ"}})
    (card,) = read_scorecards(path)

    assert {problem.place.field for problem in refused.value.problems} == {"body"}
    assert (card.year, card.body_kind, card.body) == (year, kind, "กรมทดสอบ")
    assert "?" not in at


def test_a_filled_form_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    at = write(2567, "department", path)
    first = {
        "body": "กรมทดสอบ",
        "id": "1",
        "component": "performance",
        "weight": 70,
        "target_1": 80,
        "target_2": 90.5,
        "target_3": 95,
        "actual": 93.25,
    }

    fill(path, at, {1: first, 11: {"score": 99.7}, 12: {"score": 100}})
    (card,) = read_scorecards(path)

    targets = (Decimal(80), Decimal("90.5"), Decimal(95))
    assert [kpi.id for kpi in card.kpis] == ["1", "2.1", "2.2"]
    assert [kpi.weight for kpi in card.kpis] == [70, 20, 10]
    assert card.kpis[0].result == Measured("higher", targets, Decimal("93.25"))
    assert card.kpis[1].result == Given(Decimal("99.7"))
    assert card.round == "12m"


def test_the_sums_of_weights_are_live(tmp_path: Path, recalculate: Callable[..., Path]) -> None:
    path = tmp_path / "form.xlsx"
    at = write(2567, "department", path)

    fill(path, at, {1: {"body": "ก", "id": "1", "component": "performance", "weight": 69.5}})
    sheet = load_workbook(recalculate(path), data_only=True)[KPIS]

    cells = [[cell.value for cell in row[1:4]] for row in sheet["A3:D6"]]
    assert cells == [
        [69.5, 70, "ยังไม่ตรง"],
        [20, 20, "ครบ"],
        [10, 10, "ครบ"],
        [99.5, 100, "ยังไม่ตรง"],
    ]


def test_the_form_names_levels_grades_and_sources(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    at = write(2567, "province", path)
    workbook = load_workbook(path)

    header = [cell.value for cell in workbook[KPIS][at[""]]]
    words = "\n".join(str(row[0]) for row in workbook[INSTRUCTIONS].iter_rows(values_only=True))
    choices = {one.formula1 for one in workbook[KPIS].data_validations.dataValidation}

    assert "ค่าเป้าหมายขั้นต้น (target_1)" in header
    assert "target_4" not in at
    assert "ระดับคุณภาพ: 90.00–100.00" in words or "ระดับคุณภาพ: 90–100" in words
    assert '"performance,digital,pmqa"' in choices
    assert workbook[KPIS].freeze_panes is not None
