"""What every test of pages shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Engine

from esar.kernel.wording.compiling import compile_all
from esar.platform.history import guards
from tests import migrated
from tests.make import World


def pytest_configure(config: pytest.Config) -> None:
    """The sentences of the tree, compiled once; not by each worker."""
    if not hasattr(config, "workerinput"):
        compile_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """PostgreSQL, asked second, gets each test with its first values.

    The further ones differ in the values only, which the database does not see; a test where it
    does says so with the mark `each_database`. What needs no database runs once.
    """
    if connection.vendor == "sqlite":
        return
    chosen: list[pytest.Item] = []
    left: list[pytest.Item] = []
    seen: set[str] = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        again = test in seen and item.get_closest_marker("each_database") is None
        (left if again or not _asks_a_database(item) else chosen).append(item)
        seen.add(test)
    items[:] = chosen
    config.hook.pytest_deselected(items=left)


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & {"db", "transactional_db"}) or bool(item.get_closest_marker("django_db"))


class Undefined(str):
    """Stands for what a template names and nobody gave."""

    __slots__ = ()

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"undefined template variable: {missing}")

    def __contains__(self, searched: object) -> bool:
        return searched == "%s"


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_modify_db_settings: None,  # noqa: ARG001 names the file of this process first
) -> bool:
    """On SQLite each process begins with a copy of what was migrated before."""
    if connection.vendor != "sqlite":
        return False
    migrated.copy_to(Path(connection.settings_dict["TEST"]["NAME"]))
    return True


@pytest.fixture
def strict_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that names what is not there must fail, not show nothing."""
    engine = Engine.get_default()  # the one there is: another would read all templates anew
    monkeypatch.setattr(engine, "string_if_invalid", Undefined("%s"))


@pytest.fixture(autouse=True)
def _log_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with real commits ends with empty tables, which the log's guards would refuse.

    Such tests run last, so the others have their guards.
    """
    marker = request.node.get_closest_marker("django_db")
    real = marker is not None and marker.kwargs.get("transaction")
    if not real and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    guards.remove(connection)


@pytest.fixture(autouse=True)
def _nothing_is_remembered_of_another_test() -> None:
    """What the site keeps for a while is known by keys that two tests may share."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_day(request: pytest.FixtureRequest, settings: Any) -> None:
    """A demo day that one test pretends is not another's; a browser's stage has its own."""
    if request.node.get_closest_marker("browser") is None:
        Path(settings.VAR, "demo-day").unlink(missing_ok=True)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 the database is needed
    return World()
