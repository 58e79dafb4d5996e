"""The provinces of an agenda on its map: reached, not reached, without a report, not a holder."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.agendas.models import Holder
from esar.agree.scorecards.models import Kpi
from esar.platform.ui import clock
from esar.show.public.agendas.province_map import STATES, Part, Province, province_map
from tests.agree.agendas.make import DUST, HEAD, JULY, load, sub
from tests.judge.results.make import released
from tests.make import World
from tests.show.public.make import province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def holder_of(world: World) -> Holder:
    """The province's holding, reported by KPI 1.1 of its scorecard."""
    load(world, HEAD + DUST)
    holder = Holder.objects.get(body=world.province)
    holder.indicator_id = Kpi.objects.get(
        scorecard__body=world.province, number="1.1"
    ).template.indicator_id
    holder.save()
    return holder


def states(year: int = 2567) -> dict[str, str]:
    """The state of each province that holds something, by its code."""
    rows = Holder.objects.select_related("sub_indicator", "body")
    drawn = province_map(year, list(rows))
    assert drawn is not None
    return {row.body.code: row.state for row in drawn.provinces if row.body and row.parts}


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        ([], "not_holder"),
        ([True], "reached"),
        ([None], "no_report"),
        ([True, None], "no_report"),
        ([True, False], "not_reached"),
        ([False, None], "not_reached"),
    ],
)
def test_a_province_has_the_state_that_its_parts_come_to(
    verdicts: list[bool | None], state: str
) -> None:
    parts = [Part(Holder(), is_reached=verdict) for verdict in verdicts]

    assert Province("", None, parts).state == state


def test_a_province_without_a_published_result_shows_so(world: World) -> None:
    load(world, HEAD + DUST)

    assert states() == {"TH-74": "no_report"}


@pytest.mark.parametrize(
    ("actual", "direction", "state"),
    [
        ("85", "higher", "reached"),
        ("84.99", "higher", "not_reached"),
        ("85", "lower", "reached"),
        ("85.01", "lower", "not_reached"),
        (None, "higher", "no_report"),
    ],
)
def test_its_newest_published_result_is_held_against_the_standard_target(
    world: World, actual: str | None, direction: str, state: str
) -> None:
    result = released(world)
    holder_of(world)
    for kpi in result.explanation["kpis"]:
        if kpi["id"] == "1.1":
            kpi["result"] = {"direction": direction, "targets": ["80", "85", "90"]}
            kpi["result"]["actual"] = actual
    type(result).objects.filter(pk=result.pk).update(explanation=result.explanation)

    assert states() == {"TH-74": state}


def test_the_result_of_another_year_is_none_of_this(world: World) -> None:
    result = released(world)
    holder_of(world)
    type(result).objects.filter(pk=result.pk).update(fiscal_year=2566)

    assert states() == {"TH-74": "no_report"}


def test_an_agenda_that_no_province_holds_has_no_map(world: World) -> None:
    load(world, HEAD + DUST.replace("TH-74", "DIT"))
    rows = Holder.objects.select_related("sub_indicator", "body")

    assert province_map(2567, list(rows)) is None


def test_the_page_draws_every_province_and_says_the_same_as_a_table(world: World) -> None:
    result = released(world)
    holder_of(world)
    clock.pretend(JULY)

    page = Client().get("/agendas/2567/dust/")

    drawn = page.context["map"]
    assert [(state, count) for state, _mark, count in drawn.counts()] == [
        ("reached", 1),
        ("not_reached", 0),
        ("no_report", 0),
        ("not_holder", 76),
    ]
    part = drawn.holding[0].parts[0]
    kpi = next(kpi for kpi in result.explanation["kpis"] if kpi["id"] == "1.1")
    assert part.actual == Decimal(kpi["result"]["actual"])
    html = page.content.decode()
    assert html.count('<path class="area-') == html.count('height="48">') == 77
    assert html.count('<a href="/agencies/TH-74/"><path class="area-rank-1"') == 1
    assert len(page.content) <= 60_000


def test_more_provinces_cost_no_more_queries(world: World) -> None:
    released(world)
    holder_of(world)
    clock.pretend(JULY)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get("/agendas/2567/dust/").status_code == 200
        return len(captured)

    cost()  # what a process reads once
    before = cost()
    for number in (50, 51):
        body = province(f"TH-{number}")
        Holder.objects.create(sub_indicator=sub("5-01"), body=body, first_day=JULY)
    assert cost() == before


def test_the_states_differ_by_a_mark_too() -> None:
    marks = {Province("", None, parts).mark for parts in ([], *_of_each())}

    assert len(marks) == len(STATES)


def _of_each() -> list[list[Part]]:
    return [[Part(Holder(), is_reached=verdict)] for verdict in (True, False, None)]
