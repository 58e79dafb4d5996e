"""A world whose rows are bound, and what somebody does to them without the program."""

from __future__ import annotations

import json
from typing import Any

from django.db import DatabaseError, connection, transaction

from esar.judge.results.models import Result
from esar.platform.history.actions import bind_all
from esar.platform.history.ledger import present


def execute(sql: str, *values: Any) -> bool:
    """Past the program; whether the database let it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return bool(cursor.rowcount)
    except DatabaseError:
        return False


def make_the_best(result: Result) -> None:
    """Past the program: a total that its explanation bears out, or the database refuses it."""
    explanation = json.dumps(result.explanation | {"total": "100.00"})
    sql = "UPDATE results_result SET total = 100, explanation = %s WHERE id = %s"
    assert execute(sql, explanation, result.pk)


def bind_world() -> None:
    """Bind what a test's builders wrote past the program's actions, as it now is."""
    present().forget()
    bind_all("default")
