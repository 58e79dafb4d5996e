"""Worlds built once: what a builder wrote is put back row by row where a test begins alike.

The real actions that bring a scorecard into force, or a result to its release, take a second, and
hundreds of tests begin with them. The first in a process runs them; for each further one that
stands where the first stood, the rows that were added, changed and removed are written again, and
the objects the builder gave are copied; the demo day is the one that the builder left. A test that
wrote anything of its own in between, that has other rules or another day runs the actions. So does
one with real commits after another connection wrote; PostgreSQL does not tell of that, so that all
of them do there. What a builder of a few rows writes (a person, a body) is a `step`: it is done
each time, and whoever took the same steps stands at the same place.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from esar.platform.ui import clock
from esar.platform.ui.books import book

P = ParamSpec("P")
R = TypeVar("R")
Rows = dict[str, dict[Any, tuple[Any, ...]]]
READING = ("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "SET CONSTRAINTS")


class Writes:
    """Counts the statements of this process that may change rows."""

    count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(READING):
            Writes.count += 1
        return execute(sql, params, many, context)


@dataclass(frozen=True)
class Table:
    """A table with its key and its columns, in the order of the rows."""

    name: str
    key: str
    columns: tuple[str, ...]

    @cached_property
    def place_of_key(self) -> int:
        return self.columns.index(self.key)

    @cached_property
    def select(self) -> str:
        return f"SELECT {_quoted(*self.columns)} FROM {_quoted(self.name)}"

    def key_of(self, row: tuple[Any, ...]) -> Any:
        return row[self.place_of_key]


@dataclass(frozen=True)
class Memory:
    """What a builder did to the rows, and the world's people, its answer and the day afterwards."""

    added: dict[str, list[tuple[Any, ...]]]
    changed: dict[str, list[tuple[Any, ...]]]
    removed: dict[str, list[Any]]
    objects: bytes
    day: date | None
    rules: object  # held, so that no other rulebook gets its identity


PLACES: dict[Hashable, int] = {}  # each with a number, which is compared sooner
MEMORIES: dict[Hashable, Memory | None] = {}  # None where files were written, which stay behind


@contextmanager
def _unheard() -> Iterator[Any]:
    """A cursor of which nobody hears: what is read and put back here is no statement of a test."""
    heard = connection.execute_wrappers[:]
    connection.execute_wrappers.clear()
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.execute_wrappers[:] = heard


@cache
def _tables() -> dict[str, Table]:
    tables = {}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.managed and not options.proxy:
            columns = tuple(str(field.column) for field in options.concrete_fields)
            tables[options.db_table] = Table(options.db_table, str(options.pk.column), columns)
    return tables


def _quoted(*names: str) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _rows() -> Rows:
    rows: Rows = {}
    with _unheard() as cursor:
        for table in _tables().values():
            cursor.execute(table.select)
            place = table.place_of_key
            rows[table.name] = {row[place]: row for row in cursor.fetchall()}
    return rows


def _rows_at(world: Any) -> Rows:
    """All rows; they are read already where another builder has just ended at this place."""
    ended, rows = Present.rows
    if ended == world.__dict__["_place"] and ended[1] == _written():
        return rows
    return _rows()


def _written() -> Hashable:
    """What is another as soon as rows may have changed, by this process or by whoever commits."""
    if connection.in_atomic_block:
        return Writes.count
    if connection.vendor != "sqlite":
        return object()
    with _unheard() as cursor:
        cursor.execute("PRAGMA data_version")  # of what other connections committed
        return Writes.count, connection.connection, cursor.fetchone()[0]


@cache
def _counted() -> frozenset[str]:
    """The tables of PostgreSQL whose keys are counted up."""
    with _unheard() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'id' AND is_identity = 'YES'"
        )
        return frozenset(name for (name,) in cursor.fetchall())


def _count_from_the_rows(names: Iterable[str]) -> tuple[Any, ...]:
    """On PostgreSQL a rollback leaves the numbers: each table counts on from its last row."""
    parts = [
        f"SELECT '{name}', setval(pg_get_serial_sequence('{name}', 'id'),"
        f" (SELECT coalesce(max(id), 0) + 1 FROM {_quoted(name)}), false)"
        for name in names
        if name in _counted()
    ]
    if not parts:
        return ()
    with _unheard() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return tuple(cursor.fetchall())


def _next_numbers() -> tuple[Any, ...]:
    if connection.vendor != "sqlite":
        return _count_from_the_rows(_tables())
    with _unheard() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        return tuple(cursor.fetchall())


def _files() -> frozenset[Path]:
    """What lies on the disk, but for the database and the demo day, which are put back."""
    var = Path(settings.VAR)
    files = (path for path in var.rglob("*") if path.is_file())
    return frozenset(
        path for path in files if not path.name.startswith(("demo-day", "test.sqlite3"))
    )


def _write(memory: Memory) -> None:
    Writes.count += 1
    with transaction.atomic(), _unheard() as cursor:
        for name, keys in memory.removed.items():
            sql = f"DELETE FROM {_quoted(name)} WHERE {_quoted(_tables()[name].key)} = %s"
            cursor.executemany(sql, [(key,) for key in keys])
        for name, rows in memory.added.items():
            columns = _tables()[name].columns
            marks = ", ".join(["%s"] * len(columns))
            sql = f"INSERT INTO {_quoted(name)} ({_quoted(*columns)}) VALUES ({marks})"
            cursor.executemany(sql, rows)
        for name, rows in memory.changed.items():
            table = _tables()[name]
            sets = ", ".join(f"{_quoted(column)} = %s" for column in table.columns)
            sql = f"UPDATE {_quoted(name)} SET {sets} WHERE {_quoted(table.key)} = %s"
            cursor.executemany(sql, [(*row, table.key_of(row)) for row in rows])
    if connection.vendor != "sqlite":
        _count_from_the_rows(memory.added)


def _difference(before: Rows, after: Rows) -> tuple[Any, Any, Any]:
    added: dict[str, Any] = {}
    changed: dict[str, Any] = {}
    removed: dict[str, Any] = {}
    for name, rows in after.items():
        earlier = before[name]
        added[name] = [row for key, row in rows.items() if key not in earlier]
        changed[name] = [row for key, row in rows.items() if earlier.get(key, row) != row]
        removed[name] = [key for key in earlier if key not in rows]
    return _some(added), _some(changed), _some(removed)


def _some(tables: dict[str, Any]) -> dict[str, Any]:
    return {name: rows for name, rows in tables.items() if rows}


def stands_at(world: object, place: Hashable) -> None:
    """The rows are now those that `place` names, whatever was written and rolled back since."""
    number = None if place is None else PLACES.setdefault(place, len(PLACES))
    world.__dict__["_place"] = (number, _written())


class Present:
    """The world of the test that runs."""

    world: object | None = None
    rows: tuple[tuple[Hashable, Hashable], Rows] = ((None, 0), {})  # as a builder left them


def begin(world: object) -> None:
    """Tell from where a new, empty world starts."""
    Present.world = world
    if not any(isinstance(wrapper, Writes) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(Writes())
    stands_at(world, (_next_numbers(), connection.in_atomic_block))


def _is_world(thing: object) -> bool:
    return "_place" in getattr(thing, "__dict__", {})


def forget(world: object) -> None:
    """Let every builder of this world run: a test puts another in the place of one of them."""
    stands_at(world, None)


def _mark(argument: object) -> Hashable:
    if _is_world(argument):
        return "world"
    if isinstance(argument, Model):
        return (argument._meta.label, argument.pk)
    if isinstance(argument, Mapping):
        return tuple((name, _mark(argument[name])) for name in argument)
    if isinstance(argument, (list, tuple)):
        return tuple(map(_mark, argument))
    if is_dataclass(argument) and not isinstance(argument, type):
        of_fields = {field.name: getattr(argument, field.name) for field in fields(argument)}
        return (type(argument).__name__, _mark(of_fields))
    return repr(argument)


def _key(world: object, build: Callable[..., Any], args: Any, named: Any) -> Hashable | None:
    place, written = getattr(world, "__dict__", {}).get("_place", (None, 0))
    if place is None or written != _written():
        return None
    arguments = tuple(map(_mark, args)), tuple((name, _mark(named[name])) for name in sorted(named))
    name = f"{build.__module__}.{build.__qualname__}"
    rules = (str(settings.RULEBOOK), id(book(2567)))
    return (place, name, arguments, clock.demo_day(), rules, connection.in_atomic_block)


def _world_of(args: tuple[Any, ...]) -> Any:
    """The world that a builder is given first, or the one that the test has begun."""
    return args[0] if args and _is_world(args[0]) else Present.world


def step(write: Callable[P, R]) -> Callable[P, R]:
    """A builder of a few rows, the same each time for the same arguments; done each time."""

    @wraps(write)
    def done(*args: P.args, **named: P.kwargs) -> R:
        world = _world_of(args)
        key = _key(world, write, args, named)
        answer = write(*args, **named)
        if key is not None:
            stands_at(world, key)
        return answer

    return done


def remembered(build: Callable[P, R]) -> Callable[P, R]:
    """A builder whose work is done once in a process for each way of beginning.

    It changes no argument but the world, and gives new objects.
    """

    @wraps(build)
    def built(*args: P.args, **named: P.kwargs) -> R:
        world = _world_of(args)
        key = _key(world, build, args, named)
        if key is None:
            return build(*args, **named)
        memory = MEMORIES.get(key)
        if memory is not None:
            return cast(R, _put_back(memory, key, world))
        if key in MEMORIES:
            answer = build(*args, **named)
        else:
            before, files = _rows_at(world), _files()
            answer = build(*args, **named)
            after, has_files = _rows(), _files() != files
            MEMORIES[key] = None if has_files else _memory(before, after, world, answer)
            stands_at(world, key)
            Present.rows = world.__dict__["_place"], after
            return answer
        stands_at(world, key)
        return answer

    return built


def _memory(before: Rows, after: Rows, world: Any, answer: object) -> Memory:
    world.__dict__["_place"] = None  # it is told anew, and may hold a connection
    objects = pickle.dumps((world.__dict__, answer))
    return Memory(*_difference(before, after), objects, clock.demo_day(), book(2567))


def _put_back(memory: Memory, key: Hashable, world: Any) -> object:
    _write(memory)
    if clock.demo_day() != memory.day:
        clock.pretend(memory.day)
    attributes, answer = pickle.loads(memory.objects)
    world.__dict__.clear()
    world.__dict__.update(attributes)
    stands_at(world, key)
    return answer
