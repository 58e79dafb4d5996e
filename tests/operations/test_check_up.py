"""The worker looks each day whether all is in order, and says so to whoever must act."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from esar.judge.results.models import Result
from esar.operations.jobs import check_up
from esar.platform.history.models import CheckUp
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person
from esar.show.worklist.queries import work_for
from tests.judge.results.make import released
from tests.make import World
from tests.operations.make import bind_world, execute, make_the_best

DAY = date(2024, 6, 3)


@pytest.fixture
def result(world: World, settings: Any, tmp_path: Any) -> Result:
    """A result that is released, in a world whose rows are all bound."""
    settings.VAR = tmp_path
    there = released(world)
    bind_world()
    return there


def page(person: Person) -> Any:
    client = Client()
    client.force_login(person)
    return client.get("/check-ups/", headers={"Accept-Language": "en"})


@pytest.mark.usefixtures("result")
def test_where_all_is_in_order_nobody_is_alarmed(world: World) -> None:
    assert check_up.func() == 0

    assert CheckUp.objects.get().sentences == []
    assert not Notice.objects.filter(code="notice.out_of_order").exists()
    assert "ทุกอย่างถูกต้องตรงกัน" in page(world.administrator).content.decode()


def test_the_worst_made_the_best_by_sql_is_on_the_administrators_desk(
    world: World, result: Result
) -> None:
    make_the_best(result)

    assert check_up.func() == 3  # the row, its hash in the log, and what its inputs give

    look = CheckUp.objects.get()
    assert look.sentences[0]["en"] == (
        f"Row {result.pk} of the table results_result was changed past the history"
    )
    told = Notice.objects.filter(code="notice.out_of_order").values_list("person", "figures")
    assert list(told) == [(world.administrator.pk, {"count": 3})]
    shown = page(world.administrator).content.decode()
    assert f"แถวของตาราง results_result เลขที่ {result.pk} ถูกแก้โดยไม่ผ่านประวัติ" in shown


def test_the_desk_shows_it_until_it_is_mended(world: World, result: Result) -> None:
    sql = "UPDATE results_result SET released_at = %s WHERE id = %s"
    for released_at, lines in ((DAY, 1), (result.released_at, 0)):
        assert execute(sql, released_at, result.pk)
        check_up.func()
        work = [work.path for work in work_for(world.administrator, DAY, 2567)]
        assert work.count("/check-ups/") == lines


@pytest.mark.usefixtures("result")
def test_who_neither_acts_nor_attests_does_not_find_the_page(world: World) -> None:
    assert page(world.reporter).status_code == 404
    assert page(world.analyst).status_code == 404
