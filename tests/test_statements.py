"""PostgreSQL is asked all that SQLite was asked, by the cheapest tests that will do."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from esar.platform.organisations.models import Appointment
from esar.platform.organisations.queries import ever_held
from tests.make import person
from tests.statements import Statements, alike, enough, is_plain


def test_statements_are_alike_whatever_the_number_of_their_values() -> None:
    inserted = "INSERT INTO body (code, name) VALUES (%s, %s)"

    assert alike(inserted) == alike(inserted + ", (%s, NULL), (%s, %s)")
    assert alike("... WHERE id IN (%s)") == alike("... WHERE id IN (%s, %s, %s)")
    assert alike("... WHERE id IN (%s)") != alike("... WHERE id = %s")


def test_the_cheapest_tests_that_ask_everything_are_chosen() -> None:
    asked = {
        "dear": (9.0, frozenset({"a", "b", "c"})),
        "cheap": (0.1, frozenset({"a", "b"})),
        "cheap too": (0.1, frozenset({"b", "c"})),
        "nothing new": (0.1, frozenset({"b"})),
    }

    assert enough(asked, asked, []) == {"cheap", "cheap too"}
    assert enough(asked, asked, ["dear"]) == {"dear"}
    assert enough(asked, [*asked, "unknown"], []) == {"cheap", "cheap too", "unknown"}
    assert enough({}, asked, []) == set(asked)


def test_a_test_that_others_leave_nothing_to_ask_is_not_chosen() -> None:
    asked = {
        "first choice": (1.0, frozenset({"b", "c", "d", "e"})),
        "alone with a": (2.0, frozenset({"a", "b", "c"})),
        "alone with f": (2.0, frozenset({"d", "e", "f"})),
        "cheapest for g": (0.1, frozenset({"g"})),
        "dearer for g": (3.0, frozenset({"g", "h", "i"})),
        "h and i": (9.0, frozenset({"h", "i"})),
    }

    assert enough(asked, asked, []) == {"alone with a", "alone with f", "dearer for g"}
    assert enough(asked, asked, ["first choice"]) == {
        "first choice",
        "alone with a",
        "alone with f",
        "dearer for g",
    }


@pytest.mark.django_db
def test_a_statement_that_fails_is_another_than_one_that_does_not() -> None:
    statements = Statements()

    def asked_in(test: str, sql: str) -> list[str]:
        with (
            statements.of(test),
            connection.cursor() as cursor,
            suppress(DatabaseError),
            transaction.atomic(),
        ):
            cursor.execute(sql)
        return statements.asked[test][1]

    assert asked_in("sound", "SELECT 1") == [alike("SELECT 1")]
    assert asked_in("faulty", "SELECT nothing") == [alike("SELECT nothing") + "OperationalError"]


@pytest.mark.django_db
def test_who_listens_to_a_test_does_not_listen_to_the_next() -> None:
    statements = Statements()
    before = list(connection.execute_wrappers)

    def further(execute: Any, *asked: Any) -> Any:
        return execute(*asked)

    with statements.of("leaves a wrapper"):
        connection.execute_wrappers.append(further)
    try:
        assert connection.execute_wrappers == [*before, further]
    finally:
        connection.execute_wrappers.remove(further)


def test_rows_of_one_table_compared_with_values_are_plain_and_nothing_else_is() -> None:
    body, name = '"organisations_body"', '"organisations_body"."name_th"'
    plain = [
        f'SELECT COUNT(*) AS "__count" FROM {body}',
        f'SELECT {name} AS "name", {name} FROM {body} WHERE ({name} = %s AND {name} IN (%s, %s))'
        f" ORDER BY {name} ASC LIMIT 21",
        f'UPDATE {body} SET "name_th" = %s, "name_en" = NULL WHERE {name} IS NULL RETURNING "id"',
        f"DELETE FROM {body} WHERE {name} IN (%s)",
    ]
    not_plain = [
        f'INSERT INTO {body} ("name_th") VALUES (%s)',
        f"SELECT {name} FROM {body} INNER JOIN {body} T2 ON ({name} = {name})",
        f"SELECT {name} FROM {body} WHERE {name} IN (SELECT {name} FROM {body})",
        f"SELECT {name} FROM {body} WHERE INSTR({name}, %s)",
        f"SELECT {name} FROM {body} WHERE ({name} = %s OR {name} = %s)",
        f"SELECT {name} FROM {body} WHERE {name} LIKE %s",
        f"SELECT {name} FROM {body} ORDER BY {name} ASC NULLS LAST",
        f'UPDATE {body} SET "name_th" = ({name} + %s)',
    ]

    assert [sql for sql in plain if not is_plain(sql)] == []
    assert [sql for sql in not_plain if is_plain(sql)] == []


@pytest.mark.django_db
def test_of_plain_statements_those_of_the_site_count_and_those_of_a_test_where_they_fail() -> None:
    statements = Statements()
    reader = person("reader")

    with statements.of("asks by itself"):
        list(Appointment.objects.filter(person=reader).order_by())
    with statements.of("lets the site ask"):
        ever_held(reader)
    with statements.of("is refused"), suppress(DatabaseError), transaction.atomic():
        connection.cursor().execute('DELETE FROM "nowhere"')

    assert {test: len(shapes) for test, (_, shapes) in statements.asked.items()} == {
        "asks by itself": 0,
        "lets the site ask": 2,
        "is refused": 1,
    }
