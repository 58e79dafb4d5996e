"""How a database finds a word in a column: `name__finds="ลำพน"`, with tones or without.

PostgreSQL has the pattern of the word look at the text. SQLite, whose patterns are Python called
for every row, first asks itself which texts have the letters at all, and of those Python for the
form of a search, which remembers it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, TextField

from esar.kernel.alphabet import search_form, search_glob, search_pattern

REMEMBERED = 20_000  # texts whose form is not worked out again: about a nation's


@CharField.register_lookup
@TextField.register_lookup
class Finds(Lookup):
    """Whether a word, in the form of `search_words`, is part of the text."""

    lookup_name = "finds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column}::text ~* %s", (*params, search_pattern(str(self.rhs)))

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        sql = f"({column} GLOB %s AND INSTR(ESAR_SEARCH_FORM({column}), %s))"
        return sql, (*params, search_glob(str(self.rhs)), *params, self.rhs)


@lru_cache(REMEMBERED)
def _form(text: str | None) -> str | None:
    return None if text is None else search_form(text)


def teach_sqlite(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """SQLite knows no form of a search by itself: every connection is told."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("ESAR_SEARCH_FORM", 1, _form, deterministic=True)
