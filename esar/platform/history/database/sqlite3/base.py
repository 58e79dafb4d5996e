"""SQLite as Django has it, bound to the history."""

from __future__ import annotations

from django.db.backends.sqlite3 import base, operations

from esar.platform.history.database.binding import Binding


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "esar.platform.history.database.sqlite3.compiler"


class DatabaseWrapper(Binding, base.DatabaseWrapper):
    ops_class = DatabaseOperations
