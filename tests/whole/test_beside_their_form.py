"""What is refused to whoever filled in a form is told on that form, which keeps all of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from esar.judge.assessments.models import Visit
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.agree.scorecards import make as agreements
from tests.judge.results.make import released
from tests.make import ON, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _var(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def client_of(who: Person, day: date) -> Client:
    clock.pretend(day)
    client = Client()
    client.force_login(who)
    return client


def test_a_sitting_of_a_past_day_is_refused_beside_the_day_and_its_place_stays(
    world: World,
) -> None:
    client = client_of(world.secretaries["NEG-P"], ON)

    answer = client.post(
        "/committees/NEG-P/", {"held_at": "2023-10-09T09:30", "place": "ห้องประชุมพิมพ์ไว้"}
    )

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["held_at"])
    assert len(form.errors["held_at"]) == 2, "the day is past, and the year is not the committee's"
    assert form["place"].value() == "ห้องประชุมพิมพ์ไว้"
    assert 'value="2023-10-09T09:30"' in answer.content.decode()


def test_a_signature_of_a_day_to_come_is_refused_beside_the_day_and_its_name_stays(
    world: World,
) -> None:
    card = agreements.to_sign(world)
    day = card.since.date()
    client = client_of(world.analyst, day)
    path = f"/scorecards/{card.pk}/signing/"
    typed = {
        "seen": client.get(path).context["form"].initial["seen"],
        "name": "ผู้ว่าราชการจังหวัด",
        "signed_on": (day + timedelta(days=1)).isoformat(),
    }

    answer = client.post(path, typed)

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["signed_on"])
    assert form["name"].value() == "ผู้ว่าราชการจังหวัด"
    assert client.post(path, typed | {"signed_on": day.isoformat()}).status_code == 302


def test_a_visit_of_a_past_day_is_refused_beside_the_day_and_its_place_stays(
    world: World,
) -> None:
    assessment: Any = released(world).assessment
    day = date(2024, 5, 15)
    client = client_of(world.analyst, day)

    answer = client.post(
        f"/assessments/{assessment.pk}/visits/", {"held_on": "2024-05-14", "place": "ศาลากลาง"}
    )

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["held_on"])
    assert form["place"].value() == "ศาลากลาง"
    assert Visit.objects.count() == 0
