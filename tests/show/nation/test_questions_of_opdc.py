"""Questions that OPDC alone asks: who has sent, requests, differences, obstacles."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.agendas.models import Holder, SubIndicator
from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments.models import Assessment
from esar.law.rules.reading import read_rulebook
from esar.platform.organisations.models import Person
from esar.show.nation.counts.differences import DIFFERENCES
from esar.show.nation.counts.obstacles import OBSTACLES
from esar.show.nation.counts.points import POINTS
from esar.show.nation.counts.requests import REQUESTS
from esar.show.nation.counts.sent import KPIS_SENT
from esar.show.nation.counts.targets import TARGETS
from esar.show.nation.registry import AsOf, Table, as_json
from tests.agree.agendas.make import ON as NOVEMBER
from tests.agree.agendas.make import enterprise, load
from tests.judge.assessments.make import assessment_of, offices, passed_to
from tests.make import AT, ON, World, in_force
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
BOOK = read_rulebook(Path("rulebook"), 2567)
OPDC_ALONE = ("Q5", "Q6", "Q8", "Q9")


@pytest.fixture
def cards(world: World) -> None:
    """A department and a province with six KPIs each in force."""
    in_force(world, world.department)
    in_force(world)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def counted(table: Table[Any], day: date = ON) -> dict[str, Any]:
    return as_json(table.figures(table.rows(AsOf(BOOK, day))))


def request_of(card: Scorecard, number: str, **more: Any) -> ChangeRequest:
    fields: dict[str, Any] = {
        "base_version": 1,
        "window": "changes.window.6m",
        "ground": "disaster",
        "reason": "อุทกภัย",
        "evidence": "ประกาศ",
        "old": {"kind": "kind.area", "weight": "10"},
        "new": {"weight": "10"},
        "state": "decide",
        "since": AT,
    }
    return ChangeRequest.objects.create(scorecard=card, number=number, **fields | more)


@pytest.mark.usefixtures("cards")
def test_requests_are_counted_by_ground_kind_and_ministry_once_they_are_sent(world: World) -> None:
    card = Scorecard.objects.get(body=world.department)
    request_of(card, "1.1", state="draft")
    joint = {"kind": "kind.joint-agenda", "weight": "10"}
    request_of(card, "1.2", ground="budget", old=joint)
    told = {"told_letter": "1", "told_by": world.analyst, "resolution": "1"}
    in_time, late = date(2024, 2, 29), date(2024, 3, 1)
    cancelled = {"cancels": True, "new": None, "state": "done"}
    request_of(card, "1.3", **cancelled, told_on=in_time, **told)
    request_of(card, "1.4", state="done", new={"weight": "15"}, told_on=late, **told)

    assert counted(REQUESTS) == {
        "total": 3,
        "grounds": {"disaster": 2, "budget": 1},
        "kinds": {"kind.area": 2, "kind.joint-agenda": 1},
        "ministries": {"MOC": 3},
        "told": {"in_time": 1, "late": 1, "not_yet": 1},
        "joint_waiting": 1,
        "weight_moved": "15",
    }


@pytest.mark.usefixtures("cards")
def test_who_has_sent_is_told_by_group(world: World) -> None:
    sent = counted(KPIS_SENT)["total"]
    assert sent == {"not_begun": 0, "at_body": 0, "sent": 0, "in_force": 2}

    department("FREE", parent="IND")
    Scorecard.objects.filter(body=world.department).update(
        state="decide", version=0, approved_sha256=""
    )

    sent = counted(KPIS_SENT)["total"]
    assert sent == {"not_begun": 1, "at_body": 0, "sent": 1, "in_force": 1}

    Scorecard.objects.filter(body=world.department).update(state="proposed")
    sent = counted(KPIS_SENT)["total"]
    assert sent == {"not_begun": 1, "at_body": 1, "sent": 0, "in_force": 1}


def test_a_level_that_judges_otherwise_moves_the_total_and_one_that_agrees_does_not(
    world: World,
) -> None:
    assessors = offices(world)
    assessment = assessment_of(world)
    passed_to(assessment, "done", assessors)
    moves = counted(DIFFERENCES)
    assert moves["preliminary"] == {"raised": 0, "lowered": 0, "same": 1}

    totals = dict(assessment.totals) | {"self": "99", "minister": "50"}
    Assessment.objects.update(totals=totals)

    moves = counted(DIFFERENCES)
    assert moves["preliminary"]["lowered"] == 1
    assert moves["minister"] == {"raised": 0, "lowered": 1, "same": 0}
    assert moves["prime_minister"] == {"raised": 1, "lowered": 0, "same": 0}


def test_obstacles_are_those_of_the_newest_sending(world: World) -> None:
    assert counted(OBSTACLES) == {"total": 0, "told": 0, "bodies": 0}
    assessment = assessment_of(world)

    claims = len(assessment.version.sent_in.claims)
    told = counted(OBSTACLES)
    assert (told["total"], told["bodies"]) == (claims, bool(told["told"]))


def test_the_mean_leaves_out_what_was_not_reported_and_the_share_does_not() -> None:
    result(province("TH-01"), "95")
    result(province("TH-02"), None)

    kpis = counted(POINTS)["components"]["performance"]
    assert kpis == {"kpis": 2, "mean": "100.00", "at_standard": 1, "share": "50.00"}


def test_a_sub_indicator_without_holder_or_target_or_whose_targets_fall_short_is_told(
    world: World,
) -> None:
    enterprise()
    load(world)
    whole = counted(TARGETS, NOVEMBER)
    sub = SubIndicator.objects.all()[0]
    Holder.objects.filter(sub_indicator=sub).delete()

    without = counted(TARGETS, NOVEMBER)
    assert without["no_holder"] == whole["no_holder"] + 1
    assert without["total"] == whole["total"]


def test_only_opdc_finds_what_is_for_opdc_alone(world: World) -> None:
    visitor, opdc, reporter = Client(), client_of(world.analyst), client_of(world.reporter)
    for code in OPDC_ALONE:
        page = f"/years/2567/tables/{code}/"
        assert [person.get(page).status_code for person in (visitor, reporter, opdc)] == [
            404,
            404,
            200,
        ]
        assert visitor.get(f"/years/2567/tables/{code}.csv").status_code == 404
        assert opdc.get(f"/years/2567/tables/{code}.csv").status_code == 200
        assert opdc.get(f"/years/2567/tables/{code}.xlsx").status_code == 200
    shown = opdc.get("/years/2567/tables/").content.decode()
    assert all(shown.count(f"/tables/{code}/") == 1 for code in OPDC_ALONE)
    hidden = visitor.get("/years/2567/tables/").content.decode()
    assert not any(f"/tables/{code}/" in hidden for code in OPDC_ALONE)


def test_each_costs_as_many_queries_for_many_as_for_one(world: World) -> None:
    opdc = client_of(world.analyst)
    assessment_of(world)
    card = in_force(world, world.department)
    request_of(card, "1.1")
    result(province("TH-10"), "95")

    def cost() -> list[int]:
        counts = []
        for code in (*OPDC_ALONE, "Q4", "Q7"):
            with CaptureQueriesContext(connection) as queries:
                assert opdc.get(f"/years/2567/tables/{code}/").status_code == 200
            counts.append(len(queries))
        return counts

    cost()  # what the frame keeps until the next event
    few = cost()
    for number in ("1.2", "1.3", "1.4"):
        request_of(card, number)
    for place in range(3):
        department(f"FREE{place}", parent="IND")
        result(province(f"TH-0{place}"), "95")
    cost()
    assert cost() == few
