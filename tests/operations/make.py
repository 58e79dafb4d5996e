"""What somebody does to the database without the program."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection, transaction


def execute(sql: str, *values: Any) -> bool:
    """Past the program; whether the database let it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return bool(cursor.rowcount)
    except DatabaseError:
        return False
