"""A list costs the same number of queries with one row as with three."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.changes import actions as changes
from esar.agree.committees import actions as sittings
from esar.agree.scorecards.models import Scorecard
from esar.platform.organisations.models import Jurisdiction, Role
from esar.platform.ui import clock
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    draft,
    in_force,
    kpi,
    open_sitting,
    person,
    request_fields,
    submitted,
)
from tests.show.public.make import province


@pytest.fixture(autouse=True)
def _day(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def more_provinces(world: World, many: int) -> list[Scorecard]:
    """Submitted scorecards of further provinces, by the same two people."""
    from esar.platform.organisations.actions import appoint

    cards = []
    for number in range(many):
        body = province(f"TH-8{number}")
        for committee in (world.level1, world.level2):
            Jurisdiction.objects.create(committee=committee, body=body)
        appoint(world.reporter, Role.REPORTER, by=None, at=AT, on=ON, body=body)
        appoint(world.approver, Role.APPROVER, by=None, at=AT, on=ON, body=body)
        for one in (world.reporter, world.approver):
            one.__dict__.pop("_held", None)
        world.province = body
        cards.append(submitted(world))
    return cards


def cost(person_: Any, path: str) -> int:
    client = Client()
    client.force_login(person_)
    assert client.get(path).status_code == 200  # what is kept in memory is read
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.each_database
@pytest.mark.parametrize(
    "path",
    [
        "/scorecards/",
        "/indicators/",
        "/desk/",
        "/search/?q=ตัวชี้วัด",
        "/committees/L1-P/",
        "/people/",
        "/notices/",
    ],
)
def test_a_list_costs_the_same_with_one_row_and_with_three(world: World, path: str) -> None:
    more_provinces(world, 1)
    who = world.secretaries["L1-P"] if "L1-P" in path or "notices" in path else world.analyst
    one = cost(who, path)
    for number in range(1, 3):
        body = province(f"TH-7{number}")
        Jurisdiction.objects.create(committee=world.level1, body=body)
        Jurisdiction.objects.create(committee=world.level2, body=body)
        person(f"r{number}", (Role.REPORTER, body))
        world.province, world.reporter = body, person(f"rr{number}", (Role.REPORTER, body))
        world.approver = person(f"aa{number}", (Role.APPROVER, body))
        submitted(world)

    assert cost(who, path) == one


def test_an_agenda_costs_the_same_with_one_item_and_with_three(world: World) -> None:
    cards = more_provinces(world, 3)
    sitting = open_sitting(world, world.level1, cards[0])
    secretary = world.secretaries["L1-P"]
    one = cost(secretary, f"/sittings/{sitting.pk}/")
    for card in cards[1:]:
        sittings.put_on_agenda(sitting, card, by=secretary, at=AT, on=ON)

    assert cost(secretary, f"/sittings/{sitting.pk}/") == one


def test_changes_and_sittings_cost_the_same_with_one_row_and_with_three(world: World) -> None:
    card = in_force(world)
    ask = request_fields()
    changes.ask(card, kpi(card, "1.1"), ask, by=world.reporter, at=AT, on=FEBRUARY)
    before = [cost(world.analyst, path) for path in ("/changes/", "/sittings/")]
    for number in ("1.2", "1.3"):
        changes.ask(card, kpi(card, number), ask, by=world.reporter, at=AT, on=FEBRUARY)
    for _ in range(2):
        open_sitting(world, world.level1)

    assert [cost(world.analyst, path) for path in ("/changes/", "/sittings/")] == before


def test_a_scorecard_costs_the_same_with_two_kpis_and_with_eight(world: World) -> None:
    from esar.agree.scorecards.actions import open_scorecard

    few = open_scorecard(world.department, 2567, by=world.reporter_d, at=AT, on=ON)
    many = draft(world)

    first = cost(world.reporter_d, f"/scorecards/{few.pk}/")
    assert cost(world.reporter, f"/scorecards/{many.pk}/") == first


def test_lists_of_a_round_cost_the_same_with_one_row_and_with_three(world: World) -> None:
    """Reports, assessments, results to release and the work list, of one body and of three."""
    from tests.judge.results.make import RELEASED_ON, assessed

    clock.pretend(RELEASED_ON)
    paths = [
        (world.analyst, "/reports/"),
        (world.assessor, "/assessments/"),
        (world.assessor, "/assessments/sampling/2567/6m/"),
        (world.analyst, "/release/"),
        (world.analyst, "/linkage/2567/1/"),
        (world.assessor, "/desk/"),
        (world.reporter, "/desk/"),
        (world.reporter, "/reports/"),
    ]
    assessed(world)
    one = [cost(who, path) for who, path in paths]
    for card in more_provinces(world, 2):
        Scorecard.objects.filter(pk=card.pk).delete()
        world.province = card.body
        assessed(world)
    three = [cost(who, path) for who, path in paths]

    assert one == three
