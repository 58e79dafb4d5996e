"""A province of 2561 whose plan has no output in a round: no grade and no zero, anywhere."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from esar.exchange.cli.main import main
from esar.exchange.files.results import TOTALS, write_results
from esar.judge.results.actions import record_result
from esar.judge.results.models import Result
from esar.law.scoring.facts import Activity, Kpi, Outputs, Plan, PlannedOutput, Scorecard
from esar.law.scoring.scorecard import score
from esar.show.public.open_data.queries import package_of
from tests.law.scoring.make import book
from tests.show.public.make import AT, province

pytestmark = pytest.mark.django_db
with_two_provinces = pytest.mark.usefixtures("two_provinces")


def plan_of_may() -> Plan:
    activity = Activity(
        "1", "กิจกรรม", "1", date(2018, 4, 1), (PlannedOutput(date(2018, 5, 1), None),)
    )
    return Plan((activity,))


def card(code: str, result: Any) -> Scorecard:
    kpi = Kpi("4.2", "innovation", None, result, "แผน")
    return Scorecard(2561, "province", f"จังหวัดทดสอบ {code}", "6m", (kpi,), code=code)


@pytest.fixture
def two_provinces() -> list[Result]:
    """TH-90 has nothing due by March; TH-91 has three of four outputs."""
    cards = [card("TH-90", plan_of_may()), card("TH-91", Outputs(4, 3))]
    return [
        record_result(province(one.code), score(one, book(2561)), is_demo=True, at=AT)
        for one in cards
    ]


def words(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_result_has_no_grade_and_says_why(two_provinces: list[Result]) -> None:
    nothing, three = two_provinces

    assert (nothing.grade_id, three.grade_id) == ("", "fail")
    assert (nothing.explanation["grade"], nothing.explanation["status"]) == (None, "not_due")
    assert "status" not in three.explanation


@with_two_provinces
def test_pages_say_that_nothing_is_due_and_count_it_in_no_mean(client: Client) -> None:
    page = words(client, "/results/2561/6m/TH-90/")
    assert "ไม่มีระดับ เพราะยังไม่มีสิ่งใดถึงกำหนด" in page
    assert "ไม่ผ่าน" not in page
    assert "ภาคเหนือ 2 75.00 75.00 75.00" in words(client, "/results/2561/6m/overview/")
    listed = words(client, "/results/2561/6m/")
    assert "ยังไม่ถึงกำหนด" in listed


@with_two_provinces
def test_files_of_the_list_leave_total_and_grade_empty(client: Client) -> None:
    answer: Any = client.get("/results/2561/6m/results.csv")
    text = (b"".join(answer) if answer.streaming else answer.content).decode("utf-8-sig")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(text))}
    nothing, three = rows["TH-90"], rows["TH-91"]

    assert [nothing[key] for key in ("status", "total", "grade")] == ["not_due", "", ""]
    assert [three[key] for key in ("status", "total", "grade")] == ["reported", "75.00", "fail"]


@with_two_provinces
def test_the_package_has_no_grade_and_replays(tmp_path: Path) -> None:
    package = package_of(2561)
    assert package is not None
    path = tmp_path / "esar-2561.zip"
    path.write_bytes(package.content)
    with zipfile.ZipFile(path) as archive:
        name = next(one for one in archive.namelist() if one.endswith("results.csv"))
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))

    assert {row["body"]: row["grade"] for row in rows} == {"TH-90": "", "TH-91": "fail"}
    assert CliRunner().invoke(main, ["replay", str(path)]).exit_code == 0


@with_two_provinces
def test_the_workbook_says_it_in_words(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "results.xlsx"
    write_results([score(card("TH-90", plan_of_may()), book(2561))], path, Path("rulebook"))

    assert load_workbook(path)[TOTALS]["G2"].value == (
        "ไม่มีสิ่งใดถึงกำหนดประเมินในรอบ 6 เดือน จึงไม่จัดระดับ"
    )
