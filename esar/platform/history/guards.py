"""Triggers that refuse UPDATE and DELETE of events, checkpoints and stamps, on both databases."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

EVENTS, CHECKPOINTS, STAMPS = "history_event", "history_checkpoint", "history_stamp"
KEYS = {EVENTS: "number", CHECKPOINTS: "size", STAMPS: "checkpoint_id"}
SAID = "history is append-only"


def install(connection: BaseDatabaseWrapper, table: str = EVENTS) -> None:
    statements = {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            for what in ("update", "delete")
        ]
        + [
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {KEYS[table]} = NEW.{KEYS[table]}) "
            f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        ],
        "postgresql": [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SAID}'; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ],
    }
    _run(connection, statements)


def remove(connection: BaseDatabaseWrapper, *tables: str) -> None:
    """Of the tables named, or of all."""
    for table in tables or KEYS:
        statements = {
            "sqlite": [
                f"DROP TRIGGER IF EXISTS {table}_no_{what}"
                for what in ("update", "delete", "replace")
            ],
            "postgresql": [
                f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
                f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
                f"DROP FUNCTION IF EXISTS {table}_refuse()",
            ],
        }
        _run(connection, statements)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
