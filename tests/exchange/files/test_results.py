"""The results workbook, recalculated by LibreOffice, gives every figure that scoring gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from esar.exchange.files.reading import read_scorecards
from esar.exchange.files.results import KPIS, TOTALS, write_results
from esar.kernel.problems import Refused
from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.facts import (
    Given,
    Item,
    Items,
    Kpi,
    Measured,
    Outputs,
    Result,
    Scorecard,
    StepsDone,
)
from esar.law.scoring.scorecard import Score, score

RULEBOOK = Path("rulebook")
SAMPLES = Path("samples")
Recalculate = Callable[..., Path]


@cache
def book(year: int) -> Rulebook:
    return read_rulebook(RULEBOOK, year)


def scored(cards: list[Scorecard]) -> list[Score]:
    return [score(card, book(card.year)) for card in cards]


def sample(name: str) -> list[Score]:
    return scored(read_scorecards(SAMPLES / name))


def measured(targets: str, actual: str | None, direction: Any = "higher") -> Measured:
    ladder = tuple(Decimal(target) for target in targets.split())
    return Measured(direction, ladder, None if actual is None else Decimal(actual))


def card(results: list[Result], round_id: str = "12m", **more: Any) -> Scorecard:
    """A department's scorecard of 2567: results share the weight 70 of Performance Base."""
    weight, rest = divmod(Decimal(70), Decimal(len(results)))
    kpis = [
        Kpi(str(number), "performance", weight + (rest if number == 1 else 0), result)
        for number, result in enumerate(results, start=1)
    ]
    kpis.append(Kpi("2.1", "digital", Decimal(20), Given(Decimal("99.7"))))
    kpis.append(Kpi("2.2", "pmqa", Decimal(10), Given(None)))
    return Scorecard(2567, "department", "กรมทดสอบ", round_id, tuple(kpis), **more)


EVERY_METHOD: list[Result] = [
    measured("98.72 98.84 98.90", "98.8765"),
    measured("98.72 98.84 98.90", "98.71"),
    measured("26 23 20", "24.1", "lower"),
    measured("26 23 20", "26", "lower"),
    measured("26 23 20", "19", "lower"),
    measured("-3 -1 0.5", "-0.7"),
    measured("-3 -1 0.5", "0"),
    measured("0 1 2", "0"),
    measured("80 90 95", None),
    measured("0 80 95", "0.00016"),
    StepsDone(frozenset({1, 2})),
    StepsDone(frozenset({2, 3})),
    StepsDone(frozenset()),
    StepsDone(None),
    Items(
        (
            Item("a", Decimal(3), measured("80 90 95", "91.3")),
            Item("b", Decimal("1.7"), measured("9 7 5", "8.11", "lower")),
            Item("c", Decimal(2), measured("1 2 3", None)),
        )
    ),
    Items((Item("a", Decimal(1), measured("80 90 95", None)),)),
]


def random_results(seed: int) -> list[Result]:
    random = Random(seed)
    results: list[Result] = []
    for _ in range(20):
        low = Decimal(random.randint(-10_000, 10_000_000)) / 100
        step = Decimal(random.randint(1, 5000)) / 100
        targets = [low, low + step, low + step * 2 + Decimal(random.randint(0, 99)) / 100]
        actual = low + step * Decimal(random.randint(-20, 300)) / 128
        direction = random.choice(("higher", "lower"))
        if direction == "lower":
            targets = [-target for target in targets]
            actual = -actual
        results.append(Measured(direction, tuple(targets), round(actual, 4)))  # type: ignore[arg-type]
    return results


def shown(value: Any) -> Decimal:
    """A calculated figure as its shortest decimal: what a spreadsheet shows."""
    return Decimal(repr(value))


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    rows = load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    headings = [str(heading) for heading in next(rows)]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def formulas(path: Path) -> int:
    return sum(
        cell.data_type == "f" for sheet in load_workbook(path) for row in sheet for cell in row
    )


def compare(scores: list[Score], path: Path, recalculate: Recalculate) -> int:
    """Every formula's figure against the exact one; how many were compared.

    Once what stands beside the formulas, and once what LibreOffice makes of the formulas alone.
    """
    write_results(scores, path, RULEBOOK)
    formulas_alone = path.with_name("formulas.xlsx")
    load_workbook(path).save(formulas_alone)
    assert not any(row["คะแนนรวม / Total"] for row in table(formulas_alone, TOTALS))
    compared = compare_figures(scores, recalculate(formulas_alone))
    assert compared == compare_figures(scores, path) == formulas(path), "every formula was compared"
    return compared


def compare_figures(scores: list[Score], calculated: Path) -> int:
    compared = 0
    for row in table(calculated, KPIS):
        for formula, computed in (
            ("คะแนน / Points", "คะแนนจากระบบ / Computed points"),
            ("คะแนนถ่วงน้ำหนัก / Weighted", "ถ่วงน้ำหนักจากระบบ / Computed weighted"),
        ):
            if row[computed] is None:
                assert row[formula] is None
                continue
            assert shown(row[formula]) == Decimal(row[computed]), (row, formula)
            compared += 1
    for row, card_score in zip(table(calculated, TOTALS), scores, strict=False):
        assert shown(row["คะแนนรวม / Total"]) == card_score.total
        assert row["คะแนนจากระบบ / Computed total"] == f"{card_score.total:f}"
        assert shown(row["คะแนนเต็มที่ถึงกำหนด / Out of"]) == card_score.out_of
        compared += 2
        if card_score.grade is not None:
            assert row["ระดับ / Grade"] == card_score.grade.label.th
            compared += 1
    return compared


def test_every_method_of_2567_is_reproduced(tmp_path: Path, recalculate: Recalculate) -> None:
    cards = [
        card(EVERY_METHOD),
        card(EVERY_METHOD, "6m"),
        card(random_results(1)),
        card(random_results(2)),
        card([measured("80 90 95", "92.5")]),
    ]
    scores = scored(cards) + sample("dit-2567.json") + sample("province-2567-demo.json")

    assert compare(scores, tmp_path / "results.xlsx", recalculate) > 150


def test_a_weight_that_moved_is_reproduced(tmp_path: Path, recalculate: Recalculate) -> None:
    three = card([measured("80 90 95", "92"), measured("1 2 3", "2.3"), measured("1 2 3", "2.9")])
    left_out = replace(three.kpis[1], not_applicable="=มติ ก.พ.ร.")
    scores = scored([replace(three, kpis=(three.kpis[0], left_out, *three.kpis[2:]))])

    compare(scores, tmp_path / "results.xlsx", recalculate)


def test_older_regimes_are_reproduced(tmp_path: Path, recalculate: Recalculate) -> None:
    names = ["province-2554-demo.json", "province-2561-demo.json", "legal-execution-2561.json"]
    scores = [card_score for name in names for card_score in sample(name)]

    compare(scores, tmp_path / "results.xlsx", recalculate)


def test_a_share_just_under_the_pass_mark_is_graded_by_the_exact_share(
    tmp_path: Path, recalculate: Recalculate
) -> None:
    """16,000 of 20,001 are shown as 80.00 and do not pass; 16,001 do."""
    shares = [Outputs(20001, 16000), Outputs(20001, 16001), Outputs(13, 10), Outputs(5, 4)]
    cards = [
        Scorecard(2561, "province", "จังหวัด", "12m", (Kpi("4.2", "innovation", None, one),))
        for one in shares
    ]
    scores = scored(cards)

    assert [one.grade.id for one in scores if one.grade] == ["fail", "pass", "fail", "pass"]
    assert [f"{one.total:f}" for one in scores] == ["80.00", "80.00", "76.92", "80.00"]
    compare(scores, tmp_path / "results.xlsx", recalculate)


def test_a_late_report_says_what_it_lost_and_why(tmp_path: Path) -> None:
    (card_score,) = sample("province-2554-demo.json")
    late = [step for step in card_score.steps if step.code == "step.late"]

    write_results([card_score], tmp_path / "results.xlsx", RULEBOOK)
    (row,) = [r for r in table(tmp_path / "results.xlsx", TOTALS) if r["ปีงบประมาณ / Fiscal year"]]

    assert late
    assert shown(row["หักส่งล่าช้า / Late deduction"]) == late[0].inputs["deduction"]
    assert late[0].text("th") in row["หมายเหตุ / Note"]


def test_bodies_of_every_kind_are_reproduced(tmp_path: Path, recalculate: Recalculate) -> None:
    scores = sample("national-2567-demo.json")[::5]

    assert compare(scores, tmp_path / "results.xlsx", recalculate) > 600


def test_the_same_scores_give_the_same_bytes(tmp_path: Path) -> None:
    scores = sample("dit-2567.json")

    write_results(scores, tmp_path / "one.xlsx", RULEBOOK)
    write_results(scores, tmp_path / "two.xlsx", RULEBOOK)

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_words_never_become_formulas(tmp_path: Path, start: str) -> None:
    words = f'{start}HYPERLINK("http://example.invalid")'
    plain = card([measured("80 90 95", "92")], note=words)
    hostile = replace(
        plain, body=words, kpis=(replace(plain.kpis[0], label=words), *plain.kpis[1:])
    )
    path = tmp_path / "results.xlsx"

    write_results(scored([hostile]), path, RULEBOOK)

    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if words in str(cell.value):
                    assert cell.data_type == "s"
                    assert cell.quotePrefix or not str(cell.value).startswith(start)


def test_scores_of_other_rules_are_not_written(tmp_path: Path) -> None:
    (card_score,) = sample("dit-2567.json")

    with pytest.raises(Refused) as refused:
        write_results(
            [replace(card_score, rulebook_sha256="0")], tmp_path / "results.xlsx", RULEBOOK
        )

    assert refused.value.problems[0].code == "file.rulebook_changed"
    assert list(tmp_path.iterdir()) == []
