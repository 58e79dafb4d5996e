"""PostgreSQL: the site's user can do all that the site does, and change nothing of the history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from esar.operations.doctor import notes
from esar.platform.history import grants, guards
from esar.platform.history.actions import write_daily_head
from esar.platform.history.models import DailyHead
from esar.platform.ui import clock
from tests.make import AT, FEBRUARY, World
from tests.whole.make_everything import Everything

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.each_database,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no users"),
]
ROLE = "esar-site"  # a name that must be quoted


@pytest.fixture
def as_site(world: World) -> Iterator[World]:
    """From here the connection is the site's user; no trigger helps any more."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {connection.ops.quote_name(ROLE)}")
        guards.remove(connection)
        grants.give(connection, ROLE)
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(ROLE)}")
        yield world
        cursor.execute("RESET ROLE")


def test_everything_is_made_as_the_sites_own_user(
    as_site: World, settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)
    Everything(as_site)
    write_daily_head(FEBRUARY)

    assert DailyHead.objects.get().day == FEBRUARY
    assert not grants.may_rewrite(connection)


@pytest.mark.usefixtures("as_site")
def test_what_is_written_once_is_beyond_the_sites_user() -> None:
    models = {model._meta.db_table: model for model in apps.get_models()}
    statements = [
        statement.format(table=table, key=models[table]._meta.pk.column)
        for table in grants.written_once()
        for statement in (
            "UPDATE {table} SET {key} = {key}",
            "DELETE FROM {table}",
            "TRUNCATE {table}",
        )
    ]

    assert (len(statements), [text for text in statements if is_allowed(text)]) == (27, [])


def is_allowed(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        if "permission denied" not in str(error):
            raise
        return False
    return True


@pytest.mark.usefixtures("world")
def test_the_doctor_says_when_the_site_may_rewrite_the_history(settings: Any) -> None:
    settings.DEMO = False

    assert "doctor.site_may_rewrite" in [problem.code for problem in notes(AT)]


@pytest.mark.usefixtures("as_site")
def test_the_doctor_says_nothing_when_it_may_not(settings: Any) -> None:
    settings.DEMO = False

    assert "doctor.site_may_rewrite" not in [problem.code for problem in notes(AT)]
