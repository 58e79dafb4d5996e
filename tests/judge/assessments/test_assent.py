"""Assent to an assessment is bound to what its page, or its row in the list, showed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.content import Outcome
from esar.judge.assessments import actions
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment, Judgement
from esar.kernel.access import Verdict
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from tests.judge.assessments.make import (
    AT_MAY,
    MAY,
    assessment_of,
    declared,
    judged,
    offices,
    passed_to,
    tokens_on,
)
from tests.make import World, person
from tests.show.public.make import ministry

LATER = AT_MAY + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    clock.pretend(MAY)


def client_of(user: Person) -> Client:
    client = Client()
    client.force_login(user)
    return client


def colleague_of(assessment: Assessment, level: str) -> Person:
    """Another at the same desk, who has declared."""
    at_the_minister = (Role.MINISTERS_OFFICE, ministry("MOI"))
    desk = (Role.ASSESSOR, None) if level == "preliminary" else at_the_minister
    colleague = person(f"colleague-{level}", desk)
    declared(assessment, colleague)
    return colleague


def state_of(assessment: Assessment) -> str:
    return Assessment.objects.get(pk=assessment.pk).state


@pytest.mark.parametrize(
    ("name", "level", "target"),
    [
        ("pass_on", "preliminary", "minister"),
        ("return", "preliminary", "returned"),
        ("hand_back", "minister", "preliminary"),
    ],
)
def test_nothing_is_moved_that_a_colleague_judged_anew_meanwhile(
    world: World, name: str, level: str, target: str
) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, level, assessors)
    declared(assessment, assessors[level])
    client, page = client_of(assessors[level]), f"/assessments/{assessment.pk}/"
    seen = client.get(page).context["seen"]
    judged(assessment, "1.1", "84", colleague_of(assessment, level))
    fields = {"reason": "ทบทวน"}

    stale = client.post(f"{page}move/{name}/", fields | {"seen": seen})
    without = client.post(f"{page}move/{name}/", fields)
    assert (stale.status_code, without.status_code, state_of(assessment)) == (422, 422, level)
    assert "1.1" in stale.content.decode()
    fresh = fields | {"seen": client.get(page).context["seen"]}
    assert client.post(f"{page}move/{name}/", fresh).status_code == 302
    assert state_of(assessment) == target


def test_a_judgement_is_of_the_result_that_its_page_showed(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    client, path = client_of(world.assessor), f"/assessments/{assessment.pk}/kpis/1.1/"
    seen = client.get(path).context["seen"]
    colleague = colleague_of(assessment, "preliminary")
    judged(assessment, "1.2", "84", colleague)  # of another KPI: this page is as it was
    fields = {"status": "reported", "actual": "85", "reason": "ข้อมูลใหม่"}

    assert client.post(path, fields).status_code == 422
    assert client.post(path, fields | {"seen": seen}).status_code == 302
    late = client.post(path, fields | {"seen": seen, "actual": "80"})
    judgement = Judgement.objects.get(number="1.1")
    assert (late.status_code, judgement.actual) == (422, Decimal(85))
    assert late.context["form"]["actual"].value() == "80"
    assert client.post(path, fields | {"seen": late.context["seen"]}).status_code == 302


def test_many_are_passed_on_as_their_rows_showed_them(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    client, path = client_of(world.assessor), "/assessments/?year="
    seen = tokens_on(client, path)
    judged(assessment, "1.1", "84", world.assessor)
    actions.judge(
        assessment,
        "1.1",
        Outcome(Decimal(83)),
        reason="แก้ตัวเลข",
        by=world.assessor,
        at=LATER,
        on=MAY,
    )
    chosen = {"assessment": assessment.pk}

    for tokens in (seen, {}):
        client.post("/assessments/pass/", chosen | tokens)
        assert state_of(assessment) == "preliminary"
    client.post("/assessments/pass/", chosen | tokens_on(client, path))
    assert state_of(assessment) == "minister"


def test_a_row_stays_true_to_its_page_when_a_higher_level_judged_and_handed_back(
    world: World,
) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "minister", assessors)
    declared(assessment, assessors["minister"])
    judged(assessment, "1.1", "84", assessors["minister"])
    ASSESSMENT_LIFE.move(
        assessment, "hand_back", by=assessors["minister"], at=AT_MAY, on=MAY, reason="ทบทวน"
    )
    client = client_of(world.assessor)
    chosen = {"assessment": assessment.pk} | tokens_on(client, "/assessments/?year=")

    client.post("/assessments/pass/", chosen)
    assert state_of(assessment) == "minister"


def test_nobody_moves_by_hand_what_follows_from_the_report(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    ASSESSMENT_LIFE.move(
        assessment, "return", by=world.assessor, at=AT_MAY, on=MAY, reason="ขาดหลักฐาน"
    )
    verdict: Verdict = ASSESSMENT_LIFE.may(world.assessor, assessment, "resubmit", MAY)

    assert not verdict
    path = f"/assessments/{assessment.pk}/move/resubmit/"
    assert client_of(world.assessor).post(path).status_code == 404
