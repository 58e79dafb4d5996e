"""Results are released as the list showed them, all of them or none, and their people are told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.content import Outcome
from esar.judge.results.actions import correct, release
from esar.judge.results.models import Result
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Appointment, Role
from esar.platform.ui import clock
from tests.judge.assessments.make import tokens_on
from tests.judge.results.make import RELEASED_AT, RELEASED_ON, assessed, released
from tests.make import World, person
from tests.platform.role_offers.make import delegate


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    clock.pretend(RELEASED_ON)


def analyst_of(world: World) -> Client:
    client = Client()
    client.force_login(world.analyst)
    return client


def states() -> list[str]:
    return list(Result.objects.order_by("number").values_list("state", flat=True))


def test_a_result_is_released_only_as_the_list_showed_it(world: World) -> None:
    assessment = assessed(world)
    result, client = Result.objects.get(assessment=assessment), analyst_of(world)
    seen, chosen = tokens_on(client, "/release/"), {"result": result.pk}
    explained = result.explanation | {"total": "99.00"}
    Result.objects.filter(pk=result.pk).update(total=Decimal(99), explanation=explained)

    stale = client.post("/release/now/", chosen | seen)
    without = client.post("/release/now/", chosen)
    all_without = client.post("/release/now/", {"all": "1"})
    assert [stale.status_code, without.status_code, all_without.status_code] == [422] * 3
    assert world.province.name_th in stale.content.decode()
    assert states() == ["computed"]
    as_before = {"total": result.total, "explanation": result.explanation}
    Result.objects.filter(pk=result.pk).update(**as_before)
    assert client.post("/release/now/", chosen | seen).status_code == 302
    assert states() == ["released"]


def test_what_a_total_is_out_of_is_that_of_its_explanation(world: World) -> None:
    result = Result.objects.get(assessment=assessed(world))

    assert (result.out_of, result.explanation["out_of"]) == ("70", "70")


def test_an_explanation_that_is_not_the_computed_one_is_not_released(world: World) -> None:
    result = Result.objects.get(assessment=assessed(world))
    explained = result.explanation | {"note": "อื่น"}
    Result.objects.filter(pk=result.pk).update(explanation=explained)
    client = analyst_of(world)

    answer = client.post("/release/now/", {"all": "1"} | tokens_on(client, "/release/"))
    assert (answer.status_code, states()) == (422, ["computed"])


def test_a_result_that_was_corrected_since_the_list_is_not_released(world: World) -> None:
    assessed(world)
    client = analyst_of(world)
    seen = tokens_on(client, "/release/")
    first = Result.objects.select_related("assessment", "body").get()
    outcomes = {"1.1": Outcome(Decimal(90))}
    correct(first, outcomes, reason="แก้ไข", by=world.analyst, at=RELEASED_AT)

    stale = client.post("/release/now/", {"all": "1"} | seen)
    assert (stale.status_code, states()) == (422, ["superseded", "computed"])
    assert world.province.name_th in stale.content.decode()
    assert (
        client.post("/release/now/", {"all": "1"} | tokens_on(client, "/release/")).status_code
        == 302
    )
    assert states() == ["superseded", "released"]
    superseded = Event.objects.get(verb="result.supersede")
    assert (superseded.actor_id, superseded.subject_id) == (None, str(first.pk))


def test_a_correction_takes_the_place_of_what_was_released(world: World) -> None:
    first = Result.objects.select_related("assessment", "body").get(pk=released(world).pk)
    correct(first, {}, reason="อุทธรณ์", by=world.analyst, at=RELEASED_AT)
    client = analyst_of(world)

    assert (
        client.post("/release/now/", {"all": "1"} | tokens_on(client, "/release/")).status_code
        == 302
    )
    assert states() == ["superseded", "released"]


def test_stand_ins_are_told_of_a_result_like_those_they_stand_in_for(world: World) -> None:
    assessment, deputy = assessed(world), person("deputy")
    delegate(
        Appointment.objects.get(person=world.approver, role=Role.APPROVER),
        deputy,
        by=world.approver,
        at=RELEASED_AT,
        on=RELEASED_ON,
        first_day=RELEASED_ON,
        last_day=RELEASED_ON,
        reason="ลา",
    )
    results = Result.objects.filter(assessment=assessment)
    release(results, by=world.analyst, at=RELEASED_AT, on=RELEASED_ON)

    notices = Notice.objects.filter(code="notice.result_released")
    people = set(notices.values_list("person", flat=True))
    assert people == {world.reporter.pk, world.approver.pk, deputy.pk}


@pytest.mark.parametrize(
    ("language", "words"),
    [("th", "ท่านดำเนินการนี้ไปแล้วเมื่อ"), ("en", "You have done this already, at")],
)
def test_who_releases_twice_is_told_that_it_was_their_own_press(
    world: World, language: str, words: str
) -> None:
    assessed(world)
    client, colleague = analyst_of(world), Client()
    colleague.force_login(person("analyst-2", (Role.ANALYST, None)))
    client.cookies["language"] = colleague.cookies["language"] = language
    pressed = {"all": "1"} | tokens_on(client, "/release/")

    assert client.post("/release/now/", pressed).status_code == 302
    again, late = client.post("/release/now/", pressed), colleague.post("/release/now/", pressed)

    assert (again.status_code, late.status_code) == (422, 422)
    assert words in again.content.decode()
    assert words not in late.content.decode()
