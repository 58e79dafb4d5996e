"""The statements of SQLite, which note what they write."""

from __future__ import annotations

from django.db.models.sql import compiler

from esar.platform.history.database.noting import Deleting, Inserting, Reading, Updating


class SQLCompiler(Reading, compiler.SQLCompiler):
    """A question."""


class SQLAggregateCompiler(Reading, compiler.SQLAggregateCompiler):
    """A question for a figure."""


class SQLInsertCompiler(Inserting, compiler.SQLInsertCompiler):  # type: ignore[misc]
    """An insertion."""


class SQLDeleteCompiler(Deleting, compiler.SQLDeleteCompiler):  # type: ignore[misc]
    """A deletion."""


class SQLUpdateCompiler(Updating, compiler.SQLUpdateCompiler):  # type: ignore[misc]
    """A change."""
