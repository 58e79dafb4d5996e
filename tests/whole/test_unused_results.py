"""A result typed beside a choice that has no place for it is asked about, never dropped."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.judge.assessments.models import Judgement
from esar.platform.ui import clock
from esar.report.central_data.forms import DecideForm
from esar.report.reports.models import Claim
from tests.judge.assessments.make import MAY, assessment_of, declared
from tests.make import World
from tests.report.reports.make import APRIL, filled

ASKED = "เลือกไว้ว่า “{}” แต่พิมพ์ค่าไว้ด้วย ค่านี้จะไม่ถูกใช้ โปรดเลือกให้ใช้ค่านี้ หรือลบค่าออก"


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("status", ["no_data", "not_applicable"])
def test_a_report_with_a_figure_and_without_data_asks_which(world: World, status: str) -> None:
    clock.pretend(APRIL)
    report = filled(world)
    path = f"/reports/{report.pk}/kpis/1.1/"
    client = client_of(world.reporter)
    sent = {"revision": "1", "status": status, "why": "น้ำท่วม", "actual": "80", "did": "ก"}
    answer = client.post(path, sent)

    claim = Claim.objects.get(report=report, number="1.1")
    assert (answer.status_code, claim.status, claim.actual) == (422, "reported", Decimal(86))
    words = {"no_data": "ไม่มีข้อมูล", "not_applicable": "ไม่เข้าข่าย"}[status]
    assert answer.context["form"].errors == {"actual": [ASKED.format(words)]}
    assert client.post(path, sent | {"actual": "86.0"}).status_code == 302  # it stood there
    claim.refresh_from_db()
    assert (claim.status, claim.actual) == (status, None)


def test_an_assessor_who_types_a_result_and_chooses_none_is_asked(world: World) -> None:
    clock.pretend(MAY)
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    client, path = client_of(world.assessor), f"/assessments/{assessment.pk}/kpis/1.1/"
    seen = client.get(path).context["seen"]
    sent = {"seen": seen, "status": "not_reported", "actual": "90", "reason": "ไม่พบหลักฐาน"}
    answer = client.post(path, sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["actual"])
    assert not Judgement.objects.exists()
    assert client.post(path, sent | {"actual": "86"}).status_code == 302


@pytest.mark.any_database
def test_an_owner_who_confirms_a_value_and_types_another_is_asked() -> None:
    both = DecideForm({"outcome": "reject", "value": "95", "answer": "ยืนยัน"}, takes_per_cent=False)
    alone = DecideForm({"outcome": "reject", "value": "", "answer": "ยืนยัน"}, takes_per_cent=False)

    assert (list(both.errors), list(alone.errors)) == (["value"], [])
