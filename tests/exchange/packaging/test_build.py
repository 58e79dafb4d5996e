"""What a package holds, that it is always the same, and what is not packed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from esar.exchange.packaging.build import build, packed, write_package
from esar.exchange.packaging.edition import Entry
from esar.kernel.problems import Refused
from esar.law.rules.text import Text
from esar.law.scoring.facts import Given, Kpi, Measured, Scorecard
from tests.exchange.packaging.make import (
    EDITION,
    RULEBOOK,
    demo_package,
    entry,
    few_entries,
    few_files,
    replayed,
)
from tests.law.scoring.make import card_2567, given, measured


def table(files: Any, name: str) -> list[dict[str, str]]:
    text = files[f"data/{name}.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def packed_card(card: Scorecard, **more: Any) -> dict[str, bytes]:
    return dict(build(EDITION, [entry(replace(card, code="DEMO"), **more)], RULEBOOK))


def test_two_builds_are_the_same_bytes_whatever_the_order() -> None:
    forwards = packed(EDITION, few_entries(), RULEBOOK)

    assert packed(EDITION, reversed(few_entries()), RULEBOOK) == forwards


def test_the_written_package_has_the_sha256_that_is_given_back(tmp_path: Path) -> None:
    import hashlib

    path = tmp_path / "package.zip"
    sha256 = write_package(path, EDITION, few_entries(), RULEBOOK)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def test_a_package_holds_inputs_explanations_rules_tables_and_its_descriptions() -> None:
    names = {name for name in few_files() if not name.startswith("rulebook/")}
    stems = [entry.release.stem for entry in few_entries()]

    assert names == {
        "README.md",
        "datapackage.json",
        "dcat.jsonld",
        "releases.json",
        "data/results.csv",
        "data/kpis.csv",
        "data/bodies.csv",
        "data/rules_cited.csv",
        "data/self_evaluations.csv",
        *(f"inputs/{stem}.json" for stem in stems),
        *(f"explanations/{stem}.json" for stem in stems),
    }
    assert {name for name in few_files() if name.startswith("rulebook/")} == {
        f"rulebook/2567/{path.name}" for path in Path("rulebook/2567").glob("*.yaml")
    }


def test_a_corrected_result_says_its_number_and_reason() -> None:
    corrected = few_entries()[1]
    rows = {row["body"]: row for row in table(few_files(), "results")}
    row = rows[corrected.release.code]

    assert (row["result_number"], row["correction_reason"]) == ("2", "แก้ผลตัวชี้วัด 1.1")
    assert (row["total"], row["self_total"]) == (corrected.final_total, "88.88")


def test_not_reported_not_due_not_applicable_and_zero_stay_four_things() -> None:
    zero = Kpi("z", "performance", Decimal(10), measured("10 20 30", "5"))
    unreported = measured("10 20 30", None)
    left_out = replace(zero, id="n", result=unreported, not_applicable="มติ ก.พ.ร.")
    card = card_2567(unreported, weight="50", more=(zero, left_out))
    rows = {row["kpi"]: row for row in table(packed_card(card), "kpis")}
    six = card_2567(measured("10 20 30", "25"), round_id="6m")
    due = {row["kpi"]: row for row in table(packed_card(six), "kpis")}

    assert [
        (rows[kpi]["status"], rows[kpi]["actual"], rows[kpi]["points"]) for kpi in ("1", "z", "n")
    ] == [("not_reported", "", "0.0000"), ("reported", "5", "0.0000"), ("not_applicable", "", "")]
    assert rows["n"]["points_lost"] == ""
    assert Decimal(rows["z"]["points_lost"]) == Decimal(rows["z"]["weight"])
    assert {row["status"] for row in due.values()} >= {"not_due"}


def test_text_that_looks_like_a_formula_is_harmless_and_a_negative_figure_stays_one() -> None:
    result = Measured("higher", (Decimal(-3), Decimal(-2), Decimal(-1)), Decimal("-2.5"))
    card = card_2567(result, more=())
    first = replace(card.kpis[0], label="=HYPERLINK(1)", unit="@SUM(A1)")
    files = packed_card(replace(card, kpis=(first, *card.kpis[1:])), reason="+1+2", number=2)
    row = table(files, "kpis")[0]

    assert (row["name"], row["unit"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")
    assert (row["target_1"], row["actual"]) == ("-3", "-2.5")
    assert table(files, "results")[0]["correction_reason"] == "'+1+2"
    assert replayed(files).identical


def test_csv_has_no_byte_order_mark_and_ends_its_lines_as_rfc_4180_says() -> None:
    data = few_files()["data/results.csv"]

    assert data.startswith(b"body,round,")
    assert data.count(b"\n") == data.count(b"\r\n") == len(few_entries()) + 1


def test_an_explanation_is_the_released_one_and_an_input_is_read_by_the_scorer() -> None:
    first = few_entries()[0]
    files = few_files()

    assert json.loads(files[f"explanations/{first.release.stem}.json"]) == first.explanation
    assert json.loads(files[f"inputs/{first.release.stem}.json"])["body"] == first.scorecard.body


def codes(*entries: Entry) -> list[str]:
    with pytest.raises(Refused) as refused:
        list(build(EDITION, entries, RULEBOOK))
    return [problem.code for problem in refused.value.problems]


def test_a_result_that_is_not_recomputed_as_released_is_not_packed() -> None:
    first = few_entries()[0]
    changed = replace(first, explanation={**first.explanation, "total": "99.99"})

    assert codes(changed) == ["package.not_as_released"]


def test_a_final_total_that_is_not_the_total_is_not_packed() -> None:
    assert codes(replace(few_entries()[0], final_total="1.00")) == ["package.final_differs"]
    assert codes(replace(few_entries()[0], self_total="high")) == ["package.not_a_total"]


def test_what_cannot_be_named_or_stands_twice_is_not_packed() -> None:
    first, second, _ = few_entries()
    card = replace(first.scorecard, code="../x")
    last_year = replace(first.scorecard, year=2566)

    assert codes() == ["package.no_results"]
    assert codes(first, first) == ["package.result_twice"]
    assert codes(replace(first, scorecard=card)) == ["package.bad_code"]
    assert codes(replace(first, scorecard=last_year)) == ["package.other_year"]
    six = replace(first, scorecard=replace(first.scorecard, round="6m"), name=Text("อื่น", "Other"))
    assert codes(first, second, six) == ["package.body_differs"]


def test_an_explanation_kept_by_a_database_in_another_order_is_the_same() -> None:
    first = few_entries()[0]
    sorted_keys = json.loads(json.dumps(first.explanation, sort_keys=True))
    same = replace(first, explanation=sorted_keys)

    assert dict(build(EDITION, [same], RULEBOOK)) == dict(build(EDITION, [first], RULEBOOK))


def test_a_warning_names_no_file_of_the_site() -> None:
    """More KPIs than usual is a warning; its place is left out, so that it replays."""
    more = tuple(
        Kpi(f"x{number}", "performance", Decimal(5), Given(Decimal(80))) for number in range(12)
    )
    files = packed_card(card_2567(given("80"), weight="10", more=more))
    (warnings,) = (json.loads(files["explanations/DEMO-12m.json"])["warnings"],)

    assert warnings
    assert {warning["file"] for warning in warnings} == {""}
    assert replayed(files).identical


VALIDATE = """
import sys
from frictionless import Package, system
with system.use_context(trusted=False):
    report = Package(sys.argv[1]).validate()
print(len(report.tasks), [error.message for task in report.tasks for error in task.errors])
print(report.errors)
sys.exit(not report.valid)
"""


def test_frictionless_finds_the_descriptor_and_every_resource_valid(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(demo_package())) as archive:
        archive.extractall(tmp_path)
        count = len(archive.namelist())
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", VALIDATE, "datapackage.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.splitlines()[0] == f"{count - 1} []"
