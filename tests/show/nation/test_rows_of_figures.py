"""Each figure of a year's tables opens to as many rows as it says."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory

from esar.law.rules.reading import read_rulebook
from esar.platform.organisations.models import Body
from esar.show.nation.counts.agendas import HOLDERS, Part, bodies_once
from esar.show.nation.registry import AsOf, Figure, Table, checked, questions_of, tables_of
from esar.show.nation.views import Sheet
from tests.demo.make import Nation

BOOK = read_rulebook(Path("rulebook"), 2567)
AS_OF = AsOf(BOOK, BOOK.year.last_day)
NO_COUNTS = {"T8", "T9"}  # weights, points and grades; years beside each other
# How many KPIs a province has, and holders, whose rows are the provinces and the sub-indicators.
NO_NUMBERS = {"least", "most", "holders_without"}


def rows_of(table: Table[Any], rows: Any, figure: Figure) -> int:
    request = RequestFactory().get(f"/years/2567/tables/{table.code}/?{figure.asks}")
    return len(table.list_of(request, AS_OF, rows).matching())


@pytest.mark.django_db
def test_each_figure_opens_to_as_many_rows_as_it_counts() -> None:
    Nation()
    counted, opened = {}, {}
    for table in [*tables_of(AS_OF.rules), *questions_of(AS_OF.rules)]:
        if table.is_quoted or table.code in NO_COUNTS:
            continue
        rows = table.rows(AS_OF)
        for figure in table.figures(rows):
            if isinstance(figure.value, int) and figure.at not in NO_NUMBERS:
                counted[table.code, figure.at] = figure.value
                opened[table.code, figure.at] = rows_of(table, rows, figure)

    assert opened == counted
    assert len(counted) > 50


@pytest.mark.django_db
def test_a_figure_asks_only_for_what_its_list_knows() -> None:
    Nation()
    unknown = []
    for table in [*tables_of(AS_OF.rules), *questions_of(AS_OF.rules)]:
        rows = table.rows(AS_OF)
        for figure in table.figures(rows):
            request = RequestFactory().get("/", QueryDict(figure.asks).dict())
            chosen = table.list_of(request, AS_OF, rows).chosen
            unknown += [
                (table.code, figure.at, name)
                for name, value in QueryDict(figure.asks).items()
                if chosen.get(name) != value
            ]

    assert unknown == []


@pytest.mark.django_db
def test_tables_are_asked_for_what_one_group_of_committees_supervises() -> None:
    Nation()
    tables = {table.code: table for table in tables_of(AS_OF.rules)}

    def rows_of_group(code: str, group: str) -> int:
        rows = tables[code].rows(AS_OF)
        asks = {"committees": f"committee.level2.{group}"}
        request = RequestFactory().get("/", asks)
        return len(tables[code].list_of(request, AS_OF, rows).matching())

    def by_group(code: str) -> list[int]:
        return [rows_of_group(code, group) for group in ("provinces", "ministries")]

    assert {code: by_group(code) for code in ("T3", "T4", "T5", "T6", "T10")} == {
        "T3": [31, 127],
        "T4": [196, 128],
        "T5": [0, 10],
        "T6": [456, 0],
        "T10": [54, 0],
    }


def test_a_body_of_two_agendas_is_one_row_with_both() -> None:
    body = Body(pk=1, code="DIT")
    water = Part(2567, "water", "น้ำ", body, "department", ("1-01",))
    dust = Part(2567, "dust", "ฝุ่น", body, "department", ("5-01", "5-02"))

    assert [(row.label, row.codes) for row in bodies_once([water, dust])] == [
        ("น้ำ · ฝุ่น", ("1-01", "5-01", "5-02"))
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "path", ["T4/?each=body", "T6/?each=province", "T6/?each=kpi", "T4/?each=nothing"]
)
def test_the_pages_of_things_each_once_are_read(client: Client, path: str, language: str) -> None:
    client.cookies["language"] = language

    assert client.get(f"/years/2567/tables/{path}").status_code == 200


@pytest.mark.django_db
def test_the_file_holds_the_rows_that_the_page_shows(client: Client) -> None:
    text = client.get("/years/2567/tables/T4.csv?each=body").content.decode("utf-8-sig")

    assert next(csv.reader(StringIO(text))) == ["code", "body", "kind", "agendas", "sub_indicators"]


@pytest.mark.django_db
def test_where_every_line_has_the_same_columns_they_stand_in_the_head() -> None:
    figures = [
        Figure("a/0", "a", 1, "", "first"),
        Figure("a/1", "a", 2, "", "second"),
        Figure("b/0", "b", 3, "", "first"),
        Figure("b/1", "b", 4, "", "second"),
    ]

    def heads(of_lines: list[Figure]) -> list[Any]:
        table = Table("T4", lambda _as_of: [], lambda _rows: of_lines, HOLDERS.page)
        return Sheet(table, checked(table, [], AS_OF)).heads

    assert heads(figures) == ["first", "second"]
    assert heads(figures[:3]) == []
    assert heads([Figure("a", "a", 1)]) == []
