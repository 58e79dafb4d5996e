"""What every test of pages shares."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as of_the_tests
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponseNotFound
from django.template import Engine
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from esar.config import urls
from esar.kernel.wording.compiling import compile_all
from esar.show.public.standings import facts
from tests import migrated, statements
from tests.as_a_browser import go_as_a_browser
from tests.make import World
from tests.remembered import Present
from tests.together import Together, is_apart, turn

STATEMENTS = statements.Statements()
RARELY = (20_000, 50, 50)  # how often what nobody holds any more is looked for

go_as_a_browser()
# A page costs the same whether or not something happened since the one before.
of_the_tests.CACHES["frame"]["BACKEND"] = "django.core.cache.backends.dummy.DummyCache"

# What is published names the commit; a tree that is being worked on has none.
os.environ.setdefault("ESAR_COMMIT", "tests")

# How long a machine takes to draw an example says nothing about the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """The sentences of the tree, compiled once; not by each worker."""
    if not hasattr(config, "workerinput"):
        compile_all()
        if connection.vendor == "sqlite" and (home := statements.folder()):
            statements.begin(home)


def pytest_sessionfinish() -> None:
    """What this process asked of SQLite is what PostgreSQL is to be asked."""
    home = statements.folder()
    if home and STATEMENTS.asked and connection.vendor == "sqlite":
        STATEMENTS.write(home, os.environ.get("PYTEST_XDIST_WORKER", "alone"))


@pytest.fixture(autouse=True)
def _statements(request: pytest.FixtureRequest) -> Iterator[None]:
    if connection.vendor != "sqlite" or statements.folder() is None:
        yield
        return
    with STATEMENTS.of(request.node.nodeid):
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Processes that share the tests share them by files."""
    return Together(config, log)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # around pytest-django, which sorts by database
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    """Which tests PostgreSQL is asked, and which begin first."""
    if connection.vendor != "sqlite":
        _choose(config, items)
    items.sort(key=lambda item: turn(item.nodeid))
    yield
    items.sort(key=lambda item: not is_apart(item.nodeid))


def _choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """PostgreSQL, asked second, gets the tests that ask it all that SQLite was asked.

    What needs no database runs once; the mark `each_database` says that a test runs on both
    whatever it asks. Where nobody wrote down what SQLite was asked, all run.
    """
    home = statements.folder()
    asked = statements.read(home) if home else {}
    candidates = {item.nodeid for item in items if _asks_a_database(item)}
    always = {item.nodeid for item in items if item.get_closest_marker("each_database")}
    chosen = statements.enough(asked, candidates, always & candidates)
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in chosen])
    items[:] = [item for item in items if item.nodeid in chosen]


def pytest_collection_finish() -> None:
    """What was read until now stays: it is not to be looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


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


@pytest.fixture
def plain_404(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not found is told without its page, which is half the work: for who counts on its status."""
    monkeypatch.setattr(urls, "handler404", lambda *_, **__: HttpResponseNotFound())


def _begin_again(case: TransactionTestCase) -> None:  # noqa: ARG001 what ends
    """After real commits a database begins with what was migrated, as each process does."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        migrated.begin_again(connection.connection)
    else:
        connection.cursor().execute("SELECT kept.begin_again()")  # tests/postgres.py


# Django empties all tables and fills some again, which the history refuses and takes half a second.
TransactionTestCase._fixture_teardown = _begin_again  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _mail_waits(django_test_environment: None) -> None:  # noqa: ARG001 it has mail go at once
    """As in production: mail is kept, and goes out when a test has the worker's part done."""
    from django.conf import settings as of_the_site

    of_the_site.EMAIL_BACKEND = "esar.platform.mail.backend.MailThatWaits"


@pytest.fixture(autouse=True)
def _nothing_is_remembered_of_another_test() -> None:
    """What the site keeps for a while is known by keys that two tests may share."""
    cache.clear()
    facts.forget()
    Present.world = None


@pytest.fixture(autouse=True)
def _own_day(request: pytest.FixtureRequest, settings: Any) -> None:
    """A demo day that one test pretends is not another's; a browser's stage has its own."""
    if request.node.get_closest_marker("browser") is None:
        Path(settings.VAR, "demo-day").unlink(missing_ok=True)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 the database is needed
    return World()
