"""Triggers that refuse UPDATE and DELETE of events, on SQLite and on PostgreSQL."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "history_event"
SAID = "history is append-only"


def install(connection: BaseDatabaseWrapper) -> None:
    statements = {
        "sqlite": [
            f"CREATE TRIGGER {TABLE}_no_{what} BEFORE {what} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            for what in ("update", "delete")
        ]
        + [
            f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} "
            f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE number = NEW.number) "
            f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        ],
        "postgresql": [
            f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SAID}'; END $$",
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
            f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
        ],
    }
    _run(connection, statements)


def remove(connection: BaseDatabaseWrapper) -> None:
    statements = {
        "sqlite": [
            f"DROP TRIGGER IF EXISTS {TABLE}_no_{what}" for what in ("update", "delete", "replace")
        ],
        "postgresql": [
            f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
            f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}",
            f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
        ],
    }
    _run(connection, statements)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
