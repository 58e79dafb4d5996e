"""What earlier releases left behind: databases and a package, each named after its commit.

The database of dd0206b3 is the first whose rows are bound to its history.

They are never made anew. A database migrates, and the doctor and the log's verification call it in
order; a package replays to the last digit, under the rulebook that it carries.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from esar.agree.scorecards.frozen import AgreedScorecard
from esar.kernel.chain import digest
from esar.kernel.content import Content
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.monthly.frozen import MonthContent

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATABASES = sorted(HERE.glob("database-*.tar.gz"))
PACKAGES = sorted(HERE.glob("package-*.zip"))
PROGRAM = [sys.executable, str(Path(sys.executable).with_name("esar"))]


def run(command: list[str], var: Path) -> str:
    """What a command says about the site in `var`. It ends with 0."""
    environment = {
        name: text
        for name, text in os.environ.items()
        if name not in ("ESAR_DATABASE_URL", "ESAR_FILES_URL", "DJANGO_SETTINGS_MODULE")
    }
    completed = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"ESAR_VAR": str(var), "ESAR_DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr
    return completed.stdout


def unpack(archive: Path, folder: Path) -> None:
    tar = ["tar", "--extract", "--gzip", "--file", str(archive), "--directory", str(folder)]
    subprocess.run(tar, check=True)


def counts(database: Path) -> dict[str, int]:
    """How many rows each table of ours has."""
    with sqlite3.connect(database) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for (table,) in tables.fetchall()
            if not table.startswith(("sqlite_", "django_", "auth_"))
        }


@pytest.mark.any_database
@pytest.mark.parametrize("archive", DATABASES, ids=lambda path: path.name)
def test_a_database_of_an_earlier_release_migrates_and_is_in_order(
    archive: Path, tmp_path: Path
) -> None:
    unpack(archive, tmp_path)
    before = counts(tmp_path / "esar.sqlite3")
    run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], tmp_path)
    after = counts(tmp_path / "esar.sqlite3")

    assert before["history_event"] > 100
    assert {name for name, rows in before.items() if after.get(name, 0) < rows} == set()
    run([*PROGRAM, "doctor"], tmp_path)
    run([*PROGRAM, "audit", "verify"], tmp_path)


@pytest.mark.any_database
@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_a_package_of_an_earlier_release_replays_to_the_last_digit(
    package: Path, tmp_path: Path
) -> None:
    report = json.loads(run([*PROGRAM, "replay", str(package), "--json"], tmp_path))

    assert (report["identical"], report["problems"]) == (True, [])
    assert report["results"] == report["recomputed"] > 0


def test_the_golden_ones_are_there() -> None:
    assert [path.name for path in DATABASES] == [
        "database-b943d35.tar.gz",
        "database-dd0206b3.tar.gz",
    ]
    assert [path.name for path in PACKAGES] == ["package-2567-b943d35.zip"]


# Table and column of the JSON that is bound by its digest → the form it is read into.
FORMS: dict[str, type[Content]] = {
    "SELECT content FROM scorecards_scorecardversion": AgreedScorecard,
    "SELECT content FROM committees_agendaitem WHERE scorecard_id IS NOT NULL": AgreedScorecard,
    "SELECT content FROM plans_plan": PlanContent,
    "SELECT content FROM plans_planversion": PlanContent,
    "SELECT content FROM plan_reports_monthlyversion": MonthContent,
}


@pytest.mark.any_database
@pytest.mark.parametrize("archive", DATABASES, ids=lambda path: path.name)
@pytest.mark.parametrize("select", FORMS)
def test_what_an_earlier_release_kept_is_read_and_written_with_the_same_digest(
    archive: Path, select: str, tmp_path: Path
) -> None:
    unpack(archive, tmp_path)
    with sqlite3.connect(tmp_path / "esar.sqlite3") as connection:
        contents = [json.loads(text) for (text,) in connection.execute(select)]

    assert contents
    written = [FORMS[select].from_json(content).to_json() for content in contents]
    assert [digest(content) for content in written] == [digest(content) for content in contents]
