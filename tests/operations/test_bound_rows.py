"""Every column of every table: what is edited, inserted or deleted past the program is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Field, Model
from django.test import Client

from esar.operations.doctor import findings
from esar.platform.history import guards
from esar.platform.history.bound import UNBOUND, WHOLE, columns_of
from esar.platform.history.models import Event
from esar.platform.history.queries import rows_out_of_order
from tests.make import World, in_force
from tests.operations.make import bind_world, execute
from tests.whole.make_everything import Everything

pytestmark = pytest.mark.each_database

# Tables without a model: what Django and SQLite count for themselves.
OF_THE_DATABASE = {"django_migrations": 4, "sqlite_sequence": 2}
OF_LIBRARIES = ("django_session", "django_tasks_database_dbtaskresult")
IN_THE_CHAIN = ("history_event", "history_head")


@pytest.fixture
def few(world: World) -> None:
    """A few rows and events, all bound, and nobody in the way."""
    in_force(world)
    bind_world()
    guards.remove(connection)


@pytest.fixture
def everything(world: World, settings: Any, tmp_path: Any) -> Everything:
    """One of every kind of thing, with a person who is signed in, all bound."""
    settings.VAR = tmp_path
    there = Everything(world)
    Client().force_login(world.analyst)
    bind_world()
    guards.remove(connection)
    return there


@pytest.fixture
def demo(db: None, settings: Any, tmp_path: Any) -> None:  # noqa: ARG001
    """What `make run` begins with, all bound."""
    settings.VAR = tmp_path
    call_command("load_demo", stdout=StringIO())
    bind_world()
    guards.remove(connection)


def models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def other(  # noqa: C901 a kind of value a line
    value: Any, field: Field[Any, Any]
) -> Any:
    """A value of the column's kind that is not this one."""
    kind = type(value).__name__ if value is not None else field.get_internal_type()
    match kind:
        case "bool" | "BooleanField":
            return not value
        case "int" | "float" | "Decimal":
            return value + 1
        case "datetime" | "date":
            return value + timedelta(days=1)
        case "dict" | "list" | "JSONField":
            return {"tampered": value}
        case "UUID":
            return type(value)(int=value.int ^ 1)
        case "DateTimeField":
            return datetime(2024, 1, 1, tzinfo=UTC)
        case "DateField":
            return date(2024, 1, 1)
        case "DecimalField":
            return Decimal(1)
        case "CharField" | "TextField":
            return "x"
        case "str":
            return "x" + value[1:] if value[:1] not in ("", "x") else "y" + value[1:]
    return 1  # a number, or a key of another table


def name(text: str) -> str:
    return connection.ops.quote_name(text)


def edit(model: type[Model], field: Field[Any, Any]) -> str | None:
    """Change the column in the first row; the row's key, None where nothing could be changed."""
    row = model._base_manager.order_by("pk").values("pk", field.attname).first()
    if row is None:
        return None
    value = field.get_db_prep_save(other(row[field.attname], field), connection)
    key = model._meta.pk.get_db_prep_save(row["pk"], connection)
    options = model._meta
    done = execute(
        f"UPDATE {name(options.db_table)} SET {name(field.column)} = %s"
        f" WHERE {name(options.pk.column)} = %s",
        value,
        key,
    )
    return str(row["pk"]) if done else None


def rounds() -> Iterator[list[tuple[type[Model], Field[Any, Any]]]]:
    """Each column of each bound table once, one of a table at a time."""
    bound = [model for model in models() if columns_of(model)]
    fields = {
        model: [
            field for field in model._meta.concrete_fields if field.attname in columns_of(model)
        ]
        for model in bound
    }
    for place in range(max(map(len, fields.values()))):
        yield [(model, of[place]) for model, of in fields.items() if place < len(of)]


def edits_unfound() -> tuple[int, list[str]]:
    """How many columns were edited, and which of them nobody saw."""
    edited, unfound = 0, []
    for columns in rounds():
        with transaction.atomic():
            keys = {(model, field): edit(model, field) for model, field in columns}
            wrong = {(table, key) for _, table, key in rows_out_of_order()}
            for (model, field), key in keys.items():
                if key is not None:
                    edited += 1
                    if (model._meta.db_table, key) not in wrong:
                        unfound.append(f"{model._meta.db_table}.{field.column}")
            transaction.set_rollback(True)
    return edited, unfound


def delete(model: type[Model]) -> str | None:
    """Delete the last row; its key, None where there was none, or the database refused."""
    key = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    options = model._meta
    saved = options.pk.get_db_prep_save(key, connection)
    sql = f"DELETE FROM {name(options.db_table)} WHERE {name(options.pk.column)} = %s"
    return str(key) if key is not None and execute(sql, saved) else None


def insert(model: type[Model]) -> str | None:
    """Insert a copy of the last row under another key; the key, None where it was refused."""
    options = model._meta
    row = model._base_manager.order_by("-pk").values().first()
    if row is None:
        return None
    unique = {field for field in options.concrete_fields if field.unique}
    for constraint in options.total_unique_constraints:
        unique.add(options.get_field(constraint.fields[-1]))
    for field in unique:
        row[field.attname] = other(row[field.attname], field)
    columns = ", ".join(name(field.column) for field in options.concrete_fields)
    saved = [
        field.get_db_prep_save(row[field.attname], connection) for field in options.concrete_fields
    ]
    marks = ", ".join(["%s"] * len(saved))
    done = execute(f"INSERT INTO {name(options.db_table)} ({columns}) VALUES ({marks})", *saved)
    return str(row[options.pk.attname]) if done else None


def done_to_each_table(what: str, act: Callable[[type[Model]], str | None]) -> tuple[int, set[Any]]:
    """How many tables it could be done to, and where what was found differs from what was done."""
    with transaction.atomic():
        tables = {
            (what, model._meta.db_table, key)
            for model in filter(columns_of, models())
            if (key := act(model)) is not None
        }
        differing = tables ^ set(rows_out_of_order())
        transaction.set_rollback(True)
    return len(tables), differing


@pytest.mark.usefixtures("everything")
def test_what_is_done_past_the_program_to_any_bound_table_is_found() -> None:
    all_is_found(columns=400, tables=50, new_rows=30)


@pytest.mark.any_database  # other rows, of the kinds of columns that PostgreSQL is asked above
@pytest.mark.usefixtures("demo")
def test_what_is_done_past_the_program_to_the_demo_is_found() -> None:
    all_is_found(columns=200, tables=25, new_rows=15)


def all_is_found(*, columns: int, tables: int, new_rows: int) -> None:
    """Where all is well, each edit, deletion and insertion is found; and there are more than so."""
    assert list(rows_out_of_order()) == []

    edited, unfound = edits_unfound()
    assert (edited > columns, unfound) == (True, [])
    deleted, differing = done_to_each_table("deleted", delete)
    assert (deleted > tables, differing) == (True, set())
    inserted, differing = done_to_each_table("inserted", insert)
    assert (inserted > new_rows, differing) == (True, set())


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE history_head SET number = number - 1", "audit.head_differs"),
        ("UPDATE history_head SET hash = 'x'", "audit.head_differs"),
        ("DELETE FROM history_head", "doctor.beyond_head"),
        (
            "DELETE FROM history_event WHERE number = (SELECT number FROM history_head)",
            "audit.tail_cut",
        ),
    ],
)
def test_the_end_of_the_chain_cannot_be_moved_unseen(statement: str, code: str) -> None:
    assert execute(statement)

    assert code in [problem.code for problem in findings()]


@pytest.mark.usefixtures("few")
def test_an_edit_of_any_column_of_an_event_is_found_and_stops_nobody_from_looking() -> None:
    codes = {}
    for field in Event._meta.concrete_fields[1:]:
        with transaction.atomic():
            assert edit(Event, field)
            codes[field.column] = {problem.code for problem in findings()}
            transaction.set_rollback(True)

    assert {column for column, found in codes.items() if "audit.edited" not in found} == set()
    assert all("doctor.rows_not_compared" in found for found in codes.values())


@pytest.mark.usefixtures("few")
def test_an_event_after_the_end_is_found() -> None:
    last = Event.objects.order_by("number").last()
    assert last is not None
    last.number, last.hash = last.number + 1, "f" * 64
    fields = Event._meta.concrete_fields
    columns = ", ".join(name(field.column) for field in fields)
    saved = [field.get_db_prep_save(getattr(last, field.attname), connection) for field in fields]
    marks = ", ".join(["%s"] * len(saved))
    assert execute(f"INSERT INTO history_event ({columns}) VALUES ({marks})", *saved)

    assert "doctor.beyond_head" in [problem.code for problem in findings()]


def test_what_is_free_is_short_and_says_why() -> None:
    free = {}
    by_table = {model._meta.db_table: model for model in models()}
    for table, columns in UNBOUND.items():
        assert all(len(reason) > 10 for reason in columns.values())
        if table not in (*IN_THE_CHAIN, *OF_LIBRARIES):
            whole = len(by_table[table]._meta.concrete_fields)
            free[table] = whole if WHOLE in columns else len(columns)

    assert sum(free.values()) < 30, free


@pytest.mark.usefixtures("db")
def test_every_table_of_the_database_is_bound_or_named() -> None:
    bound = {model._meta.db_table for model in models() if columns_of(model)}
    tables = set(connection.introspection.table_names())

    assert tables - set(OF_THE_DATABASE) - set(UNBOUND) <= bound
