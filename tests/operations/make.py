"""A world whose rows are bound, and what somebody does to them without the program."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection, transaction

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


def bind_world() -> None:
    """Bind what a test's builders wrote past the program's actions, as it now is."""
    present().forget()
    bind_all("default")
