"""What the site's own user of PostgreSQL may do: read and add to what is never changed.

The owner of the tables migrates; the site and the worker run as another user, who can take no
trigger away and write nothing again that the history, its checkpoints or a frozen version holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from esar.platform.history.frozen import Frozen
from esar.platform.history.guards import KEYS
from esar.platform.history.models import DailyHead

MIGRATIONS = "django_migrations"  # the owner's alone


def written_once() -> set[str]:
    """The tables whose rows are added and never changed."""
    frozen = {model._meta.db_table for model in apps.get_models() if issubclass(model, Frozen)}
    return frozen | {*KEYS, DailyHead._meta.db_table}


def give(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let the role do what the site does, and nothing more. Nothing on SQLite, which has no users.

    Errors: ProgrammingError where there is no such role.
    """
    if connection.vendor != "postgresql" or not role:
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection, connection.ops.quote_name(role)):
            cursor.execute(statement)


def may_rewrite(connection: BaseDatabaseWrapper) -> bool:
    """Whether who is connected may change or delete an event. One query; False on SQLite."""
    if connection.vendor != "postgresql":
        return False
    tables = sorted(written_once())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(has_table_privilege(name, 'UPDATE, DELETE, TRUNCATE, TRIGGER')) "
            "FROM unnest(%s::text[]) AS name",
            [tables],
        )
        return bool(cursor.fetchone()[0])


def _statements(connection: BaseDatabaseWrapper, role: str) -> Iterator[str]:
    once = written_once()
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    for table in connection.introspection.table_names():
        rights = "SELECT, INSERT" if table in once else "SELECT, INSERT, UPDATE, DELETE"
        name = connection.ops.quote_name(table)
        yield f"REVOKE ALL ON {name} FROM {role}"
        yield f"GRANT {'SELECT' if table == MIGRATIONS else rights} ON {name} TO {role}"
