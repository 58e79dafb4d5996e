"""What earlier releases left behind: databases and packages, each named after its commit.

f3a4861, 9f84468, 621176d and 7605f06 are 110, 90, 60 and 40 commits before b943d35: of a few bodies
each, of three years. The database of dd0206b3 is the first whose rows are bound to its history;
4169cc4 is the first whose rulebooks and packages say their version.

They are never made anew. A database migrates, and the doctor and the log's verification call it in
order; a package replays to the last digit, under the rulebook that it carries. Words may be others.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from esar.agree.scorecards.frozen import AgreedScorecard
from esar.exchange.cli.main import main
from esar.exchange.packaging.opening import opened
from esar.kernel.chain import digest
from esar.kernel.content import Content
from esar.kernel.problems import Place
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.monthly.frozen import MonthContent
from tests import migrated
from tests.exchange.packaging.make import rehashed, replayed

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATABASES = sorted(HERE.glob("database-*.tar.*"))
PACKAGES = sorted(HERE.glob("package-*.zip"))
OLDEST = ["621176d", "7605f06", "9f84468", "f3a4861"]
# Between the oldest and b943d35 no release lies: of those three databases a commit has one at its
# turn, and `ESAR_EVERY_DATABASE=1` has all of them.
BETWEEN = OLDEST[:3]
ANY_ORDER = re.compile(
    r"\('(?:true|false|null)',\s*'(?:true|false|null)',\s*'(?:true|false|null)'\)"
)
QUICK = """
from tests.quick_states import make_quick
make_quick()
"""
# One process for all three: an upgrade, then what whoever runs the site asks.
UPGRADE = """
from django.core.management import execute_from_command_line
from tests.in_order import out_of_order
execute_from_command_line(["manage.py", "migrate", "--verbosity", "0"])
assert not (findings := out_of_order()), findings
"""


def upgrade(var: Path, program: str) -> None:
    """The site in `var` migrates; the doctor and the log's verification call it in order."""
    environment = {
        name: text
        for name, text in os.environ.items()
        if name not in ("ESAR_DATABASE_URL", "ESAR_FILES_URL")
    }
    settings = {"DJANGO_SETTINGS_MODULE": "esar.config.settings", "ESAR_DEMO": "1"}
    completed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment | settings | {"ESAR_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr


def unpack(archive: Path, folder: Path) -> None:
    tar = ["tar", "--extract", "--file", str(archive), "--directory", str(folder)]
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


def tables(database: Path) -> dict[str, str]:
    """How each table, index and trigger was made; three words of JSON stand in any order there."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master"
        )
        return {name: ANY_ORDER.sub("(true, false, null)", sql) for name, sql in rows.fetchall()}


def is_its_turn(archive: Path) -> bool:
    """Whether this commit migrates a database; all of them where no commit is known."""
    between = [commit for commit in BETWEEN if commit in archive.name]
    git = ["git", "rev-parse", "HEAD"]
    head = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not between or not head or "ESAR_EVERY_DATABASE" in os.environ:
        return True
    return BETWEEN[int(head, 16) % len(BETWEEN)] == between[0]


@pytest.mark.any_database
@pytest.mark.parametrize("archive", DATABASES, ids=lambda path: path.name)
def test_a_database_of_an_earlier_release_migrates_and_is_in_order(
    archive: Path, tmp_path: Path
) -> None:
    """The oldest as `manage.py migrate` does it; it has the tables of one that was made quickly."""
    if not is_its_turn(archive):
        pytest.skip("another of the databases between releases has its turn at this commit")
    unpack(archive, tmp_path)
    before = counts(tmp_path / "esar.sqlite3")
    upgrade(tmp_path, UPGRADE if OLDEST[-1] in archive.name else QUICK + UPGRADE)
    migrated.copy_to(tmp_path / "new.sqlite3")
    after = counts(tmp_path / "esar.sqlite3")

    assert before["history_event"] > 100
    assert {name for name, rows in before.items() if after.get(name, 0) < rows} == set()
    assert tables(tmp_path / "esar.sqlite3") == tables(tmp_path / "new.sqlite3")


@pytest.mark.any_database
@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_a_package_of_an_earlier_release_replays_to_the_last_digit(package: Path) -> None:
    answer = CliRunner().invoke(main, ["replay", str(package), "--json"])
    report = json.loads(answer.stdout)

    assert (answer.exit_code, report["same_figures"], report["problems"]) == (0, True, [])
    assert report["results"] == report["recomputed"] > 0


def files_of(commit: str) -> dict[str, bytes]:
    return opened((HERE / f"package-2567-{commit}.zip").read_bytes(), Place())


EXPLANATION, FIRST_STEP = "explanations/DIT-12m.json", "kpis[0].steps[0]"


@pytest.mark.parametrize("commit", OLDEST)
@pytest.mark.parametrize(
    ("name", "before", "after", "place"),
    [
        (EXPLANATION, '"total": "', '"total": "9', Place(EXPLANATION, field="total")),
        (EXPLANATION, '"th": "ผล 4', '"th": "ผล 94', Place(EXPLANATION, field=f"{FIRST_STEP}.th")),
        (
            "data/results.csv",
            "DIT,12m,",
            "DIT,12m,9",
            Place("data/results.csv", row=3, field="total"),
        ),
        ("rulebook/2567/calendar.yaml", "2024-02-29", "2024-02-28", Place("rulebook/2567")),
    ],
)
def test_a_figure_changed_in_an_old_package_is_found_with_its_place(
    commit: str, name: str, before: str, after: str, place: Place
) -> None:
    files = files_of(commit)
    text = files[name].decode("utf-8")
    assert before in text
    report = replayed(rehashed({**files, name: text.replace(before, after, 1).encode("utf-8")}))

    assert place in [problem.place for problem in report.problems]


@pytest.mark.parametrize("commit", OLDEST)
def test_a_word_changed_in_an_old_package_is_told_apart(commit: str) -> None:
    files = files_of(commit)
    text = files[EXPLANATION].decode("utf-8").replace('"th": "ผล 4', '"th": "ผลลัพธ์ 4', 1)
    report = replayed(rehashed({**files, EXPLANATION: text.encode("utf-8")}))

    assert (report.problems, report.same_figures, report.identical) == ((), True, False)
    place = Place(EXPLANATION, field=f"{FIRST_STEP}.th")
    (problem,) = [problem for problem in report.words if problem.place == place]
    assert str(problem.figures["found"]).startswith("“ผลลัพธ์ 4")


def test_the_golden_ones_are_there() -> None:
    assert [path.name for path in DATABASES] == [
        "database-4169cc4.tar.xz",
        "database-621176d.tar.xz",
        "database-7605f06.tar.xz",
        "database-9f84468.tar.xz",
        "database-b943d35.tar.gz",
        "database-dd0206b3.tar.gz",
        "database-f3a4861.tar.xz",
    ]
    assert [path.name for path in PACKAGES] == [
        *(f"package-2554-{commit}.zip" for commit in ["4169cc4", *OLDEST]),
        *(f"package-2561-{commit}.zip" for commit in ["4169cc4", *OLDEST]),
        *(f"package-2567-{commit}.zip" for commit in sorted(["4169cc4", *OLDEST, "b943d35"])),
    ]


# Table and column of the JSON that is bound by its digest → the form it is read into.
FORMS: dict[str, type[Content]] = {
    "SELECT content FROM scorecards_scorecardversion": AgreedScorecard,
    "SELECT content FROM committees_agendaitem WHERE scorecard_id IS NOT NULL": AgreedScorecard,
    "SELECT content FROM plans_plan": PlanContent,
    "SELECT content FROM plans_planversion": PlanContent,
    "SELECT content FROM plan_reports_monthlyversion": MonthContent,
}


# What the demo did not have yet in the two oldest releases.
NOT_YET = {
    f"database-{commit}.tar.xz": {select for select in FORMS if "FROM plan" in select}
    for commit in ("f3a4861", "9f84468")
}


@pytest.mark.any_database
@pytest.mark.parametrize("archive", DATABASES, ids=lambda path: path.name)
def test_what_an_earlier_release_kept_is_read_and_written_with_the_same_digest(
    archive: Path, tmp_path: Path
) -> None:
    unpack(archive, tmp_path)
    with sqlite3.connect(tmp_path / "esar.sqlite3") as connection:
        contents_by_select = {
            select: [json.loads(text) for (text,) in connection.execute(select)] for select in FORMS
        }

    empty_tables = {select for select, contents in contents_by_select.items() if not contents}
    assert empty_tables == NOT_YET.get(archive.name, set())
    for select, contents in contents_by_select.items():
        written = [FORMS[select].from_json(content).to_json() for content in contents]
        assert [digest(content) for content in written] == [digest(content) for content in contents]
