"""PostgreSQL is asked all that SQLite was asked, by the cheapest tests that will do."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.statements import Statements, alike, enough


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
