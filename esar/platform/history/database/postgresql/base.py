"""PostgreSQL as Django has it, bound to the history."""

from __future__ import annotations

from django.db.backends.postgresql import base, operations

from esar.platform.history.database.binding import Binding


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "esar.platform.history.database.postgresql.compiler"


class DatabaseWrapper(Binding, base.DatabaseWrapper):
    ops_class = DatabaseOperations
