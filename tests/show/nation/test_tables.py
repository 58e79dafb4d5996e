"""Each table counts its own rows, and stands beside what the documents print."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from esar.config.command import main
from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook
from esar.show.nation.registry import AsOf, Figure, Table, as_json, checked, register, tables_of
from esar.show.nation.tables import RowList
from tests.agree.agendas.make import enterprise, load
from tests.make import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
YEAR_2567 = read_rulebook(Path("rulebook"), 2567)
T8 = {
    "weights": {"1": 70, "2": 30, "2.1": 20, "2.2": 10},
    "groups": {"1": ["1.1", "1.2"]},
    "points": [50, 75, 100],
    "grades": {
        "quality": [90, 100],
        "standard-high": [75, "89.99"],
        "standard-basic": [60, "74.99"],
        "needs-improvement": [0, "59.99"],
    },
}


def answer(*arguments: str) -> Any:
    result = CliRunner().invoke(main, ["tables", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def a_table(figures: list[Figure]) -> Table[Any]:
    return Table("T8", rows=lambda _as_of: [], figures=lambda _rows: figures, page=RowList)


def as_of(book: Rulebook = YEAR_2567) -> AsOf:
    return AsOf(book, book.year.last_day)


def test_the_command_answers_the_frame_of_2567_in_json() -> None:
    assert answer("2567", "T8", "--json") == {"T8": T8}


def test_the_command_for_all_tables_holds_each_of_them() -> None:
    codes = [table.code for table in tables_of(as_of().rules)]

    assert list(answer("2567", "--json")) == codes


def test_the_command_shows_what_is_printed_beside_what_is_counted() -> None:
    result = CliRunner().invoke(main, ["tables", "2567", "T8", "--lang", "en"])

    assert result.exit_code == 0, result.output
    row = next(line for line in result.stdout.splitlines() if "PMQA" in line)
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells[1:] == ["10", "the commission’s letter 10 ✓"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["2567", "T99"], "Year 2567 has no table T99; it has "),
        (["2500"], "There is no rulebook"),
    ],
)
def test_what_there_is_not_is_refused_in_a_sentence(arguments: list[str], sentence: str) -> None:
    result = CliRunner().invoke(main, ["tables", *arguments, "--lang", "en"])

    assert (result.exit_code, sentence in result.stderr) == (2, True), result.output


def test_figures_become_records_and_lists_by_their_paths() -> None:
    figures = [
        Figure("total", "", 3),
        Figure("rows/water/0", "", 1),
        Figure("rows/water/1", "", 2),
        Figure("shares/0", "", "33.33"),
    ]

    assert as_json(figures) == {"total": 3, "rows": {"water": [1, 2]}, "shares": ["33.33"]}


def test_a_figure_stands_beside_each_document_that_prints_it() -> None:
    figures = [Figure("weights/1", "", 70), Figure("points/0", "", 51), Figure("more", "", 1)]

    rows = checked(a_table(figures), [], as_of())

    assert [row.standing for row in rows] == ["agrees", "differs", "unprinted"]
    assert [[(one.text, one.agrees) for one in row.checks] for row in rows] == [
        [("70", True)],
        [("50", False)],
        [],
    ]


def test_a_code_is_given_to_one_table_only() -> None:
    with pytest.raises(ValueError, match="T8"):
        register(a_table([]))


def test_a_year_without_a_ladder_has_no_frame() -> None:
    book = read_rulebook(Path("rulebook"), 2561)

    assert "T8" not in [table.code for table in tables_of(as_of(book).rules)]


def test_every_printed_figure_has_its_place_in_its_table(world: World) -> None:
    """A path that no table counts would be a check of nothing."""
    from esar.law.rules.kinds import Printed

    enterprise()
    load(world)
    tables = {table.code: table for table in tables_of(as_of().rules)}
    for rule in YEAR_2567.on(date.max).of_kind(Printed):
        if (table := tables.get(rule.value.table)) is not None:
            paths = {row.figure.at for row in checked(table, table.rows(as_of()), as_of())}
            assert set(rule.value.figures) - paths == set(), rule.id
            assert set(rule.value.why) <= set(rule.value.figures), rule.id


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "path", ["/years/2567/tables/", "/years/2567/tables/figures/", "/years/2567/tables/T8/"]
)
def test_everybody_reads_the_tables(client: Client, path: str, language: str) -> None:
    client.cookies["language"] = language

    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/years/2500/tables/", "/years/2567/tables/T99/"])
def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_figure_opens_to_the_rows_that_it_counts(client: Client) -> None:
    page = client.get("/years/2567/tables/T8/?part=points")

    assert len(page.context["list"].lines) == len(T8["points"])


@pytest.mark.parametrize(
    ("path", "count"), [("figures.csv", None), ("T8.csv", 13), ("T8.csv?part=grades", 4)]
)
def test_rows_and_figures_are_given_out_as_csv(
    client: Client, path: str, count: int | None
) -> None:
    text = client.get(f"/years/2567/tables/{path}").content.decode("utf-8-sig")

    lines = list(csv.reader(StringIO(text)))
    assert len(lines) - 1 == (
        count or len(client.get("/years/2567/tables/figures/").context["list"].lines)
    )


def test_the_year_page_leads_to_its_tables(client: Client) -> None:
    assert 'href="/years/2567/tables/"' in client.get("/years/2567/").content.decode()


def test_a_figure_that_is_a_day_is_read_in_words_and_kept_as_one() -> None:
    figure = Figure("days/0", "เห็นชอบ", date(2023, 6, 7))

    assert figure.shown == "7 มิถุนายน 2566"
    assert as_json([figure]) == {"days": ["2023-06-07"]}


@pytest.mark.parametrize("typed", ["t8", "Ｔ８", "T๘"])
def test_the_command_finds_a_table_however_its_code_is_typed(typed: str) -> None:
    assert answer("2567", typed, "--json") == {"T8": T8}


def test_pages_of_tables_speak_no_key_of_the_rulebook(client: Client) -> None:
    provinces = client.get("/years/2567/tables/T6/").content.decode()
    leads = client.get("/years/2567/tables/T5/").content.decode()

    assert '<option value="e1">' in provinces
    assert not re.search(r">\s*[esn][1-7]\s*<", provinces)
    assert not re.search(r">\s*(access|start|end|surroundings)\s*<", leads)
