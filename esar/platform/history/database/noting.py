"""SQL that notes which bound rows it writes: every write of the program goes through here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Model
from django.db.models.sql.constants import ROW_COUNT

from esar.platform.history import ledger
from esar.platform.history.bound import columns_of

EVENTS = "history_event"


class _Statement:
    """What a compiler has."""

    query: Any
    connection: Any
    as_sql: Any

    def _note(self, keys: list[Any]) -> None:
        ledger.of(self.connection).note(self.query.model, keys)

    def _keys_of(self, statements: Iterable[tuple[str, Any]]) -> list[Any]:
        """Run statements; the keys of the rows that they wrote."""
        key = self.query.model._meta.pk
        returning = f" RETURNING {self.connection.ops.quote_name(key.column)}"
        keys: list[Any] = []
        with self.connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql + returning, params)
                keys += [key.to_python(value) for (value,) in cursor.fetchall()]
        return keys


class Reading(_Statement):
    """Who reads the history within a transaction reads what the transaction has told."""

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        model = self.query.model
        if model is not None and model._meta.db_table == EVENTS:
            ledger.of(self.connection).write_events()
        return super().execute_sql(*args, **kwargs)  # type: ignore[misc]


class Inserting(_Statement):
    """An insertion that notes its rows."""

    def execute_sql(self, returning_fields: Any = None) -> Any:
        model: type[Model] = self.query.model
        if not columns_of(model):
            return super().execute_sql(returning_fields)  # type: ignore[misc]
        with ledger.in_transaction(self.connection):
            if self.query.on_conflict is not None:
                self._note(self._keys_of(self.as_sql()))
                return []
            rows = super().execute_sql(returning_fields)  # type: ignore[misc]
            if rows and model._meta.pk in returning_fields:
                place = list(returning_fields).index(model._meta.pk)
                self._note([row[place] for row in rows])
            else:
                self._note([thing.pk for thing in self.query.objs])
        return rows


class Deleting(_Statement):
    """A deletion that notes its rows."""

    def _is_of_bound_columns(self) -> bool:
        return bool(columns_of(self.query.model))

    def execute_sql(self, result_type: Any) -> Any:
        if not self._is_of_bound_columns():
            return super().execute_sql(result_type)  # type: ignore[misc]
        with ledger.in_transaction(self.connection):
            try:
                sql, params = self.as_sql()
            except EmptyResultSet:  # a condition that no row can meet
                sql, params = "", ()
            keys = self._keys_of([(sql, params)] if sql else [])
            self._note(keys)
        return len(keys) if result_type == ROW_COUNT else None


class Updating(Deleting):
    """A change that notes its rows, but for one of columns that are free."""

    def _is_of_bound_columns(self) -> bool:
        bound = columns_of(self.query.model)
        return any(changed.attname in bound for changed, _, _ in self.query.values)
