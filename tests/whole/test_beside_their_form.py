"""What is refused to whoever filled in a form is told on that form, which keeps all of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from esar.judge.appeals.models import Appeal
from esar.judge.assessments.models import Visit
from esar.judge.early_warning import actions as warnings
from esar.judge.early_warning.models import EarlyWarning
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from tests.agree.scorecards import make as agreements
from tests.judge.results.make import released
from tests.make import AT, ON, World, in_force, person

pytestmark = pytest.mark.django_db
JUNE = date(2024, 6, 3)


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


def written_by_two(first: Client, second: Client, path: str, typed: list[dict[str, Any]]) -> Any:
    """Both open a draft, the first saves, then the second: what the second is answered."""
    marks = [client.get(path).context["form"]["seen"].value() for client in (first, second)]
    assert first.post(path, typed[0] | {"seen": marks[0]}).status_code == 302
    return second.post(path, typed[1] | {"seen": marks[1]})


def test_two_who_write_an_appeal_at_once_lose_neither_text(world: World) -> None:
    result = released(world)
    colleague = person("reporter-2", (Role.REPORTER, world.province))
    first, second = client_of(world.reporter, date(2024, 5, 15)), Client()
    second.force_login(colleague)
    plea = {"ground": "evidence", "appealed": ["1.1"], "appeal_text": "ร่าง"}
    begun = first.post(f"/appeals/new/{result.pk}/", plea).headers["Location"]

    answer = written_by_two(
        first,
        second,
        f"{begun}edit/",
        [plea | {"appeal_text": "ของคนแรก"}, plea | {"appeal_text": "ของคนที่สอง"}],
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("ของคนแรก" in page, "ของคนที่สอง" in page) == (True, True)
    assert Appeal.objects.get().text == "ของคนแรก"
    over = answer.context["form"]["seen"].value()
    again = second.post(f"{begun}edit/", plea | {"appeal_text": "รวมกัน", "seen": over})
    assert (again.status_code, Appeal.objects.get().text) == (302, "รวมกัน")


def test_two_who_write_a_corrective_plan_at_once_lose_neither_text(world: World) -> None:
    card = in_force(world)
    warnings.warn(2567, on=JUNE, at=AT, by=world.analyst)
    warning = EarlyWarning.objects.filter(scorecard=card)[0]
    colleague = person("reporter-2", (Role.REPORTER, world.province))
    first, second = client_of(world.reporter, JUNE), Client()
    second.force_login(colleague)
    plan = {"remedy": "เร่ง", "remedy_owner": "สมศรี", "remedy_by": "2024-08-31"}

    answer = written_by_two(
        first,
        second,
        f"/warnings/{warning.pk}/plan/",
        [plan | {"cause": "ของคนแรก"}, plan | {"cause": "ของคนที่สอง"}],
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("ของคนแรก" in page, "ของคนที่สอง" in page) == (True, True)
    assert EarlyWarning.objects.get(pk=warning.pk).cause == "ของคนแรก"
