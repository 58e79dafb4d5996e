"""`esar tables`: the nation's indicators of a year in tables, each figure beside what is printed.

Exit codes: 0 answered, 2 it could not be.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from esar.exchange.cli.output import Answer, answering
from esar.exchange.cli.rules import day_given
from esar.kernel import spelling
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import both
from esar.operations.verify_history import _open_database, fail_unread


@click.command("tables")
@click.argument("year", type=int)
@click.argument("code", required=False, metavar="[TABLE]")
@click.option("--on", "day", callback=day_given, help=both("cli.help.the_day_that_is_counted"))
@answering
def tables(answer: Answer, year: int, code: str | None, day: date | None) -> None:
    """ตารางตัวชี้วัดของทั้งประเทศ / the nation's indicators in tables, counted and checked"""
    _open_database()
    from django.db import DatabaseError

    try:
        _answer(answer, year, code, day)
    except DatabaseError as error:
        fail_unread(error)


def _answer(answer: Answer, year: int, code: str | None, day: date | None) -> None:
    from django.utils import translation

    from esar.show.nation import registry

    book = answer.book(year)
    as_of = registry.AsOf(book, day or book.year.last_day)
    of_year = registry.tables_of(as_of.rules)
    code = spelling.register_code(code) if code else None
    chosen = [table for table in of_year if code in (None, table.code)]
    if code and not chosen:
        codes = ", ".join(table.code for table in of_year)
        raise Refused([Problem("cli.no_such_table", {"code": code, "year": year, "known": codes})])
    with translation.override(answer.language):
        sheets = [(table, registry.checked(table, table.rows(as_of), as_of)) for table in chosen]
        if answer.as_json:
            answer.json({table.code: registry.as_json(_figures(rows)) for table, rows in sheets})
        for table, rows in sheets if not answer.as_json else ():
            answer.heading(f"{table.code} · {table.title}")
            headings = [
                answer.words(f"nation.{name}") for name in ("figure", "system", "documents")
            ]
            answer.table(headings, [_line(row) for row in rows], right={1})


def _figures(rows: list[Any]) -> list[Any]:
    return [row.figure for row in rows]


def _line(row: Any) -> list[str]:
    from esar.show.nation.tables import label_of, printed_words

    return [label_of(row), str(row.figure.shown), printed_words(row)]
