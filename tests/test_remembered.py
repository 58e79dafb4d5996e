"""A world that is put back is the one that was built."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest
from django.db import connection, transaction

from esar.platform.organisations.models import Body
from esar.platform.ui import clock
from tests import migrated
from tests.make import World
from tests.remembered import remembered
from tests.show.public.make import department, province

pytestmark = pytest.mark.django_db

DAY, ANOTHER = date(2024, 2, 29), date(2024, 3, 1)
BUILT: list[str] = []


@remembered
def on_a_day(world: World, code: str) -> Body:  # noqa: ARG001 whose place it is
    BUILT.append(code)
    clock.pretend(DAY)
    return province(code)


def rows_and_day(code: str) -> tuple[object, ...]:
    """What a builder leaves in a new world, of which nothing stays."""
    clock.pretend(ANOTHER)
    with transaction.atomic():
        body = on_a_day(World(), code)
        left = (body, list(Body.objects.order_by("code").values()), clock.demo_day())
        transaction.set_rollback(True)
    return left


def test_a_builder_runs_once_and_leaves_the_same_rows_and_the_same_day_again() -> None:
    first, again = rows_and_day("TH-90"), rows_and_day("TH-90")

    assert (first[2], BUILT.count("TH-90")) == (DAY, 1)
    assert again == first


def bodies_left(*codes: str, renamed: bool = False) -> list[dict[str, object]]:
    """What is left where a test adds a department, then builds; of which nothing stays."""
    clock.pretend(ANOTHER)
    with transaction.atomic():
        world = World()
        department("NEW", "กรมใหม่")
        if renamed:
            Body.objects.filter(code="NEW").update(name_th="กรมอื่น")
        for code in codes:
            on_a_day(world, code)
        rows = list(Body.objects.order_by("code").values())
        transaction.set_rollback(True)
    return rows


def test_what_comes_after_a_step_runs_once_and_after_another_writing_each_time() -> None:
    first, again = bodies_left("TH-91", "TH-92"), bodies_left("TH-91", "TH-92")

    assert again == first
    assert (BUILT.count("TH-91"), BUILT.count("TH-92")) == (1, 1)
    renamed = bodies_left("TH-91", "TH-92", renamed=True)
    assert [row["name_th"] for row in renamed if row["code"] == "NEW"] == ["กรมอื่น"]
    assert [row["code"] for row in renamed] == [row["code"] for row in first]
    assert (BUILT.count("TH-91"), BUILT.count("TH-92")) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_with_real_commits_it_runs_again_only_where_another_has_written_in_between() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not tell that another connection has written")

    def built(name: str | None = None) -> tuple[object, ...]:
        clock.pretend(ANOTHER)
        connection.ensure_connection()
        migrated.begin_again(connection.connection)
        world = World()
        if name:
            with closing(connection.copy()) as another:
                another.cursor().execute("UPDATE organisations_body SET name_th = %s", [name])
        on_a_day(world, "TH-93")
        return list(Body.objects.order_by("code").values()), BUILT.count("TH-93")

    first, again, written = built(), built(), built("อื่น")

    assert again == first
    assert (first[1], written[1]) == (1, 2)
